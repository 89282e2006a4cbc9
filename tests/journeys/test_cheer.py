"""An evening of cheers: two browsers see the same count move, a moderator clears the queue by keyboard, the light is
taken in hand in public, and the screen on the wall runs for hours."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import expect

from essaim.initiatives import actions as kernel
from essaim.initiatives.domain import PlannedPhase
from essaim.kit import clock
from essaim.mechanisms.cheer import actions, queries
from essaim.mechanisms.cheer.live import Live
from essaim.mechanisms.cheer.models import CheerMessage
from essaim.mechanisms.cheer.rules import DEFAULTS
from tests.journeys.house import PASSWORD, account, open_house, settle
from tests.journeys.walker import WAIT, Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOURS = timedelta(hours=6)
# Stands for the house's stream: `send` is what the page would hear.
STREAM = """
globalThis.EventSource = class extends EventTarget {
  static CLOSED = 2;
  readyState = 1;
  constructor() { super(); globalThis.send = (told) => this.dispatchEvent(new MessageEvent("tally", {data: told})); }
  close() {}
};
"""
# Six hours of a full house: the count moves four times a second. Frames are drawn as they would be, in batches.
EVENING = """
async ([from, to, round]) => {
  for (let second = from; second < to; second += 1) {
    for (let part = 0; part < 4; part += 1) {
      const members = (second * 4 + part) * 7;
      const camps = [["honey", members, 3, 0], ["flour", members + (second % 120) - 60, 1, 0]];
      send(JSON.stringify({round, camps}));
    }
    if (second % 30 === 0) await new Promise(requestAnimationFrame);
  }
}
"""


@pytest.fixture
def derby() -> Any:
    """Ada's house with a round that runs; Léa, Noé and Zoé live there."""

    def furnish(language: str, **rules: Any) -> SimpleNamespace:
        ada = open_house(language)
        fans = [account(handle, language) for handle in ("lea", "noe", "zoe")]
        community = settle(ada, *fans)
        campaign = kernel.draft_initiative(
            actor=ada,
            community=community,
            mechanism_slug="cheer",
            preset_slug="evening",
            title="Le grand derby",
            summary="Deux camps.",
            slug="derby",
            rules={**DEFAULTS, **rules},
        )
        for name, colour in (("Honey", "#f0a500"), ("Flour", "#2f6b4f")):
            actions.add_camp(campaign=campaign, actor=ada, name=name, colour=colour)
        now = clock.now()
        kernel.schedule(initiative=campaign, phases=[PlannedPhase("round", now, now + HOURS)], actor=ada)
        campaign = kernel.open_initiative(initiative=campaign, actor=ada)
        [phase] = campaign.phases.all()
        return SimpleNamespace(ada=ada, fans=fans, campaign=campaign, phase=phase, camps=queries.camps(campaign))

    return furnish


def come(walk: Any, name: str, language: str, **options: Any) -> Walker:
    walker: Walker = walk(language, album=f"cheer-{language}-{options.get('width', 1440)}", **options)
    if name:
        walker.sign_in(f"{name}@example.org", PASSWORD)
    return walker


def counted(walker: Walker, camp: str, figure: str) -> None:
    lane = walker.page.locator(f"[data-lane={camp}] [data-members]")
    expect(lane).to_have_text(figure, timeout=2 * WAIT)


@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("en", 360)])
def test_two_browsers_and_the_wall_see_the_same_count_move(walk, derby, language: str, width: int) -> None:
    derby(language)
    lea = come(walk, "lea", language, width=width)
    watcher, wall = come(walk, "", language), come(walk, "", language, width=width)
    for walker, page in ((lea, ""), (watcher, ""), (wall, "screen/")):
        walker.go(f"/cheer/derby/{page}")
        counted(walker, "honey", "0")
    lea.page.locator("label.camp", has_text="Honey").click()
    lea.type(words="Allez !")
    lea.press("Cheer", exact=True)
    lea.sees("Your words wait for a moderator.")
    for walker in (lea, watcher, wall):
        counted(walker, "honey", "1")
        counted(walker, "flour", "0")
        walker.shot("race")
        walker.fits()
        walker.accessible()
    noe = come(walk, "noe", language, width=width)
    noe.go("/cheer/derby/")
    noe.page.locator("label.camp", has_text="Flour").click()
    noe.press("Cheer", exact=True)
    for walker in (watcher, wall):
        counted(walker, "flour", "1")
    lea.link("My card and my link")
    lea.title("My card")
    lea.accessible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_moderator_clears_the_queue_by_keyboard(walk, derby, language: str) -> None:
    place = derby(language)
    for number, fan in enumerate(place.fans):
        actions.give_cheer(phase=place.phase, camp=place.camps[0], supporter=fan, words=f"Message {number}")
    ada = come(walk, "ada", language)
    ada.go("/studio/cheer/derby/messages/")
    ada.shot("queue")
    ada.accessible()
    left = ada.page.locator("[data-left]")
    expect(left).to_have_text("3")
    ada.page.keyboard.press("a")
    expect(left).to_have_text("2")
    ada.page.keyboard.press("2")
    expect(left).to_have_text("1")
    ada.page.keyboard.press("b")
    expect(left).to_have_text("0")
    expect(ada.page.locator("[data-nothing]")).to_be_visible()
    rows = CheerMessage.objects.order_by("pk").values_list("state", "reason")
    assert [state for state, _ in rows] == ["approved", "refused", "refused"]
    assert rows[1][1] == "It is not about the match."
    visitor = come(walk, "", language)
    visitor.go("/cheer/derby/wall/")
    visitor.reads("Message 0")
    visitor.does_not_read("Message 1")
    visitor.go("/cheer/derby/screen/")
    visitor.reads("Message 0")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_done_to_the_light_by_hand_is_public(walk, derby, language: str) -> None:
    derby(language)
    ada = come(walk, "ada", language)
    ada.go("/studio/cheer/derby/light/")
    ada.type(within="form.switch", reason="Des oiseaux nichent sur la tour")
    ada.press("Switch the light off")
    ada.sees("The light is dark.")
    visitor = come(walk, "", language, width=360, dark=True)
    visitor.go("/cheer/derby/light/")
    visitor.reads("Des oiseaux nichent sur la tour")
    visitor.sees("The light is switched off by the team.")
    visitor.shot("light")
    visitor.fits()
    visitor.accessible()
    assert visitor.page.request.get("/cheer/derby/light.json").json()["mode"] == "dark"


def test_a_guest_cheers_without_scripts(walk, derby) -> None:
    place = derby("en", guests=10, guest_way="device")
    guest = come(walk, "", "en", width=360, scripts=False)
    guest.go("/cheer/derby/")
    guest.press("Cheer as a guest")
    guest.sees("This device has its pass. Choose your camp.")
    guest.page.locator("[name=camp][value=flour]").check()
    guest.press("Cheer", exact=True)
    guest.reads("Your cheer for Flour counts since")
    assert queries.live(place.phase).camps == (("flour", 0, 1, 0), ("honey", 0, 0, 0))


def heap(walker: Walker) -> int:
    """Bytes in use once all that can go is gone."""
    inspector = walker.page.context.new_cdp_session(walker.page)
    inspector.send("HeapProfiler.collectGarbage")
    used = inspector.send("Runtime.getHeapUsage")["usedSize"]
    inspector.detach()
    return int(used)


@pytest.mark.slow
def test_the_wall_runs_for_hours(walk, derby, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hours in which the count moves four times a second leave nothing behind, and the last word on the wall."""
    monkeypatch.setattr(Live, "is_open", True)
    place = derby("en")
    actions.give_cheer(phase=place.phase, camp=place.camps[0], supporter=place.fans[0], words="Hello")
    wall = come(walk, "", "en", width=320)
    wall.page.add_init_script(STREAM)
    wall.go("/cheer/derby/screen/")
    wall.page.wait_for_function("'send' in globalThis")
    wall.fits()
    warm, length, round_ = int(HOURS.total_seconds()) // 4, int(HOURS.total_seconds()), place.phase.pk
    wall.page.evaluate(EVENING, [0, warm, round_])
    counted(wall, "honey", f"{((warm - 1) * 4 + 3) * 7:,}")  # who looks brings his glasses: they are in the heap too
    nodes = wall.page.evaluate("document.getElementsByTagName('*').length")
    before = heap(wall)
    wall.page.evaluate(EVENING, [warm, warm + length, round_])
    counted(wall, "honey", f"{((warm + length - 1) * 4 + 3) * 7:,}")
    assert heap(wall) - before < 300_000
    assert wall.page.evaluate("document.getElementsByTagName('*').length") == nodes

"""Pages as people see them: each answers, refuses with the time, loses nothing typed, and works without scripts."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.mechanisms.cheer import actions, passes, queries
from essaim.mechanisms.cheer.models import Cheer, CheerMessage, GuestPass, PersonalLink
from essaim.mechanisms.cheer.tests.conftest import EVENING, MATCH, Stadium, new_member

PAGES = (
    "initiative",
    "wall",
    "results",
    "light",
    "rules",
    "screen",
    "mine",
    "tally",
    "words",
    "colours",
    "light-state",
)
DESK = ("campaign", "text", "camps", "rounds", "rules", "messages", "light")


def window(member: Any = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if member is not None:
        client.force_login(member)
    return client


def at(name: str, stadium: Stadium, *more: Any) -> str:
    return reverse(f"cheer:{name}", args=[stadium.campaign.slug, *more])


def desk(name: str, stadium: Stadium, *more: Any) -> str:
    return reverse(f"cheer-studio:{name}", args=[stadium.campaign.slug, *more])


def cheer(client: Client, stadium: Stadium, camp: str = "reds", words: str = "", **more: Any) -> Any:
    return client.post(at("cheer", stadium), {"camp": camp, "words": words}, **more)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers(stadium: Stadium, name: str) -> None:
    ada = stadium.fan("ada")
    cheer(window(ada), stadium, words="Allez !")
    for client in (window(ada), window(stadium.manager), window()):
        answer = client.get(at(name, stadium))
        assert answer.status_code == (302 if name == "mine" and client.session.get("_auth_user_id") is None else 200)


@pytest.mark.parametrize("name", DESK)
def test_the_desk_is_for_the_team(stadium: Stadium, name: str) -> None:
    assert window(stadium.manager).get(desk(name, stadium)).status_code == 200
    assert window(stadium.fan("ada")).get(desk(name, stadium)).status_code == 403
    assert window().get(desk(name, stadium)).status_code == 302


def test_a_cheer_by_the_plain_form_says_the_time(stadium: Stadium) -> None:
    client = window(stadium.fan("ada"))
    told = [str(m) for m in cheer(client, stadium, words="Allez !", follow=True).context["messages"]]
    assert told == ["Your cheer for Reds counts since 21:00:00. Your words wait for a moderator."]
    told = [str(m) for m in cheer(client, stadium, follow=True).context["messages"]]
    assert told == ["Your cheer for Reds stands already; at 21:00:00 nothing changed in the count."]
    told = [str(m) for m in cheer(client, stadium, "blues", follow=True).context["messages"]]
    assert told == ["Your cheer is for Blues from 21:00:00 on."]
    assert [row.camp.slug for row in Cheer.objects.all()] == ["blues"]


def test_words_can_follow_a_cheer(stadium: Stadium) -> None:
    client = window(stadium.fan("ada"))
    cheer(client, stadium)
    cheer(client, stadium, words="Later words")
    assert [row.words for row in CheerMessage.objects.all()] == ["Later words"]


def test_a_late_cheer_is_refused_with_the_time_and_keeps_its_words(stadium: Stadium) -> None:
    client = window(stadium.fan("ada"))
    with clock.at(EVENING + MATCH):
        answer = cheer(client, stadium, words="Too late")
    assert answer.status_code == 409
    assert "and it is 23:00:00" in answer.content.decode()
    assert Cheer.objects.count() == 0


def test_too_long_a_message_comes_back(stadium: Stadium) -> None:
    answer = cheer(window(stadium.fan("ada")), stadium, words="x" * 141)
    assert answer.status_code == 422
    assert "x" * 141 in answer.content.decode()


def test_the_count_moves_for_scripts(stadium: Stadium) -> None:
    cheer(window(stadium.fan("ada")), stadium)
    told = window().get(at("tally", stadium)).json()
    assert told == {"round": stadium.first.pk, "camps": [["reds", 1, 0, 0], ["blues", 0, 0, 0]]}


def test_a_guest_by_mail(play: Any, evening: Any) -> None:
    stadium = play(guests=1)
    client = window()
    assert client.post(at("ask-for-pass", stadium), {"address": "Lou@example.org"}).status_code == 302
    [letter] = mail.outbox
    link = next(line for line in letter.body.splitlines() if "/pass/" in line)
    client.post(at("ask-for-pass", stadium), {"address": "lou@example.org"})
    assert len(mail.outbox) == 1  # the same person, the same letter
    assert "lou" not in json.dumps(list(GuestPass.objects.values("supporter")))
    client.get(link.partition("testserver")[2] or link[link.index("/cheer/") :])
    assert cheer(client, stadium).status_code == 302
    [row] = Cheer.objects.all()
    assert (row.kind, row.camp.slug) == (Cheer.Kind.GUEST, "reds")
    assert window().get(at("tally", stadium)).json()["camps"] == [["reds", 0, 1, 0], ["blues", 0, 0, 0]]
    answer = window().post(at("ask-for-pass", stadium), {"address": "max@example.org"})
    assert "All 1 guest passes are given." in answer.content.decode()


def test_a_guest_on_his_device(play: Any, evening: Any) -> None:
    stadium = play(guests=5, guest_way="device")
    client = window()
    client.post(at("ask-for-pass", stadium))
    client.post(at("ask-for-pass", stadium))
    assert GuestPass.objects.count() == 1
    assert cheer(client, stadium, "blues").status_code == 302
    assert Cheer.objects.get().kind == Cheer.Kind.GUEST


def test_a_forged_pass_opens_nothing(play: Any, evening: Any) -> None:
    stadium = play(guests=5)
    assert window().get(at("pass", stadium, "forged")).status_code == 403
    client = window()
    client.cookies[passes.cookie_of(stadium.campaign.pk)] = passes.signed(stadium.campaign, "guest:never-given")
    assert cheer(client, stadium).status_code == 403
    assert Cheer.objects.count() == 0


def test_without_guests_a_stranger_is_asked_to_sign_in(stadium: Stadium) -> None:
    assert cheer(window(), stadium).status_code == 302
    assert window().post(at("ask-for-pass", stadium), {"address": "lou@example.org"}).status_code == 422


def test_own_card_and_link(stadium: Stadium) -> None:
    ada = stadium.fan("ada")
    client = window(ada)
    assert "You have not cheered here yet" in client.get(at("mine", stadium)).content.decode()
    cheer(client, stadium)
    page = client.get(at("mine", stadium)).content.decode()
    link = PersonalLink.objects.get()
    assert reverse("cheer:link", args=[link.token]) in page
    picture = client.get(reverse("cheer:link-card", args=[link.token]))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    client.post(at("mine", stadium), {"named": "on"})
    link.refresh_from_db()
    assert link.named
    assert "Ada" in window().get(reverse("cheer:link", args=[link.token])).content.decode()


def test_who_came_through_a_link_is_counted_once_and_no_program_is(stadium: Stadium) -> None:
    ada, bob = stadium.fan("ada"), stadium.fan("bob")
    cheer(window(ada), stadium)
    link = actions.make_link(campaign=stadium.campaign, supporter=queries.supporter_key(ada))
    address, browser = reverse("cheer:link", args=[link.token]), {"Sec-Fetch-Mode": "navigate"}
    window().get(address)
    window(ada).get(address, headers=browser)
    guest = window(bob)
    guest.get(address, headers=browser)
    guest.get(address, headers=browser)
    cheer(guest, stadium)
    link.refresh_from_db()
    assert (link.came, link.cheered) == (1, 1)
    assert queries.came_by_links(stadium.campaign) == (1, 1)


def test_results_seal_and_file(stadium: Stadium) -> None:
    from essaim.initiatives import actions as initiatives

    for number in range(6):
        cheer(window(stadium.fan(f"fan{number}")), stadium, "reds" if number else "blues")
    with clock.at(EVENING + MATCH):
        initiatives.turn_phases()
        actions.thank_supporters()
        page = window().get(at("results", stadium)).content.decode()
        sheet = window().get(at("round-csv", stadium, 1))
    assert queries.round_of(stadium.first).seal in page
    assert "Stands" in page  # six of its members cheered
    assert sheet.content.decode().splitlines()[:2] == [
        "round,camp,minute,kind",
        "1,blues,2026-06-10T21:00:00+02:00,member",
    ]
    assert "fan" not in sheet.content.decode()


def test_the_queue_by_script_and_by_form(stadium: Stadium) -> None:
    for name in ("ada", "bob", "cleo"):
        cheer(window(stadium.fan(name)), stadium, words=f"Words of {name}")
    client, address = window(stadium.manager), desk("messages", stadium)
    first, second, third = (row.pk for row in CheerMessage.objects.order_by("pk"))
    quick = {"X-Requested-With": "fetch"}
    told = client.post(address, {"message": first, "act": "approve"}, headers=quick).json()
    assert told == {"said": "The message is on the wall.", "left": 2}
    refused = client.post(address, {"message": second, "act": "refuse"}, headers=quick)
    assert (refused.status_code, refused.json()) == (
        422,
        {"refused": "A message is refused with a reason. Say in a few words why; its author reads it."},
    )
    client.post(address, {"message": second, "act": "refuse", "reason": "It insults somebody."})
    client.post(address, {"message": third, "act": "block"})
    states = list(CheerMessage.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["approved", "refused", "refused"]
    assert "Words of ada" in window().get(at("wall", stadium)).content.decode()
    assert window().get(at("words", stadium)).json()["messages"][0]["by"] == "Ada"
    card = window().get(at("message-card", stadium, first))
    assert card.content[:4] == b"\x89PNG"
    assert window().get(at("message-card", stadium, second)).status_code == 404


def test_a_member_moderates_nothing(stadium: Stadium) -> None:
    cheer(window(stadium.fan("ada")), stadium, words="Hello")
    answer = window(stadium.fan("bob")).post(desk("messages", stadium), {"message": 1, "act": "approve"})
    assert answer.status_code == 403
    assert CheerMessage.objects.get().state == "waiting"


def test_words_are_refused_before_anyone_reads_them(stadium: Stadium) -> None:
    client = window(stadium.fan("ada"))
    cheer(client, stadium, words="Espèce de C0NNÀRD")
    page = window(stadium.manager).get(desk("messages", stadium)).content.decode()
    assert "C0NN" not in page
    own = client.get(at("wall", stadium)).content.decode()
    assert "It holds words that this house does not show." in own


def test_the_lists_are_kept_by_the_house(stadium: Stadium) -> None:
    client = window(stadium.manager)
    client.post(reverse("cheer-studio:words"), {"language": "en", "typed": "kumquat*, Kumquat*\nyuzu"})
    assert queries.word_list("en") == ("kumquat*", "yuzu")
    page = client.get(reverse("cheer-studio:words"), {"try": "Kumquats!"}).content.decode()
    assert "It breaks the entry" in page
    other = window(new_member("neo", "designer"))
    assert other.post(reverse("cheer-studio:words"), {"language": "en", "typed": ""}).status_code == 403


def test_the_light_by_hand_is_public(stadium: Stadium) -> None:
    client, address = window(stadium.manager), desk("light", stadium)
    client.post(address, {"act": "override", "colour": "#00ff00", "intensity": "50", "reason": "A birthday"})
    told = window().get(at("light-state", stadium)).json()
    assert (told["mode"], told["colours"], told["intensity"]) == ("override", ["#00ff00"], 0.5)
    client.post(address, {"act": "kill", "reason": "Birds nest on the tower"})
    told = window().get(at("light-state", stadium)).json()
    assert (told["mode"], told["colours"], told["intensity"]) == ("dark", ["#000000"], 0.0)
    page = window().get(at("light", stadium)).content.decode()
    assert "Birds nest on the tower" in page
    assert "A birthday" in page
    client.post(address, {"act": "release", "reason": "They flew"})
    assert window().get(at("light-state", stadium)).json()["mode"] == "waiting"
    client.post(address, {"act": "kill", "reason": " "})
    assert window().get(at("light-state", stadium)).json()["mode"] == "waiting"


def test_lamps(stadium: Stadium) -> None:
    client, address = window(stadium.manager), desk("light", stadium)
    given = {"act": "rig", "lamps": "1 leader\n4 reds", "universe": "2", "fade": "1.5", "safe": "#101010"}
    assert client.post(address, given).status_code == 302
    rig = window().get(at("light-state", stadium)).json()["rig"]
    assert rig == {
        "lamps": [{"channel": 1, "shows": "leader"}, {"channel": 4, "shows": "reds"}],
        "universe": 2, "fade": 1.5, "safe": "#101010",
    }  # fmt: skip
    for wrong in ("1 leader\n3 reds", "0 leader", "1 greens", "leader"):
        assert client.post(address, {**given, "lamps": wrong}).status_code == 422
    assert window().get(at("light-state", stadium)).json()["rig"] == rig


def test_a_campaign_from_nothing(stadium: Stadium) -> None:
    client = window(stadium.manager)
    given = {"preset": "evening", "community": stadium.community.pk, "title": "Derby", "summary": "One", "brief": ""}
    client.post(reverse("cheer-studio:new"), given)
    page = reverse("cheer-studio:campaign", args=["derby"])
    assert client.get(page).status_code == 200
    for name in ("Honey", "Flour"):
        camp = {"name": name, "colour": "#f0a500", "second_colour": "#ffffff"}
        assert client.post(reverse("cheer-studio:camps", args=["derby"]), camp).status_code == 302
    rounds = {
        "rounds-TOTAL_FORMS": "2", "rounds-INITIAL_FORMS": "0", "rounds-0-title": "Night",
        "rounds-0-starts_at": "2026-06-11T20:00:07", "rounds-0-ends_at": "2026-06-11T22:00:00",
    }  # fmt: skip
    assert client.post(reverse("cheer-studio:rounds", args=["derby"]), rounds).status_code == 302
    client.post(page, {"act": "open"})
    with clock.at(EVENING.replace(day=11, hour=18, minute=0, second=6)):
        answer = client.post("/cheer/derby/cheers/", {"camp": "honey"})
        assert answer.status_code == 409
        assert "it is 20:00:06" in answer.content.decode()
    assert client.get(reverse("cheer-studio:rounds", args=["derby"])).status_code == 200
    assert client.get(reverse("cheer-studio:desk")).status_code == 200


def test_a_campaign_without_camps_does_not_open(stadium: Stadium) -> None:
    client = window(stadium.manager)
    given = {"preset": "evening", "community": stadium.community.pk, "title": "Empty", "summary": "", "brief": ""}
    client.post(reverse("cheer-studio:new"), given)
    rounds = {
        "rounds-TOTAL_FORMS": "1", "rounds-INITIAL_FORMS": "0", "rounds-0-title": "",
        "rounds-0-starts_at": "2026-06-11T20:00:00", "rounds-0-ends_at": "2026-06-11T22:00:00",
    }  # fmt: skip
    client.post(reverse("cheer-studio:rounds", args=["empty"]), rounds)
    answer = client.post(reverse("cheer-studio:campaign", args=["empty"]), {"act": "open"}, follow=True)
    assert "A campaign needs two camps at least." in answer.content.decode()


def test_a_draft_is_nobody_elses_business(stadium: Stadium) -> None:
    from essaim.mechanisms.cheer.seed import draft

    hidden = draft(stadium.community, stadium.manager)
    assert window().get(hidden.get_absolute_url()).status_code == 404
    assert window(stadium.manager).get(hidden.get_absolute_url()).status_code == 200


def test_an_emblem_is_shown_and_taken_out_again(evening: Any, play: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    stadium = play()
    draft = initiatives.draft_initiative(
        actor=stadium.manager,
        community=stadium.community,
        mechanism_slug="cheer",
        preset_slug="evening",
        title="Next",
    )
    camp = actions.add_camp(campaign=draft, actor=stadium.manager, name="Greens", colour="#008000")
    page = reverse("cheer-studio:camp", args=[draft.slug, camp.pk])
    client, typed = window(stadium.manager), {"name": "Greens", "colour": "#008000", "second_colour": "#ffffff"}
    assert "plain" not in client.get(page).context["form"].fields
    drawn = BytesIO()
    Image.new("RGB", (64, 64), "green").save(drawn, "PNG")
    client.post(page, {**typed, "emblem": SimpleUploadedFile("green.png", drawn.getvalue(), "image/png")})
    camp.refresh_from_db()
    assert camp.emblem.storage.exists(camp.emblem.name)
    assert "plain" in client.get(page).context["form"].fields
    client.post(page, {**typed, "plain": "on"})
    camp.refresh_from_db()
    assert not camp.emblem

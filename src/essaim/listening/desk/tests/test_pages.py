"""The pages: who enters, what is done from them, and that nothing typed is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.listening.desk import acts, brands, rollup
from essaim.listening.desk.domain import Skill
from essaim.listening.desk.models import Answer, Brand, Item, Promise
from essaim.listening.desk.skill import skill_of
from essaim.listening.desk.tests.conftest import DAY, NOON, ROLES, heard, read_as
from essaim.listening.models import Look, Mention, Source
from essaim.listening.reading.models import Reader
from essaim.people.models import Member

LISTENING = {"owner", "manager", "moderator", "analyst"}
PAGES = ("inbox", "promises", "pictures", "figures", "brands")


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def mention(source: Source) -> Mention:
    return heard(source, "The crust was burnt again, please do something.")


@pytest.fixture
def desk(english: Client, mona: Member) -> Client:
    english.force_login(mona)
    return english


def text(response: Any) -> str:
    return unescape(response.content.decode())


def to(name: str, *args: Any) -> str:
    return reverse(f"listening_desk:{name}", args=args)


@pytest.mark.parametrize("role", ROLES)
def test_who_enters(
    english: Client, source: Source, mention: Mention, carrying: Callable[[str], Member], role: str
) -> None:
    english.force_login(carrying(role))
    expected = 200 if role in LISTENING else 403
    for page in PAGES:
        assert english.get(to(page)).status_code == expected, page
    for page in ("mention", "dialogue"):
        assert english.get(to(page, mention.pk)).status_code == expected, page


def test_a_visitor_signs_in_first(english: Client) -> None:
    assert english.get(to("inbox"))["Location"].startswith(reverse("account_login"))


def test_an_analyst_reads_and_does_nothing(
    english: Client, mention: Mention, carrying: Callable[[str], Member]
) -> None:
    english.force_login(carrying("analyst"))
    page = text(english.get(to("mention", mention.pk)))
    assert "Note the answer" not in page
    given = {"text": "Hello", "way": "hand", "url": "https://board.test/1", "key": str(uuid4()), "seen": "0"}
    assert english.post(to("answers", mention.pk), given).status_code == 403
    assert english.post(to("closing", mention.pk), {"reason": "read"}).status_code == 403
    assert not Item.objects.exists()


def test_from_the_inbox_without_a_script(desk: Client, mention: Mention, mona: Member) -> None:
    here = f"{to('inbox')}?state=open"
    taken = desk.post(to("assignment", mention.pk), {"to": "me", "seen": "0", "next": here})
    assert (taken.status_code, taken["Location"]) == (302, here)
    assert Item.objects.get().assignee == mona
    assert desk.post(to("rest", mention.pk), {"next": here})["Location"] == here
    assert Item.objects.get().state == "snoozed"
    desk.post(to("closing", mention.pk), {"reason": "read", "next": "https://elsewhere.test/"})
    assert Item.objects.get().state == "closed"
    assert "Nothing to see to" in text(desk.get(to("inbox")))
    assert "burnt again" in text(desk.get(f"{to('inbox')}?state=closed"))


def test_it_never_leads_out_of_the_house(desk: Client, mention: Mention) -> None:
    gone = desk.post(to("closing", mention.pk), {"reason": "read", "next": "https://elsewhere.test/"})
    assert gone["Location"] == to("mention", mention.pk)


def test_the_second_to_answer_keeps_what_he_typed(desk: Client, mention: Mention, marc: Member) -> None:
    form = desk.get(to("mention", mention.pk)).context["answer"]
    acts.answer(
        mention_id=mention.pk, actor=marc, text="Marc was first", key=uuid4(), seen=0, url="https://board.test/1"
    )
    given = {
        "text": "Two hours of my best prose",
        "way": "hand",
        "url": "https://board.test/2",
        "key": form["key"].value(),
        "seen": "0",
    }
    refused = desk.post(to("answers", mention.pk), given)
    assert refused.status_code == 409
    page = text(refused)
    assert "Marc answered while you were writing." in page
    assert "Marc was first" in page
    assert "Two hours of my best prose" in page
    given["seen"] = refused.context["answer"]["seen"].value()
    assert desk.post(to("answers", mention.pk), given).status_code == 302
    assert Answer.objects.count() == 2


def test_what_is_missing_is_asked_for_again(desk: Client, mention: Mention) -> None:
    given = {"text": "Kept", "way": "hand", "url": "", "key": str(uuid4()), "seen": "0"}
    refused = desk.post(to("answers", mention.pk), given)
    assert refused.status_code == 422
    assert "needs the address where it stands" in text(refused)
    assert "Kept" in text(refused)
    late = desk.post(to("mention_promises", mention.pk), {"text": "New ovens", "due_on": "2020-01-01"})
    assert late.status_code == 422
    assert "New ovens" in text(late)


def test_a_reading_is_put_right(desk: Client, mention: Mention) -> None:
    reading = read_as(mention, 0, "opinion")
    given = {"kind": "claim", "polarity": "-1", "language": "en"}
    assert desk.post(to("reading", mention.pk), given).status_code == 302
    reading.refresh_from_db()
    assert (reading.kind, reading.polarity, reading.by_hand) == ("claim", -1, ["kind", "polarity"])


def test_a_promise_from_the_mention_to_the_public_page(desk: Client, mention: Mention) -> None:
    desk.post(to("mention_promises", mention.pk), {"text": "New ovens", "due_on": "2026-03-10"})
    made = Promise.objects.get()
    assert "New ovens" in text(desk.get(to("promises")))
    told = {"kept": "yes", "words": "They stand since Monday.", "url": ""}
    assert desk.post(to("outcome", made.pk), told).status_code == 302
    assert desk.post(to("outcome", made.pk), told).status_code == 409
    desk.logout()
    for address in (reverse("promises:index"), made.get_absolute_url(), f"{reverse('promises:index')}?which=kept"):
        page = text(desk.get(address))
        assert "New ovens" in page
        assert "They stand since Monday." in page
        assert "burnt" not in page
    assert "New ovens" not in text(desk.get(f"{reverse('promises:index')}?which=broken"))


def test_who_looked_at_whom_is_written_down(desk: Client, mention: Mention, mona: Member) -> None:
    desk.get(to("mention", mention.pk))
    desk.get(to("dialogue", mention.pk))
    desk.get(to("inbox"))
    looks = list(Look.objects.order_by("pk").values_list("actor", "voice_id", "what"))
    assert looks == [(mona.pk, mention.voice_id, "mention"), (mona.pk, mention.voice_id, "dialogue")]


def test_a_mention_gone_is_not_found(desk: Client, mention: Mention) -> None:
    Mention.objects.filter(pk=mention.pk).update(gone_at=NOON)
    assert desk.get(to("mention", mention.pk)).status_code == 404


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_ask_no_more_for_three_than_for_one(desk: Client, source: Source, mona: Member) -> None:
    def more(number: int) -> None:
        one = heard(source, f"Levain {number}", by=f"who{number}")
        read_as(one, 1, "claim")
        acts.assign(mention_id=one.pk, actor=mona, assignee=mona)
        acts.promise(mention_id=one.pk, actor=mona, text=f"Promise {number}", due_on=NOON.date())
        Brand.objects.create(name=f"Brand {number}", words=[f"levain {number}"])
        brands.match_new([one.pk])

    addresses = (to("inbox"), to("promises"), to("brands"), reverse("promises:index"))
    more(0)
    desk.get(to("inbox"))
    one = [queries_of(desk, address) for address in addresses]
    more(1)
    more(2)
    assert [queries_of(desk, address) for address in addresses] == one


def test_brands_and_panel_from_their_page(english: Client, marc: Member, source: Source) -> None:
    english.force_login(marc)
    given = {"name": "Levain", "words": "levain\n@levain", "own": "on"}
    assert english.post(to("brands"), given).status_code == 302
    assert english.post(to("brands"), given).status_code == 422
    brand = Brand.objects.get()
    assert (brand.words, brand.own) == (["levain", "@levain"], True)
    assert english.post(to("brand", brand.pk), {"words": "!"}).status_code == 422
    locked = english.post(to("panel"), {"sources": [source.pk], "brands": [brand.pk], "reason": "The first"})
    assert locked.status_code == 302
    assert "The first" in text(english.get(to("brands")))
    empty = english.post(to("panel"), {"reason": "Typed"})
    assert empty.status_code == 422
    assert "Typed" in text(empty)
    english.post(to("retirement", brand.pk))
    assert "no longer followed" in text(english.get(to("brands")))


@pytest.fixture
def month(source: Source, owner: Member) -> Brand:
    """Four weeks of a brand and its rival."""
    brand = acts.name_brand(actor=owner, name="Levain", words=["levain"], own=True)
    rival = acts.name_brand(actor=owner, name="=Croustille", words=["croustille"])
    Brand.objects.update(matched_to=None)
    for number in range(24):
        name = "levain" if number % 3 else "croustille"
        one = heard(source, f"{name} {number}", by=f"who{number % 9}", at=NOON - (number % 12) * DAY)
        read_as(one, (-1, 0, 1)[number % 3], "claim" if number % 2 else "opinion", aspects=["crust"])
    acts.lock_panel(actor=owner, sources=[source.pk], brands=[brand.pk, rival.pk])
    rollup.recount_stale()
    return brand


def test_pictures_say_their_figures_as_tables(desk: Client, month: Brand) -> None:
    shown = desk.get(to("pictures"))
    page = text(shown)
    slugs = [one.slug.partition("-")[0] for one in shown.context["pictures"]]
    assert slugs == ["volume", "voice", "mood", "mood", "kind", "aspect", "platform", "language", "source"]
    assert shown.context["whole"].mentions == 16
    assert "style=" not in page
    assert "onclick" not in page
    for picture in shown.context["pictures"]:
        for row in picture.rows:
            if row.url and row.mentions:
                found = desk.get(row.url)
                assert found.context["count"] == row.mentions, (picture.slug, row.label)


def test_pictures_say_how_far_reading_can_be_trusted(desk: Client, month: Brand) -> None:
    notes = {one.slug: one.notes for one in desk.get(to("pictures")).context["pictures"]}
    assert "word lists" in notes["mood"][0]
    assert "word lists" in notes["kind"][0]
    assert "words listed" in notes["aspect"][0]
    figures = {"macro_f1": 0.71, "low": 0.66, "high": 0.76, "n": 324}
    card = {"quality": figures, "labels": ["-1", "0", "1"], "confusion": [[80, 0, 28], [0, 1, 0], [8, 0, 100]]}
    Reader.objects.create(task="polarity", language="en", state=Reader.State.ACTIVE, card=card)
    page = desk.get(to("pictures"))
    assert "0.71 (0.66 to 0.76) on 324 texts" in text(page)
    (mood,) = [one for one in page.context["pictures"] if one.slug == "mood"]
    corrected = mood.rows[0].mood
    assert corrected.corrected
    assert f"n = {corrected.judged}" in text(page)
    assert skill_of(card) == Skill(100 / 108, 80 / 108, 108, 108)


def test_all_figures_as_csv(desk: Client, month: Brand) -> None:
    answer = desk.get(to("figures"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    volume = [row for row in rows if row["picture"] == "volume"]
    assert len(volume) == 28
    (kind,) = [row for row in rows if row["picture"] == "kind" and row["label"] == "Claim"]
    assert (kind["mentions"], kind["n"], kind["share"]) == ("8", "16", "0.5")
    assert "'=Croustille" in {row["label"] for row in rows}


def test_pictures_of_too_few_people_are_not_drawn(desk: Client, mention: Mention) -> None:
    rollup.recount_stale()
    page = desk.get(to("pictures"))
    assert page.context["whole"] is None
    assert [row.mentions for row in page.context["pictures"][0].rows][-2:] == [None, 0]


@pytest.mark.parametrize("query", ["brand=x", "since=2026-13-01", "since=2030-01-01&until=2026-01-01", "brand=all"])
def test_what_is_asked_wrong_is_answered_all_the_same(desk: Client, month: Brand, query: str) -> None:
    assert desk.get(f"{to('pictures')}?{query}").status_code == 200
    assert desk.get(f"{to('inbox')}?{query}&polarity=9&topic=a&after=zz").status_code == 200


def test_what_is_not_counted_yet_says_how_far_it_is(desk: Client, source: Source) -> None:
    page = text(desk.get(to("pictures")))
    assert "being counted" not in page
    for number in range(6):
        heard(source, f"Good bread {number}", by=f"who{number}", number=f"n{number}")
    page = text(desk.get(to("pictures")))
    assert "One day is being counted" in page
    assert f"{to('progress')}?first" in page
    assert 'http-equiv="refresh"' in page
    assert "data-chart" not in page  # noughts that may be none
    assert "every 2s" in text(desk.get(to("progress"), {"first": ""}))
    rollup.recount_stale()
    assert desk.get(to("progress"), {"first": ""}).headers["HX-Refresh"] == "true"
    done = text(desk.get(to("progress")))
    assert "Everything is counted" in done
    assert "every 2s" not in done
    page = text(desk.get(to("pictures")))
    assert "being counted" not in page
    assert 'http-equiv="refresh"' not in page


def test_what_is_being_read_is_told(desk: Client, mention: Mention) -> None:
    from essaim.listening.reading import jobs

    assert "New mentions are being read" not in text(desk.get(to("inbox")))
    jobs.ring()
    assert "New mentions are being read" in text(desk.get(to("inbox")))
    assert "Mentions are being read" in text(desk.get(to("progress")))

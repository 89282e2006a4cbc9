"""The inbox: what is found, in which order, page by page, with a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essaim.kit import clock
from essaim.listening.desk import acts, rollup
from essaim.listening.desk.models import Brand
from essaim.listening.desk.queries import dialogue, inbox
from essaim.listening.desk.queries.inbox import Wanted
from essaim.listening.desk.tests.conftest import DAY, NOON, heard, make_person, make_source, read_as
from essaim.listening.intake import take_in
from essaim.listening.models import Claim, Mention, Source
from essaim.listening.post import Author, Post
from essaim.people.models import Member


@pytest.fixture
def said(source: Source) -> list[Mention]:
    """Seven mentions, the newest last; two of the same moment."""
    moments = [NOON - number * DAY for number in (6, 5, 4, 3, 2, 1, 1)]
    return [heard(source, f"Word number {n}", by=f"who{n}", at=at) for n, at in enumerate(moments)]


def numbers(page: inbox.Page) -> list[int]:
    return [line.id for line in page.lines]


def test_pages_by_key_meet_each_mention_once_there_and_back(said: list[Mention]) -> None:
    every = [one.pk for one in said][::-1]
    seen, page = [], inbox.page(Wanted(), size=3)
    pages = [page]
    while page.after:
        page = inbox.page(Wanted(), after=page.after, size=3)
        pages.append(page)
    for page in pages:
        seen += numbers(page)
    assert (seen, len(pages)) == (every, 3)
    back = inbox.page(Wanted(), before=pages[2].back, size=3)
    assert numbers(back) == numbers(pages[1])
    assert numbers(inbox.page(Wanted(), before=back.back, size=3)) == numbers(pages[0])
    assert pages[0].back == ""


@pytest.mark.parametrize("key", ["", "x", "12", "9" * 30 + "-1", "999999999999999999-1"])
def test_a_key_that_is_none_is_the_first_page(said: list[Mention], key: str) -> None:
    assert len(inbox.page(Wanted(), after=key).lines) == 7


def test_states(said: list[Mention], mona: Member) -> None:
    acts.close(mention_id=said[0].pk, actor=mona, reason="noise")
    acts.snooze(mention_id=said[1].pk, actor=mona, until=NOON + DAY)
    acts.answer(mention_id=said[2].pk, actor=mona, text="Yes", key=uuid4(), seen=0, url="https://board.test/1")
    acts.assign(mention_id=said[3].pk, actor=mona, assignee=mona)

    def found(**wanted: Any) -> list[int]:
        return sorted(said.index(one) for one in said if one.pk in numbers(inbox.page(Wanted(**wanted))))

    assert found() == [3, 4, 5, 6]
    assert found(state="closed") == [0]
    assert found(state="later") == [1]
    assert found(state="answered") == [2]
    assert found(state="all") == [0, 1, 2, 3, 4, 5, 6]
    assert found(assignee=mona.pk) == [3]
    assert found(unassigned=True) == [4, 5, 6]
    with clock.at(NOON + 2 * DAY):
        assert found() == [1, 3, 4, 5, 6]
        assert found(state="later") == []


def test_filters(source: Source, owner: Member) -> None:
    levain = acts.name_brand(actor=owner, name="Levain", words=["levain"])
    Brand.objects.update(matched_to=None)
    other = make_source("The market")
    one = heard(source, "Le pain du Levain est brûlé", language="fr")
    two = heard(other, "Great bread", by="bob", at=NOON - 3 * DAY, tags=("bread",))
    read_as(one, -1, "claim", language="fr", aspects=["crust"], hostile=True)
    read_as(two, 1, "opinion")

    def found(**wanted: Any) -> list[int]:
        return numbers(inbox.page(Wanted(**wanted)))

    for only_one in (
        {"brand": levain.pk}, {"kind": "claim"}, {"polarity": -1}, {"language": "fr"}, {"source": source.pk},
        {"aspect": "crust"}, {"hostile": True}, {"words": "brule"}, {"words": "BRÛLÉ lev"},
        {"since": NOON.date() - DAY},
    ):  # fmt: skip
        assert found(**only_one) == [one.pk], only_one
    for only_two in ({"kind": "opinion"}, {"words": "great"}, {"until": NOON.date() - 2 * DAY}):
        assert found(**only_two) == [two.pk], only_two
    assert found(platform="board") == [one.pk, two.pk]
    assert found(words="'); DROP TABLE") == []


def test_likes_reposts_and_what_is_gone_are_not_shown(source: Source) -> None:
    one = heard(source, "Hello", number="h1")
    heard(source, "", by="bob", number="l1", tie="like", parent="h1")
    gone = heard(source, "Never mind", number="g1")
    Mention.objects.filter(pk=gone.pk).update(gone_at=NOON)
    assert numbers(inbox.page(Wanted(state="all"))) == [one.pk]


def test_the_queries_do_not_grow(source: Source, mona: Member) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            inbox.page(Wanted(state="all"))
        return len(queries)

    def more(number: int) -> None:
        mention = heard(source, f"Levain {number}", by=f"who{number}")
        read_as(mention)
        acts.assign(mention_id=mention.pk, actor=mona, assignee=mona)

    more(0)
    with_one = asked()
    more(1)
    more(2)
    assert (with_one, asked()) == (8, 8)  # four of them look further back, the page not being full


def test_the_count_stops(said: list[Mention]) -> None:
    assert inbox.count(Wanted()) == 7
    assert inbox.count(Wanted(), most=3) == 4


def test_neighbours_in_the_same_inbox(said: list[Mention]) -> None:
    here = said[3]
    assert inbox.neighbours(Wanted(), here.published_at, here.pk) == (said[4].pk, said[2].pk)
    assert inbox.neighbours(Wanted(), said[6].published_at, said[6].pk) == (None, said[5].pk)


def test_a_thread_with_its_answers(source: Source) -> None:
    first = heard(source, "Is it open?", number="t1")
    second = heard(source, "No", by="bob", number="t2", tie="reply", parent="t1")
    third = heard(source, "Yes it is", by="cara", number="t3", tie="reply", parent="t2")
    seen = dialogue.seen(second.pk)
    assert [one.pk for one in seen.above] == [first.pk]
    assert [one.pk for one in seen.replies] == [third.pk]
    assert [one.pk for one in dialogue.seen(third.pk).above] == [first.pk, second.pk]


def test_the_dialogue_goes_over_platforms_for_who_claimed_them(source: Source, mona: Member) -> None:
    here = heard(source, "On the board", by="ada", at=NOON - 3 * DAY)
    there = heard(source, "On the square", by="ada.lovelace", at=NOON - 2 * DAY)
    heard(source, "Another person", by="bob")
    acts.answer(mention_id=here.pk, actor=mona, text="Welcome", key=uuid4(), seen=0, url="https://board.test/1")
    assert [(turn.mention.pk, bool(turn.answer)) for turn in dialogue.seen(here.pk).turns] == [
        (here.pk, True), (here.pk, False),
    ]  # fmt: skip
    marie = make_person("marie")
    for mention in (here, there):
        Claim.objects.create(voice=mention.voice, member=marie, proof="code", code="x", proved_at=NOON)
    assert [(turn.mention.pk, bool(turn.answer)) for turn in dialogue.seen(there.pk).turns] == [
        (here.pk, True), (there.pk, False), (here.pk, False),
    ]  # fmt: skip
    Claim.objects.filter(voice=there.voice).update(ended_at=NOON)
    assert [turn.mention.pk for turn in dialogue.seen(there.pk).turns] == [there.pk]


def test_a_pseudonym_until_answered_in_public(source: Source, mona: Member) -> None:
    mention = heard(source, "Hello", by="ada@board.test")
    assert dialogue.seen(mention.pk).handle == ""
    acts.answer(mention_id=mention.pk, actor=mona, text="Hi", key=uuid4(), seen=0, url="https://board.test/1")
    assert dialogue.seen(mention.pk).handle == "ada@board.test"
    with clock.at(NOON + timedelta(days=1)):
        type(mention.voice).objects.update(handle=None)  # its time is over
        assert dialogue.seen(mention.pk).handle == ""


@pytest.mark.parametrize("counted", [True, False])
def test_what_is_rare_is_found_on_the_days_it_was_said(source: Source, counted: bool) -> None:
    """Over two years, in pages of three, both ways: the same as everything looked through."""
    take_in(
        [Post("board", f"r{n}", Author(f"w{n % 6}"), f"Bread {n}", NOON - n * 7 * DAY) for n in range(100)],
        source=source,
    )
    written = list(Mention.objects.order_by("-published_at"))
    for n, mention in enumerate(written):
        read_as(mention, polarity=-1 if n % 18 == 0 else 0, kind="claim" if n % 9 == 0 else "opinion",
                aspects=["crust"] if n % 27 == 0 else [], language="fr" if n % 45 == 0 else "en")  # fmt: skip
    if counted:
        rollup.recount_stale()
    for wanted, step in (
        (inbox.Wanted(kind="claim"), 9),
        (inbox.Wanted(kind="claim", polarity=-1), 18),
        (inbox.Wanted(aspect="crust", kind="claim"), 27),
        (inbox.Wanted(language="fr"), 45),
    ):
        expected = [mention.pk for mention in written[::step]]
        assert walked(wanted) == expected
        last = written[expected and (len(expected) - 1) * step]
        back = inbox.page(wanted, before=inbox.key_of(last.published_at, last.pk), size=3)
        assert [line.id for line in back.lines] == expected[:-1][-3:]
        assert inbox.count(wanted) == sum(n * 7 <= 90 for n in range(0, 100, step))
    assert inbox.page(inbox.Wanted(platform="nowhere")).lines == []
    assert inbox.count(inbox.Wanted(platform="nowhere")) == 0


def walked(wanted: inbox.Wanted) -> list[int]:
    found, after = [], ""
    while True:
        page = inbox.page(wanted, after=after, size=3)
        found += [line.id for line in page.lines]
        if not (after := page.after):
            return found


def test_hostile_posts_are_found_among_all_others(source: Source) -> None:
    calm, rude, gone = (heard(source, f"Bread {n}", at=NOON - n * 100 * DAY, number=f"h{n}") for n in range(3))
    read_as(calm)
    read_as(rude, hostile=True, kind="claim")
    read_as(gone, hostile=True, kind="opinion")
    assert [line.id for line in inbox.page(inbox.Wanted(hostile=True)).lines] == [rude.pk, gone.pk]
    assert [line.id for line in inbox.page(inbox.Wanted(hostile=True, kind="claim")).lines] == [rude.pk]
    assert inbox.count(inbox.Wanted(hostile=True)) == 0  # the last 90 days hold none

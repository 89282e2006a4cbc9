"""Two people of the team at once, in real threads: one sees the other, and nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.listening.desk import acts, brands, errors, rollup
from essaim.listening.desk.models import Answer, BrandMention, Item, Panel, Sum
from essaim.listening.desk.tests.conftest import DAY, NOON, heard, make_person, make_source
from essaim.listening.intake import take_in
from essaim.listening.post import Post
from essaim.people.models import Member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon(transactional_db: None):  # type: ignore[no-untyped-def]
    with clock.at(NOON):
        yield NOON


def at_once(*threads: Callable[[], object]) -> list[object]:
    """Each in a thread and a connection of its own, let go at the same moment; results or kinds of refusal."""
    gate = Barrier(len(threads))

    def run(act: Callable[[], object]) -> object:
        try:
            with clock.at(NOON):
                gate.wait()
                return act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(threads)) as pool:
        return list(pool.map(run, threads))


def team(number: int) -> list[Member]:
    return [make_person(f"mona{place}", "manager") for place in range(number)]


def test_of_several_who_answer_at_once_one_is_first_and_the_others_see_him() -> None:
    mention = heard(make_source(), "Anyone there?")
    results = at_once(
        *(
            lambda actor=actor: acts.answer(  # type: ignore[misc]
                mention_id=mention.pk, actor=actor, text="Yes", key=uuid4(), seen=0, url="https://board.test/1"
            )
            for actor in team(4)
        )
    )
    assert Counter(one if isinstance(one, type) else "answered" for one in results) == {
        "answered": 1,
        errors.AnsweredMeanwhile: 3,
    }
    assert (Answer.objects.count(), Item.objects.count()) == (1, 1)


def test_the_same_form_sent_twice_at_once_is_one_answer() -> None:
    mention, key, (actor,) = heard(make_source(), "Anyone there?"), uuid4(), team(1)

    def send() -> int:
        url = "https://board.test/1"
        return acts.answer(mention_id=mention.pk, actor=actor, text="Yes", key=key, seen=0, url=url).pk

    assert len(set(at_once(send, send, send))) == 1
    assert Answer.objects.count() == 1


def test_a_promise_has_one_outcome() -> None:
    mention, (actor, other) = heard(make_source(), "The crust!"), team(2)
    made = acts.promise(mention_id=mention.pk, actor=actor, text="Better", due_on=NOON.date())
    results = at_once(
        lambda: acts.settle_promise(promise=made, actor=actor, kept=True).outcome,
        lambda: acts.settle_promise(promise=made, actor=other, kept=False).outcome,
    )
    assert results.count(errors.PromiseSettledAlready) == 1


def test_one_panel_is_in_force() -> None:
    sources, (actor, other) = [make_source(name) for name in ("One", "Two")], team(2)
    brand = acts.name_brand(actor=actor, name="Levain", words=["levain"])
    at_once(
        lambda: acts.lock_panel(actor=actor, sources=[sources[0].pk], brands=[brand.pk]),
        lambda: acts.lock_panel(actor=other, sources=[sources[1].pk], brands=[brand.pk]),
    )
    assert Panel.objects.filter(ended_on=None).count() == 1


@pytest.mark.parametrize("act", ["assign", "answer"])
def test_people_act_while_jobs_count_and_look_for_brands(act: str) -> None:
    """Acts lock a mention's row and point at people; the worker locks brands and days; what comes in points at brands
    and marks days. None waits for another in a circle, and all that was done at once is counted in the end."""
    source, people = make_source(), team(2)
    brand = acts.name_brand(actor=people[0], name="Levain", words=["levain"])
    mentions = [heard(source, f"Levain {number}", by=f"someone{number}") for number in range(4)]

    def work(actor: Member, order: int) -> Callable[[], int]:
        def run() -> int:
            for mention in mentions[::order]:
                if act == "assign":
                    acts.assign(mention_id=mention.pk, actor=actor, assignee=actor)
                else:
                    with suppress(errors.AnsweredMeanwhile):
                        url = f"https://board.test/{mention.pk}"
                        acts.answer(mention_id=mention.pk, actor=actor, text="Yes", key=uuid4(), seen=0, url=url)
            return len(mentions)

        return run

    def worker() -> int:
        """Its jobs share a lock: one after the other."""
        for words in (["pain"], ["levain"]):
            acts.change_brand(brand=brand, actor=people[0], words=words)
            brands.match_again()
            rollup.mark_all()
            rollup.recount_stale()
        return 4

    def hear() -> int:
        posts = (Post("board", f"late-{number}", None, f"Levain, {number}", NOON - DAY) for number in range(4))
        return take_in(posts, source=source, batch=1).added

    assert at_once(work(people[0], 1), work(people[1], -1), worker, hear) == [4, 4, 4, 4]
    brands.match_again()
    rollup.recount_stale()
    assert BrandMention.objects.count() == len(mentions) + 4
    assert Item.objects.count() == len(mentions)
    assert Answer.objects.count() == (len(mentions) if act == "answer" else 0)
    everything = Sum.objects.filter(brand=brand, dimension="all")
    assert sum(everything.values_list("mentions", flat=True)) == len(mentions) + 4

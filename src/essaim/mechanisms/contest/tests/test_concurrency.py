"""Two clicks, two tabs, two members at the limit, in real threads: never one vote, cent or rung too many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from essaim.initiatives import actions as kernel
from essaim.initiatives.domain import InitiativeHalted
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.ledger.models import JournalEntry
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.models import Authorship, BallotLine, Funding, Idea, RungReached, Vote
from essaim.mechanisms.contest.tests.conftest import NOON, SMALL, House, make_house
from essaim.people.erasure import erase_member
from essaim.people.errors import MoneyStillOwed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    with clock.at(NOON):
        yield make_house()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread and a connection of its own, all let go at the same moment; results or refusals."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            with clock.at(NOON):
                gate.wait()
                return act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_member_at_the_limit_in_many_tabs(house: House) -> None:
    contest = house.contest(Rules(votes_each=2))
    voter, ideas = house.member(), [house.idea(contest) for _ in range(6)]
    results = at_once(*(lambda idea=idea: actions.cast_vote(idea=idea, voter=voter) for idea in ideas))
    assert results.count(errors.BallotFull) == 4
    assert Vote.objects.filter(voter=voter).count() == BallotLine.objects.count() == 2


@contextmanager
def under_way(act: Callable[[], object]) -> Iterator[None]:
    """The act done by another connection, its transaction open until the block ends."""
    done, leave = Event(), Event()

    def run() -> None:
        try:
            with clock.at(NOON), transaction.atomic():
                act()
                done.set()
                assert leave.wait(120)
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        assert done.wait(60)
        try:
            yield
        finally:
            leave.set()
            running.result()


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def until_waiting(number: int) -> None:
    limit = time.monotonic() + 60
    while waiting_for_locks() < number:
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_voters_of_different_ideas_do_not_wait_for_each_other(house: House) -> None:
    contest = house.contest(Rules(votes_each=2))
    ideas, voters = [house.idea(contest), house.idea(contest)], house.members(2)
    with under_way(lambda: actions.cast_vote(idea=ideas[0], voter=voters[0])), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '30s'")
        actions.cast_vote(idea=ideas[1], voter=voters[1])
        assert Vote.objects.count() == 1
    assert Vote.objects.count() == BallotLine.objects.count() == 2


def test_a_halt_waits_for_the_vote_under_way_and_goes_before_those_that_come_after_it(house: House) -> None:
    contest = house.contest(Rules(ballot=Ballot.OPINION))
    idea, (first, late) = house.idea(contest), house.members(2)
    with ThreadPoolExecutor(2) as pool:
        with under_way(lambda: actions.cast_vote(idea=idea, voter=first)):
            halted = pool.submit(
                at_once, lambda: kernel.halt(initiative=contest, reason="A doubt", actor=house.manager)
            )
            until_waiting(1)
            voted = pool.submit(at_once, lambda: actions.cast_vote(idea=idea, voter=late))
            until_waiting(2)
        assert isinstance(halted.result()[0], Initiative)
        assert voted.result() == [InitiativeHalted]
    assert list(Vote.objects.values_list("voter_id", flat=True)) == [first.pk]


def test_a_vote_taken_back_and_cast_in_two_tabs_is_there_or_not(house: House) -> None:
    contest = house.contest(Rules(ballot=Ballot.OPINION))
    voter, idea = house.member(), house.idea(contest)
    actions.cast_vote(idea=idea, voter=voter)
    at_once(
        *(lambda: actions.withdraw_vote(idea=idea, voter=voter) for _ in range(3)),
        *(lambda: actions.cast_vote(idea=idea, voter=voter, value=-1) for _ in range(3)),
    )
    standing = dict(Vote.objects.values_list("voter_id", "value"))
    last = BallotLine.objects.order_by("-id").values_list("voter_id", "value").first()
    assert last in {(voter.pk, None), (voter.pk, -1)}
    assert standing == ({} if last[1] is None else {voter.pk: -1})


def test_one_vote_clicked_many_times(house: House) -> None:
    contest = house.contest(Rules(ballot=Ballot.OPINION))
    voter, idea = house.member(), house.idea(contest)
    at_once(*(lambda: actions.cast_vote(idea=idea, voter=voter) for _ in range(6)))
    assert Vote.objects.count() == BallotLine.objects.count() == 1


def test_the_threshold_crossed_by_many_is_paid_once(house: House) -> None:
    contest = house.contest()
    idea, juror = house.idea(contest), queries.jury(contest).get().member
    actions.score_idea(idea=idea, juror=juror, score=80)
    actions.decide_potential(idea=idea, actor=juror)
    for voter in house.members(2):
        actions.cast_vote(idea=idea, voter=voter)
    at_once(*(lambda voter=voter: actions.cast_vote(idea=idea, voter=voter) for voter in house.members(6)))
    assert RungReached.objects.filter(rung="chosen").count() == 1
    assert (member_balance(idea.author), escrow_balance(contest.pk)) == (200_000, 50_000)
    assert Vote.objects.count() == 8


def test_two_ideas_at_the_last_place_of_the_budget(house: House) -> None:
    contest = house.contest(replace(SMALL, rungs=(replace(SMALL.rungs[1], threshold=1),)))
    ideas, voters = [house.idea(contest) for _ in range(4)], house.members(4)
    at_once(
        *(
            lambda idea=idea, voter=voter: actions.cast_vote(idea=idea, voter=voter)
            for idea, voter in zip(ideas, voters, strict=True)
        )
    )
    assert (RungReached.objects.count(), Vote.objects.count(), escrow_balance(contest.pk)) == (1, 4, 0)


def test_the_jury_decides_twice_and_pays_once(house: House) -> None:
    contest = house.contest()
    idea, juror = house.idea(contest), queries.jury(contest).get().member
    actions.score_idea(idea=idea, juror=juror, score=80)
    results = at_once(*(lambda: actions.decide_potential(idea=idea, actor=juror) for _ in range(4)))
    assert results.count(errors.AlreadyReached) == 3
    assert JournalEntry.objects.filter(kind="award").count() == 1
    assert member_balance(idea.author) == 50_000


def test_a_funding_form_sent_twice_funds_once(house: House) -> None:
    contest = house.contest(Rules(), opened=False)
    send = {"contest": contest, "treasurer": house.treasurer, "amount": 30_000, "key": "form"}
    at_once(*(lambda: actions.fund_contest(**send) for _ in range(4)))
    assert (Funding.objects.count(), escrow_balance(contest.pk)) == (1, 30_000)


def test_a_draft_submitted_in_two_tabs_is_one_idea(house: House) -> None:
    contest, author = house.contest(), house.member()
    draft = actions.save_draft(contest=contest, author=author, title="Rye", body="Slow")
    send = {"contest": contest, "author": author, "title": "Rye", "body": "Slow", "draft": draft}
    at_once(*(lambda: actions.submit_idea(**send) for _ in range(4)))
    assert Idea.objects.values_list("number", "state").get() == (1, "published")


def test_ideas_submitted_at_once_get_numbers_of_their_own(house: House) -> None:
    contest, authors = house.contest(), house.members(6)
    at_once(*(lambda author=author: house.idea(contest, author) for author in authors))
    assert sorted(Idea.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_offers_accepted_at_once_give_no_share_twice(house: House) -> None:
    contest, friends = house.contest(), house.members(3)
    idea = house.idea(contest)
    for friend in friends:
        actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=4_000)
    results = at_once(*(lambda friend=friend: actions.accept_offer(idea=idea, member=friend) for friend in friends))
    assert results.count(errors.ShareTooLarge) == 1
    assert sorted(Authorship.objects.filter(idea=idea).values_list("share", flat=True)) == [2_000, 4_000, 4_000]


def test_votes_and_a_merge_at_once_count_everyone_once(house: House) -> None:
    contest = house.contest(Rules(ballot=Ballot.OPINION))
    kept, merged, voters = house.idea(contest), house.idea(contest), house.members(5)
    for voter in voters:
        actions.cast_vote(idea=merged, voter=voter)
    at_once(
        lambda: actions.merge_ideas(kept=kept, merged=merged, actor=house.manager),
        *(lambda voter=voter: actions.cast_vote(idea=kept, voter=voter, value=-1) for voter in voters),
    )
    assert sorted(Vote.objects.values_list("voter_id", "idea_id")) == sorted((voter.pk, kept.pk) for voter in voters)


def test_an_author_who_leaves_while_others_vote_for_him_holds_up_nobody(house: House) -> None:
    contest, author = house.contest(Rules(votes_each=0)), house.member()
    ideas, voters = [house.idea(contest, author) for _ in range(6)], house.members(6)
    results = at_once(
        lambda: erase_member(actor=author, member=author),
        *(
            lambda idea=idea, voter=voter: actions.cast_vote(idea=idea, voter=voter)
            for idea, voter in zip(ideas, voters, strict=True)
        ),
    )
    votes = [result for result in results if isinstance(result, Vote)]
    assert len(votes) + results.count(errors.NotVotable) == 6
    assert Vote.objects.count() == BallotLine.objects.count() == len(votes)
    assert set(Idea.objects.values_list("state", flat=True)) == {"erased"}


@pytest.mark.parametrize("award_first", [True, False])
def test_no_award_lands_on_the_account_of_an_author_who_leaves_at_that_moment(
    house: House, award_first: bool
) -> None:
    contest, author = house.contest(), house.member()
    idea, juror = house.idea(contest, author), queries.jury(contest).get().member
    actions.score_idea(idea=idea, juror=juror, score=80)
    acts = [
        lambda: actions.decide_potential(idea=idea, actor=juror),
        lambda: erase_member(actor=author, member=author),
    ]
    first, second = acts if award_first else reversed(acts)
    with ThreadPoolExecutor(1) as pool:
        with under_way(first):
            told = pool.submit(at_once, second)
            until_waiting(1)
        assert told.result() == [MoneyStillOwed if award_first else errors.NotVotable]
    author.refresh_from_db()
    assert (author.erased_at is None, member_balance(author)) == ((True, 50_000) if award_first else (False, 0))

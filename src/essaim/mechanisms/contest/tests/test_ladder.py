"""Climbing: by the jury, by votes, by a panel, to a product; paid once, held by an alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.ledger.models import JournalEntry
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.rules import Condition, Rung, Surge
from essaim.mechanisms.contest.models import (
    RungReached,
    SurgeAlarm,
    Vote,
)
from essaim.mechanisms.contest.tests.acting import FREE, postings, scored, told
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, SMALL, House
from essaim.products.models import Product


def test_the_jury_pays_the_first_rung_to_the_authors(house: House) -> None:
    contest, friend = house.contest(), house.member()
    idea = house.idea(contest, title="Rye")
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=3_333)
    actions.accept_offer(idea=idea, member=friend)
    juror = scored(house, contest, idea)
    row = actions.decide_potential(idea=idea, actor=juror)
    assert (row.rung, row.amount, row.unit, row.decided_by) == ("potential", 50_000, "EUR", juror)
    assert postings(row.entry_key) == {
        f"escrow:{contest.pk}:EUR": 50_000,
        f"member:{idea.author_id}:balance:EUR": -33_335,
        f"member:{friend.pk}:balance:EUR": -16_665,
    }
    assert told("rung.climb")[0][1] == {
        "rung": "potential",
        "rung_name": "Potential",
        "amount": 50_000,
        "unit": "EUR",
    }
    with pytest.raises(errors.AlreadyReached):
        actions.decide_potential(idea=idea, actor=juror)
    assert escrow_balance(contest.pk) == 250_000 - 50_000


def test_decide_potential_refuses(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    with pytest.raises(errors.RungNotReached):
        actions.decide_potential(idea=idea, actor=house.manager)
    juror = scored(house, contest, idea, 59)
    with pytest.raises(errors.RungNotReached):
        actions.decide_potential(idea=idea, actor=juror)
    with pytest.raises(Forbidden):
        actions.decide_potential(idea=idea, actor=house.member())
    assert not RungReached.objects.exists()
    assert not JournalEntry.objects.filter(kind="award").exists()


def test_the_budget_sets_how_many_win(house: House) -> None:
    contest = house.contest()
    ideas = [house.idea(contest) for _ in range(3)]
    for idea in ideas[:2]:
        actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    scored(house, contest, ideas[2])
    with pytest.raises(errors.RungFull):
        actions.decide_potential(idea=ideas[2], actor=house.manager)


def test_votes_alone_climb_and_pay_the_second_rung(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    for voter in house.members(2):
        actions.cast_vote(idea=idea, voter=voter)
    assert RungReached.objects.filter(rung="chosen").count() == 0
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter)
    row = RungReached.objects.get(rung="chosen")
    assert (row.votes, row.amount, row.decided_by) == (3, 150_000, None)
    assert member_balance(idea.author) == 200_000
    assert JournalEntry.objects.filter(kind="award").count() == 2


def test_votes_that_came_first_climb_when_the_jury_has_decided(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    for voter in house.members(3):
        actions.cast_vote(idea=idea, voter=voter)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    assert sorted(RungReached.objects.values_list("rung", flat=True)) == ["chosen", "potential"]


def test_votes_after_the_window_do_not_climb(house: House) -> None:
    short = replace(SMALL.rungs[1], window_days=5)
    contest = house.contest(replace(SMALL, rungs=(SMALL.rungs[0], short, *SMALL.rungs[2:])))
    idea, voters = house.idea(contest), house.members(3)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    for voter in voters[:2]:
        actions.cast_vote(idea=idea, voter=voter)
    with clock.at(NOON + 5 * DAY + timedelta(seconds=1)):
        actions.cast_vote(idea=idea, voter=voters[2])
    assert not RungReached.objects.filter(rung="chosen").exists()


def test_a_surge_holds_the_rung_until_someone_has_looked(house: House) -> None:
    rules = replace(SMALL, surge=Surge(deviations=1, arrivals=2, days=7))
    contest = house.contest(rules)
    idea = house.idea(contest)
    actions.decide_potential(idea=idea, actor=scored(house, contest, idea))
    newcomers = [house.member(joined_at=NOON - DAY) for _ in range(3)]
    actions.cast_vote(idea=idea, voter=house.member())
    with clock.at(NOON + 2 * DAY):
        for voter in newcomers:
            actions.cast_vote(idea=idea, voter=voter)
    alarm = SurgeAlarm.objects.get()
    assert (alarm.arrivals, alarm.settled_at) == (2, None)
    assert not RungReached.objects.filter(rung="chosen").exists()
    voiding = actions.void_votes(
        idea=idea,
        votes=Vote.objects.filter(voter=newcomers[0]),
        reason="Three accounts, one hand",
        actor=house.manager,
    )
    assert voiding.votes == 1
    actions.settle_alarm(alarm=alarm, actor=house.manager, note="One of three was false")
    assert RungReached.objects.get(rung="chosen").votes == 3
    with pytest.raises(errors.AlreadySettled):
        actions.settle_alarm(alarm=alarm, actor=house.manager, note="again")
    assert actions.watch_votes(contest=contest) == []


def test_the_hourly_watch_raises_alarms_where_members_vote(house: House) -> None:
    from essaim.mechanisms.contest.jobs import watch

    contest = house.contest(replace(FREE, surge=Surge(deviations=1, arrivals=2, days=7)))
    idea = house.idea(contest)
    for _ in range(3):
        actions.cast_vote(idea=idea, voter=house.member(joined_at=NOON - DAY))
    with clock.at(NOON + 61 * DAY):
        watch(timestamp=0)
    assert not SurgeAlarm.objects.exists()
    for _ in range(2):
        watch(timestamp=0)
    alarm = SurgeAlarm.objects.get()
    assert (alarm.idea_id, alarm.hour, alarm.arrivals) == (idea.pk, NOON, 3)
    assert told("surge.see") == [(None, {"arrivals": 3})]


def test_void_votes_takes_them_out_in_public(house: House) -> None:
    contest, voters = house.contest(FREE), house.members(2)
    idea = house.idea(contest)
    votes = [actions.cast_vote(idea=idea, voter=voter) for voter in voters]
    with pytest.raises(errors.ReasonMissing):
        actions.void_votes(idea=idea, votes=votes, reason=" ", actor=house.manager)
    with pytest.raises(Forbidden):
        actions.void_votes(idea=idea, votes=votes, reason="Because", actor=voters[0])
    actions.void_votes(idea=idea, votes=votes[:1], reason="Bought", actor=house.manager)
    with pytest.raises(errors.NothingToVoid):
        actions.void_votes(idea=idea, votes=votes[:1], reason="Bought", actor=house.manager)
    with pytest.raises(errors.VoteVoided):
        actions.cast_vote(idea=idea, voter=voters[0], value=-1)
    with pytest.raises(errors.VoteVoided):
        actions.withdraw_vote(idea=idea, voter=voters[0])
    assert queries.tally_of(contest).ideas[0].agree == 1
    assert sorted(line["void"] for line in queries.published_ballots(contest)["votes"]) == [False, True]
    assert told("vote.void") == [("marion", {"votes": 1, "reason": "Bought"})]


def test_the_panel_passes_the_third_rung(house: House) -> None:
    quick = replace(SMALL, rungs=(Rung("tested", "Tested", Condition.PANEL, threshold=70, quorum=2), SMALL.rungs[3]))
    contest, panel = house.contest(quick), house.members(3)
    idea = house.idea(contest)
    with pytest.raises(errors.RungNotReached):
        actions.open_test(idea=idea, actor=house.manager, panel=panel[:1])
    with pytest.raises(errors.OwnIdea):
        actions.open_test(idea=idea, actor=house.manager, panel=[*panel, idea.author])
    test = actions.open_test(idea=idea, actor=house.manager, panel=panel)
    assert actions.open_test(idea=idea, actor=house.manager, panel=panel) == test
    with pytest.raises(errors.RungNotReached):
        actions.end_test(test=test, actor=house.manager)
    with pytest.raises(errors.NotOnPanel):
        actions.score_test(test=test, member=house.member(), score=1)
    with pytest.raises(errors.BadScore):
        actions.score_test(test=test, member=panel[0], score=101)
    actions.score_test(test=test, member=panel[0], score=10)
    actions.score_test(test=test, member=panel[0], score=71, comment="Better the second day")
    actions.score_test(test=test, member=panel[1], score=69)
    ended = actions.end_test(test=test, actor=house.manager)
    assert (ended.passed, ended.closed_at) == (True, NOON)
    assert RungReached.objects.get().rung == "tested"
    with pytest.raises(errors.TestClosed):
        actions.score_test(test=test, member=panel[2], score=50)
    with pytest.raises(errors.TestClosed):
        actions.end_test(test=test, actor=house.manager)


def test_a_failed_test_can_be_repeated(house: House) -> None:
    contest, panel = house.contest(replace(SMALL, rungs=(SMALL.rungs[2],))), house.members(5)
    idea = house.idea(contest)
    for score in (69, 70):
        test = actions.open_test(idea=idea, actor=house.manager, panel=panel)
        for member in panel:
            actions.score_test(test=test, member=member, score=score)
        assert actions.end_test(test=test, actor=house.manager).passed is (score == 70)
    assert RungReached.objects.count() == 1


def test_launch_product_gives_the_authors_their_royalties(house: House) -> None:
    contest, friend = house.contest(replace(SMALL, rungs=(SMALL.rungs[3],))), house.member()
    idea = house.idea(contest, title="Rye")
    actions.invite_co_author(idea=idea, actor=idea.author, member=friend, share=2_500)
    actions.accept_offer(idea=idea, member=friend)
    row = actions.launch_product(idea=idea, actor=house.manager, name="Miller's rye")
    product = Product.objects.get()
    assert (row.product_id, product.name, product.royalty_rate, product.origin_id) == (
        product.pk,
        "Miller's rye",
        1_000,
        idea.pk,
    )
    shares = {share.holder_id: (share.basis_points, share.starts, share.ends) for share in product.shares.all()}
    starts, ends = NOON.date(), NOON.date().replace(year=2031)
    assert shares == {idea.author_id: (750, starts, ends), friend.pk: (250, starts, ends)}
    with pytest.raises(errors.AlreadyReached):
        actions.launch_product(idea=idea, actor=house.manager)


def test_a_rung_is_reached_in_order(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    with pytest.raises(errors.RungBelowMissing):
        actions.launch_product(idea=idea, actor=house.manager)
    with pytest.raises(errors.RungBelowMissing):
        actions.open_test(idea=idea, actor=house.manager, panel=house.members(5))

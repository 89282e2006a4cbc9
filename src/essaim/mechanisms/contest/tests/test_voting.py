"""Votes, scores, answers and the count: what is written, recorded, refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from essaim.activity.models import Activity
from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain import errors
from essaim.mechanisms.contest.domain.rules import Eligibility
from essaim.mechanisms.contest.domain.tallies import standing
from essaim.mechanisms.contest.models import (
    BallotLine,
    JuryScore,
    Vote,
)
from essaim.mechanisms.contest.tests.acting import FREE, told
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, House


def test_cast_vote_writes_a_row_a_line_and_an_activity(house: House) -> None:
    contest, voter = house.contest(FREE), house.member("zoe")
    idea = house.idea(contest, title="Rye")
    vote = actions.cast_vote(idea=idea, voter=voter, value=1)
    assert actions.cast_vote(idea=idea, voter=voter, value=1) == vote
    with clock.at(NOON + DAY):
        actions.cast_vote(idea=idea, voter=voter, value=-1)
    assert Vote.objects.values_list("value", "cast_at").get() == (-1, NOON + DAY)
    assert list(BallotLine.objects.values_list("value", "cause")) == [(1, "cast"), (-1, "cast")]
    assert told("vote.cast") == [("zoe", {"value": 1})]
    assert told("vote.change") == [("zoe", {"value": -1})]
    assert not Activity.objects.get(type="vote.cast").public


def test_withdraw_vote_twice_is_no_mistake(house: House) -> None:
    contest, voter = house.contest(FREE), house.member()
    idea = house.idea(contest)
    actions.cast_vote(idea=idea, voter=voter)
    for _ in range(2):
        actions.withdraw_vote(idea=idea, voter=voter)
    assert not Vote.objects.exists()
    assert list(BallotLine.objects.values_list("value", "cause")) == [(1, "cast"), (None, "withdrawn")]
    assert len(told("vote.withdraw")) == 1


def test_cast_vote_refuses_when_ballot_full(house: House) -> None:
    contest, voter = house.contest(replace(FREE, votes_each=1)), house.member()
    one, two = house.idea(contest), house.idea(contest)
    actions.cast_vote(idea=one, voter=voter)
    with pytest.raises(errors.BallotFull):
        actions.cast_vote(idea=two, voter=voter)
    actions.withdraw_vote(idea=one, voter=voter)
    actions.cast_vote(idea=two, voter=voter)


def test_cast_vote_refuses_who_is_not_on_the_roll(house: House) -> None:
    contest = house.contest(replace(FREE, eligibility=Eligibility(days=7)))
    idea = house.idea(contest)
    with pytest.raises(errors.MailNotConfirmed):
        actions.cast_vote(idea=idea, voter=house.member(email_confirmed_at=None))
    with pytest.raises(errors.JoinedTooLate):
        actions.cast_vote(idea=idea, voter=house.member(joined_at=NOON - 6 * DAY))
    assert not Vote.objects.exists()


def test_cast_vote_refuses_ones_own_idea_drafts_and_wrong_values(house: House) -> None:
    contest, author = house.contest(), house.member()
    idea = house.idea(contest, author)
    with pytest.raises(errors.OwnIdea):
        actions.cast_vote(idea=idea, voter=author)
    with pytest.raises(errors.WrongBallot):
        actions.cast_vote(idea=idea, voter=house.member(), value=-1)
    draft = actions.save_draft(contest=contest, author=author, title="D", body="")
    with pytest.raises(errors.NotVotable):
        actions.cast_vote(idea=draft, voter=house.member())


def test_rows_and_history_say_the_same(house: House) -> None:
    contest = house.contest(FREE)
    ideas, voters = [house.idea(contest) for _ in range(3)], house.members(3)
    for number, voter in enumerate(voters):
        for idea in ideas[: number + 1]:
            actions.cast_vote(idea=idea, voter=voter, value=number - 1)
    actions.withdraw_vote(idea=ideas[0], voter=voters[0])
    actions.merge_ideas(kept=ideas[0], merged=ideas[1], actor=house.manager)
    rows = {key: vote.value for key, vote in standing(queries.cast_votes(contest)).items()}
    history = {key: vote.value for key, vote in standing(queries.replayed_votes(contest)).items()}
    assert rows == history
    assert len(rows) == 3


def test_score_idea_last_one_stands_and_nobody_judges_his_own(house: House) -> None:
    juror = house.member()
    contest = house.contest(jury=(juror,))
    idea = house.idea(contest)
    actions.score_idea(idea=idea, juror=juror, score=10)
    actions.score_idea(idea=idea, juror=juror, score=90, comment="On second thoughts")
    assert JuryScore.objects.get().score == 90
    with pytest.raises(errors.BadScore):
        actions.score_idea(idea=idea, juror=juror, score=-1)
    with pytest.raises(Forbidden):
        actions.score_idea(idea=idea, juror=house.member(), score=10)
    with pytest.raises(errors.OwnIdea):
        actions.score_idea(idea=house.idea(contest, juror), juror=juror, score=100)


def test_answers_are_dated_and_stay(house: House) -> None:
    contest = house.contest()
    idea = house.idea(contest)
    actions.answer_officially(idea=idea, author=house.manager, verdict="evaluating", body="We look at it")
    with clock.at(NOON + DAY):
        actions.answer_officially(idea=idea, author=house.manager, verdict="accepted", body="Yes")
    assert list(idea.answers.values_list("verdict", "answered_at")) == [
        ("accepted", NOON + DAY),
        ("evaluating", NOON),
    ]
    with pytest.raises(errors.ReasonMissing):
        actions.answer_officially(idea=idea, author=house.manager, verdict="accepted", body="")
    with pytest.raises(Forbidden):
        actions.answer_officially(idea=idea, author=house.member(), verdict="accepted", body="Yes")


def test_close_seals_what_anyone_can_recount(house: House) -> None:
    contest, voters = house.contest(FREE, phases=(("together", 10), ("decide", 5))), house.members(2)
    idea, other = house.idea(contest), house.idea(contest)
    for voter in voters:
        actions.cast_vote(idea=idea, voter=voter)
    actions.cast_vote(idea=other, voter=voters[0], value=-1)
    receipt = queries.receipt_of(contest, voters[0])
    with pytest.raises(errors.VotingRuns):
        actions.close_contest(contest=contest, actor=house.manager)
    with clock.at(NOON + 11 * DAY):
        box = actions.close_contest(contest=contest, actor=house.manager)
        with pytest.raises(errors.AlreadyClosed):
            actions.close_contest(contest=contest, actor=house.manager)
        with pytest.raises(errors.AlreadyClosed):
            actions.void_votes(idea=idea, votes=Vote.objects.all(), reason="Late", actor=house.manager)
    assert box.seal == queries.recount_hash(contest) == queries.told_tally(contest)["hash"]
    assert box.count["winners"] == [1]
    published = queries.published_ballots(contest)["votes"]
    assert [line["value"] for line in published if line["voter"] == receipt.code] == [1, -1]
    box.seal = "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        box.save()


def test_close_refuses_rows_the_history_does_not_give(house: House) -> None:
    contest = house.contest(FREE, phases=(("together", 10), ("decide", 5)))
    actions.cast_vote(idea=house.idea(contest), voter=house.member())
    Vote.objects.update(value=-1)
    with clock.at(NOON + 11 * DAY), pytest.raises(errors.NotTrue):
        actions.close_contest(contest=contest, actor=house.manager)


def test_the_clock_closes_what_nobody_closed(house: House) -> None:
    contest = house.contest(FREE, phases=(("together", 10),))
    with clock.at(NOON + 11 * DAY):
        initiatives.turn_phases()
    assert queries.box_of(contest).sealed_at == NOON + 11 * DAY


@pytest.mark.django_db
def test_history_is_append_only(house: House) -> None:
    contest = house.contest(FREE)
    actions.cast_vote(idea=house.idea(contest), voter=house.member())
    for change in (lambda: BallotLine.objects.update(value=-1), lambda: BallotLine.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_halted_contest_takes_no_vote(house: House) -> None:
    contest = house.contest(FREE)
    idea = house.idea(contest)
    initiatives.halt(initiative=contest, reason="Something is wrong", actor=house.manager)
    with pytest.raises(Forbidden):
        actions.cast_vote(idea=idea, voter=house.member())

"""The jury's scores and the test panel's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.climbing import in_the_running, reach, rung_of
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.errors import BadScore, NotOnPanel, OwnIdea, RungNotReached, TestClosed
from essaim.mechanisms.contest.domain.rules import Condition
from essaim.mechanisms.contest.models import Idea, JuryScore, PanelSeat, PanelTest
from essaim.mechanisms.contest.payloads import IdeaScored, TestEnded, TestOpened, TestScored
from essaim.people.models import Member


def _checked(score: int) -> int:
    if not 0 <= score <= 100:
        raise BadScore
    return score


@transaction.atomic
def score_idea(*, idea: Idea, juror: Member, score: int, comment: str = "") -> JuryScore:
    """Give an idea a score out of 100 for the jury; the last one stands. Nobody scores an idea of his own."""
    contest = lock(idea.contest)
    allow(policy.score_idea, juror, contest)
    idea = in_the_running(idea)
    if policy.is_co_author(juror, idea):
        raise OwnIdea
    given = {"score": _checked(score), "comment": comment.strip(), "given_at": clock.now()}
    row, _ = JuryScore.objects.update_or_create(idea=idea, juror=juror, defaults=given)
    record(IdeaScored(), actor=juror, object=idea, initiative=contest)
    return row


@transaction.atomic
def open_test(*, idea: Idea, actor: Member, panel: Iterable[Member], rung: str = "") -> PanelTest:
    """Send an idea to a panel; its authors do not sit on it. Raises AlreadyReached or RungBelowMissing."""
    contest = lock(idea.contest)
    allow(policy.open_test, actor, contest)
    rules, idea = queries.rules_of(contest), in_the_running(idea)
    step = rung_of(rules, Condition.PANEL, rung)
    ladder.climb(step, queries.standing_on(contest, idea, step), rules)
    running = PanelTest.objects.filter(idea=idea, rung=step.slug, closed_at=None).first()
    if running is not None:
        return running
    members = {member.pk: member for member in panel}
    if members.keys() & queries.shares_of(idea).keys():
        raise OwnIdea
    if len(members) < step.quorum:
        raise RungNotReached(have=len(members), needed=step.quorum)
    test = PanelTest.objects.create(idea=idea, rung=step.slug, opened_by=actor)
    PanelSeat.objects.bulk_create(PanelSeat(test=test, member=member) for member in members.values())
    told = TestOpened(len(members))
    record(told, actor=actor, object=idea, initiative=contest, target=idea.author)
    return test


@transaction.atomic
def score_test(*, test: PanelTest, member: Member, score: int, comment: str = "") -> PanelSeat:
    """Say how the test went, out of 100; the last word stands until the test is closed."""
    contest = lock(test.idea.contest)
    allow(policy.score_test, member, contest)
    test = PanelTest.objects.select_related("idea").get(pk=test.pk)
    if test.closed_at is not None:
        raise TestClosed
    seat = test.seats.filter(member=member).first()
    if seat is None:
        raise NotOnPanel
    seat.score, seat.comment, seat.scored_at = _checked(score), comment.strip(), clock.now()
    seat.save(update_fields=["score", "comment", "scored_at"])
    record(TestScored(), actor=member, object=test.idea, initiative=contest)
    return seat


@transaction.atomic
def end_test(*, test: PanelTest, actor: Member) -> PanelTest:
    """Close a test: a mean that passes puts the idea on the rung; a failed test may be repeated.

    Raises RungNotReached while fewer than the quorum have answered.
    """
    contest = lock(test.idea.contest)
    allow(policy.open_test, actor, contest)
    test = PanelTest.objects.get(pk=test.pk)
    if test.closed_at is not None:
        raise TestClosed
    rules, idea = queries.rules_of(contest), in_the_running(test.idea)
    step = rules.rung(test.rung)
    given = test.seats.exclude(score=None).values_list("score", flat=True)
    scores = [score for score in given if score is not None]
    if len(scores) < step.quorum:
        raise RungNotReached(have=len(scores), needed=step.quorum)
    test.closed_at, test.passed = clock.now(), ladder.passes(step, scores)
    test.save(update_fields=["closed_at", "passed"])
    record(TestEnded(test.passed), actor=actor, object=idea, initiative=contest, target=idea.author)
    if test.passed:
        ladder.climb(step, queries.standing_on(contest, idea, step), rules)
        reach(contest, idea, step, rules, decided_by=actor)
    return test

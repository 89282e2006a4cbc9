"""The house answers, looks at alarms, voids votes with a reason, and seals the count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.climbing import climb_by_votes, raise_alarms
from essaim.mechanisms.contest.actions.ideas import locked_idea
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.domain.errors import (
    AlreadyClosed,
    AlreadySettled,
    NothingToVoid,
    NotTrue,
    ReasonMissing,
    VotingRuns,
)
from essaim.mechanisms.contest.models import BallotBox, BallotLine, Idea, OfficialAnswer, SurgeAlarm, Voiding, Vote
from essaim.mechanisms.contest.payloads import CountSealed, IdeaAnswered, SurgeSettled, VotesVoided
from essaim.people.models import Member


@transaction.atomic
def answer_officially(*, idea: Idea, author: Member, verdict: str, body: str) -> OfficialAnswer:
    """The house answers an idea, dated; earlier answers stay readable."""
    contest = lock(idea.contest)
    allow(policy.answer_officially, author, contest)
    if not body.strip():
        raise ReasonMissing
    answer = OfficialAnswer.objects.create(
        idea=idea, author=author, verdict=OfficialAnswer.Verdict(verdict), body=body.strip()
    )
    told = IdeaAnswered(verdict)
    record(told, actor=author, object=idea, initiative=contest, target=idea.author)
    return answer


@transaction.atomic
def void_votes(*, idea: Idea, votes: Iterable[Vote], reason: str, actor: Member) -> Voiding:
    """Take votes out of the count, with a public reason. They stay in the published ballots, marked.

    Raises NothingToVoid when none of them stands on the idea, AlreadyClosed once the count is sealed.
    """
    contest = lock(idea.contest)
    allow(policy.void_votes, actor, contest)
    if not reason.strip():
        raise ReasonMissing
    if queries.box_of(contest).sealed_at is not None:
        raise AlreadyClosed
    standing = Vote.objects.filter(pk__in=[vote.pk for vote in votes], idea=idea, voiding=None)
    voters = list(standing.values_list("voter_id", flat=True))
    if not voters:
        raise NothingToVoid
    voiding = Voiding.objects.create(
        contest=contest, idea=idea, reason=reason.strip(), votes=len(voters), decided_by=actor
    )
    standing.update(voiding=voiding)
    now = clock.now()
    BallotLine.objects.bulk_create(
        BallotLine(contest=contest, idea=idea, voter_id=voter, value=None, at=now, cause=BallotLine.Cause.VOIDED)
        for voter in voters
    )
    record(VotesVoided(len(voters), voiding.reason), actor=actor, object=contest, initiative=contest)
    return voiding


@transaction.atomic
def watch_votes(*, contest: Initiative) -> list[SurgeAlarm]:
    """Look at every idea's arrivals and raise the alarms there are."""
    contest = lock(contest)
    rules = queries.rules_of(contest)
    voted = queries.ideas(contest).filter(votes__value=1).distinct()
    return [alarm for idea in voted for alarm in raise_alarms(idea, rules)]


@transaction.atomic
def settle_alarm(*, alarm: SurgeAlarm, actor: Member, note: str) -> SurgeAlarm:
    """Say what was found (votes are voided by their own act); the rung that waited is decided at once."""
    contest = lock(alarm.idea.contest)
    allow(policy.settle_alarm, actor, contest)
    if not note.strip():
        raise ReasonMissing
    alarm = SurgeAlarm.objects.select_related("idea").get(pk=alarm.pk)
    if alarm.settled_at is not None:
        raise AlreadySettled
    alarm.settled_at, alarm.settled_by, alarm.note = clock.now(), actor, note.strip()
    alarm.save(update_fields=["settled_at", "settled_by", "note"])
    record(SurgeSettled(alarm.note), actor=actor, object=alarm.idea, initiative=contest)
    idea = locked_idea(alarm.idea)
    if idea.is_votable:
        climb_by_votes(contest, idea, queries.rules_of(contest))
    return alarm


@transaction.atomic
def close_contest(*, contest: Initiative, actor: Member) -> BallotBox:
    """Count, and publish the count with its hash. Nothing is voted or voided afterwards.

    Raises VotingRuns before the last vote's phase is over, NotTrue when the ballots' history does not give the rows.
    """
    contest = lock(contest)
    allow(policy.close, actor, contest)
    if not queries.voting_over(contest):
        raise VotingRuns
    return seal(contest, actor)


def seal(contest: Initiative, actor: Member | None) -> BallotBox:
    """Write the sealed count; the contest is locked by the caller."""
    box = queries.box_of(contest)
    if box.sealed_at is not None:
        raise AlreadyClosed
    _prove(contest)
    result = queries.tally_of(contest)
    box.sealed_at, box.seal, box.count = clock.now(), tallies.seal(result), tallies.document(result)
    box.save(update_fields=["sealed_at", "seal", "count"])
    sealed = CountSealed(box.seal, len(result.ideas), len(result.voters))
    record(sealed, actor=actor, object=contest, initiative=contest)
    return box


def _prove(contest: Initiative) -> None:
    """The rows say what the append-only history says, or nothing is sealed."""
    rows, history = tallies.standing(queries.cast_votes(contest)), tallies.standing(queries.replayed_votes(contest))
    if {key: vote.value for key, vote in rows.items()} != {key: vote.value for key, vote in history.items()}:
        raise NotTrue


def on_phase_end(contest: Initiative, phase: Phase) -> None:
    """When the last phase is over and nobody has sealed the count, the clock does. Called under the lock."""
    is_last = not contest.phases.filter(position__gt=phase.position).exists()
    if is_last and queries.box_of(contest).sealed_at is None:
        seal(contest, None)

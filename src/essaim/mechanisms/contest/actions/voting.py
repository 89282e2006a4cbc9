"""Votes: given, changed, taken back."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from essaim.activity.record import record
from essaim.initiatives.actions import lock_for
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.kept import Kept
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.climbing import climb_by_votes
from essaim.mechanisms.contest.actions.ideas import WHOLE_ROW
from essaim.mechanisms.contest.domain.ballots import Cast, admit, cast
from essaim.mechanisms.contest.domain.errors import NotVotable, OwnIdea, VoteVoided
from essaim.mechanisms.contest.domain.rules import Rules
from essaim.mechanisms.contest.models import Authorship, BallotLine, Idea, Vote
from essaim.mechanisms.contest.payloads import VoteCast, VoteChanged, VoteWithdrawn
from essaim.people.models import Member


@transaction.atomic
def cast_vote(*, idea: Idea, voter: Member, value: int = 1) -> Vote:
    """Vote on an idea: 1 for, −1 against, 0 pass, as the ballot's style allows; the last vote wins.

    The same vote again changes nothing and writes nothing. A rung that votes alone decide is climbed, and paid, here.
    Raises BallotFull, NotEligible, WrongBallot, NotVotable, OwnIdea or VoteVoided.
    """
    contest = lock_for(voter, idea.contest)
    allow(policy.cast_vote, voter, contest)
    return _cast(contest, idea, voter, value, queries.standing_vote(voter, idea))


@transaction.atomic
def withdraw_vote(*, idea: Idea, voter: Member) -> None:
    """Take one's vote back; doing so twice is no mistake. A rung already reached stays reached."""
    contest = lock_for(voter, idea.contest)
    allow(policy.withdraw_vote, voter, contest)
    vote = queries.standing_vote(voter, idea)
    if vote is not None:
        _take_back(contest, idea, voter, vote)


def _cast(contest: Initiative, idea: Idea, voter: Member, value: int, before: Vote | None) -> Vote:
    rules, idea = queries.rules_of(contest), _votable(contest, idea, voter)
    if before is not None and before.voiding_id is not None:
        raise VoteVoided
    admit(queries.elector(voter, rules), rules.eligibility, contest.opened_at or clock.now())
    act = cast(_ballot(contest, voter, rules, before), idea.pk, value, rules)
    if before is not None and not act.changes:
        return before
    vote = _write(contest, idea, voter, act, before)
    told = VoteCast(value) if before is None else VoteChanged(value)
    record(told, actor=voter, object=idea, initiative=contest, target=idea.author)
    climb_by_votes(contest, idea, rules)
    return vote


def _held(idea: int, voter: int) -> QuerySet[Idea]:
    ideas = Idea.objects.select_for_update(no_key=True, of=WHOLE_ROW).select_related("author").filter(pk=idea)
    return ideas.annotate(is_own=Exists(Authorship.objects.filter(idea=OuterRef("pk"), member=voter)))


HELD = Kept(_held, 2)


def _votable(contest: Initiative, idea: Idea, voter: Member) -> Idea:
    """The idea, held so that its votes are counted one at a time."""
    (held,) = HELD.rows(idea.pk, voter.pk)
    held.contest = contest
    if not held.is_votable:
        raise NotVotable
    if held.is_own:  # type: ignore[attr-defined]
        raise OwnIdea
    return held


def _ballot(contest: Initiative, voter: Member, rules: Rules, before: Vote | None) -> dict[int, int]:
    """The whole ballot where votes are limited; else the vote on this idea is all that matters."""
    if rules.votes_each:
        return queries.ballot_of(contest, voter)
    return {before.idea_id: before.value} if before is not None else {}


# The ballot as it stands now, and its line for ever, in one statement: it is what a house writes most.
WRITTEN = """
WITH line AS (
    INSERT INTO contest_ballotline (contest_id, idea_id, voter_id, value, at, cause) VALUES (%s, %s, %s, %s, %s, %s)
)
INSERT INTO contest_vote (contest_id, idea_id, voter_id, value, cast_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (idea_id, voter_id) DO UPDATE SET value = EXCLUDED.value, cast_at = EXCLUDED.cast_at
RETURNING id
"""


def _write(contest: Initiative, idea: Idea, voter: Member, act: Cast, before: Vote | None) -> Vote:
    vote = before or Vote(contest=contest, idea=idea, voter=voter)
    vote.value, vote.cast_at = act.value, clock.now()
    values: tuple[Any, ...] = (contest.pk, idea.pk, voter.pk, vote.value, vote.cast_at)
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, (*values, BallotLine.Cause.CAST, *values))
        (vote.pk,) = cursor.fetchone()
    vote._state.adding, vote._state.db = False, DEFAULT_DB_ALIAS
    return vote


TAKEN_BACK = """
WITH line AS (
    INSERT INTO contest_ballotline (contest_id, idea_id, voter_id, value, at, cause) VALUES (%s, %s, %s, %s, %s, %s)
)
DELETE FROM contest_vote WHERE id = %s
"""


def _take_back(contest: Initiative, idea: Idea, voter: Member, vote: Vote) -> None:
    if vote.voiding_id is not None:
        raise VoteVoided
    values = (contest.pk, idea.pk, voter.pk, None, clock.now(), BallotLine.Cause.WITHDRAWN, vote.pk)
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_BACK, values)
    record(VoteWithdrawn(), actor=voter, object=idea, initiative=contest)

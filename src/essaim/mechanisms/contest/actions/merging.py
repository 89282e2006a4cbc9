"""Two ideas that are one: votes and authors are carried over."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.actions.authors import write_shares
from essaim.mechanisms.contest.actions.climbing import climb_by_votes
from essaim.mechanisms.contest.actions.ideas import locked_idea
from essaim.mechanisms.contest.domain import ladder, tallies
from essaim.mechanisms.contest.domain.errors import AlreadyMerged, CannotMerge
from essaim.mechanisms.contest.domain.rules import WHOLE
from essaim.mechanisms.contest.models import BallotLine, CoAuthorOffer, Idea, Vote
from essaim.mechanisms.contest.payloads import IdeasMerged
from essaim.people.models import Member


@transaction.atomic
def merge_ideas(*, kept: Idea, merged: Idea, actor: Member, carried: int | None = None) -> Idea:
    """Put `merged` into `kept`. Nobody is counted twice: who voted on both keeps the later vote.

    `carried`, in basis points, is the part of what remains that goes to the merged idea's authors; without it every
    idea merged so far weighs the same. An idea that stands on a rung is not merged into another.
    """
    contest = lock(kept.contest)
    allow(policy.merge_ideas, actor, contest)
    locked = {idea.pk: locked_idea(idea) for idea in sorted((kept, merged), key=lambda idea: idea.pk)}
    kept, merged = locked[kept.pk], locked[merged.pk]
    _refuse(contest, kept, merged)
    if carried is None:
        carried = _equal_part(kept, merged)
    shares = ladder.merge_shares(queries.shares_of(kept), queries.shares_of(merged), carried)
    write_shares(kept, shares)
    moved = _carry_votes(contest, kept, merged)
    CoAuthorOffer.objects.filter(idea=merged, state=CoAuthorOffer.State.OFFERED).update(
        state=CoAuthorOffer.State.DECLINED, answered_at=clock.now()
    )
    Idea.objects.filter(merged_into=merged).update(merged_into=kept)
    merged.merged_into, merged.merged_at = kept, clock.now()
    merged.save(update_fields=["merged_into", "merged_at"])
    told = IdeasMerged(kept.pk, moved)
    record(told, actor=actor, object=merged, initiative=contest, target=merged.author)
    climb_by_votes(contest, kept, queries.rules_of(contest))
    return kept


def _refuse(contest: Initiative, kept: Idea, merged: Idea) -> None:
    if merged.merged_into_id is not None:
        raise AlreadyMerged
    same = kept.contest_id == merged.contest_id == contest.pk and kept.pk != merged.pk
    if not same or not kept.is_votable or not merged.is_votable or merged.rungs.exists():
        raise CannotMerge


def _equal_part(kept: Idea, merged: Idea) -> int:
    ours, theirs = kept.merged.count() + 1, merged.merged.count() + 1
    return WHOLE * theirs // (ours + theirs)


def _carry_votes(contest: Initiative, kept: Idea, merged: Idea) -> int:
    """Move the votes; how many voices the kept idea gained. Every move is a line of the ballots' history."""
    rows = {(vote.voter_id, vote.idea_id): vote for vote in Vote.objects.filter(idea__in=[kept, merged])}
    sides = [_side(rows.values(), idea) for idea in (kept, merged)]
    standing, gained = tallies.carry(*sides), 0
    lines, gone, moving = [], [], []
    for voter, vote in sides[1].items():
        row, other = rows[int(voter), merged.pk], rows.get((int(voter), kept.pk))
        lines.append(_line(contest, merged, row, None))
        if standing[voter] is not vote:
            gone.append(row.pk)
            continue
        if other is not None:
            gone.append(other.pk)
        row.idea, gained = kept, gained + (other is None)
        moving.append(row)
        lines.append(_line(contest, kept, row, None if row.voiding_id else row.value))
    Vote.objects.filter(pk__in=gone).delete()
    Vote.objects.bulk_update(moving, ["idea"], batch_size=1_000)
    BallotLine.objects.bulk_create(lines, batch_size=5_000)
    return gained


def _side(rows: object, idea: Idea) -> dict[str, tallies.Vote]:
    return {
        str(row.voter_id): tallies.Vote(
            str(row.voter_id), idea.pk, row.value, row.cast_at, row.pk, bool(row.voiding_id)
        )
        for row in rows  # type: ignore[attr-defined]
        if row.idea_id == idea.pk
    }


def _line(contest: Initiative, idea: Idea, row: Vote, value: int | None) -> BallotLine:
    return BallotLine(
        contest=contest, idea=idea, voter_id=row.voter_id, value=value, at=clock.now(), cause=BallotLine.Cause.CARRIED
    )

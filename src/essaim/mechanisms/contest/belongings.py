"""What a contest's tables hold about a member: his to take away, and forgotten when he goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from essaim.mechanisms.contest.actions.authors import hand_over_ideas, hold_ideas
from essaim.mechanisms.contest.models import Authorship, CoAuthorOffer, Idea, JuryScore, PanelSeat, Vote
from essaim.people.models import Member

Row = dict[str, Any]


def portrait(member: Member) -> Sequence[Mapping[str, Any]]:
    """One row per thing: what it is, the contest, the idea, its value in words or figures, when."""
    return [
        {"what": what, **dict(zip(("contest", "idea", "value", "comment", "at"), row, strict=True))}
        for what, row in _rows(member)
    ]


def _rows(member: Member) -> Iterator[tuple[str, tuple[Any, ...]]]:
    shares = Authorship.objects.filter(member=member).order_by("id")
    for row in shares.values_list("idea__contest__slug", "idea__number", "share", "idea__title", "since"):
        yield "share", row
    votes = Vote.objects.filter(voter=member).order_by("id")
    for vote in votes.values_list("contest__slug", "idea__number", "value", "voiding__reason", "cast_at"):
        yield "vote", vote
    scores = JuryScore.objects.filter(juror=member).order_by("id")
    for score in scores.values_list("idea__contest__slug", "idea__number", "score", "comment", "given_at"):
        yield "jury score", score
    seats = PanelSeat.objects.filter(member=member).order_by("id")
    for seat in seats.values_list("test__idea__contest__slug", "test__idea__number", "score", "comment", "scored_at"):
        yield "panel score", seat


def hold(member: Member) -> None:
    """No award lands on the account of someone who is leaving."""
    hold_ideas(member=member)


def erase(member: Member) -> None:
    """Texts go, save those others wrote with him; votes and scores stay under the pseudonym, so that counts and books
    remain right."""
    hand_over_ideas(member=member)
    Idea.objects.filter(author=member).update(sort_key="", search_text="", categories=[], place="", origin={})
    JuryScore.objects.filter(juror=member).update(comment="")
    PanelSeat.objects.filter(member=member).update(comment="")
    CoAuthorOffer.objects.filter(member=member, state=CoAuthorOffer.State.OFFERED).delete()
    CoAuthorOffer.objects.filter(giver=member, state=CoAuthorOffer.State.OFFERED).delete()

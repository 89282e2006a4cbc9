"""What is asked about votes: who may, how they stand, and under which names they are published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from essaim.communities.models import Membership
from essaim.initiatives.models import Initiative
from essaim.kit.kept import Kept
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.ballots import Elector, Receipt, pseudonym, receipt
from essaim.mechanisms.contest.domain.rules import Rules
from essaim.mechanisms.contest.domain.surges import Arrival
from essaim.mechanisms.contest.models import (
    Idea,
    Placeholder,
    Vote,
)
from essaim.mechanisms.contest.queries.frame import box_of, rules_of
from essaim.people.models import Member

STANDING = Kept(lambda idea, voter: Vote.objects.filter(idea=idea, voter=voter), 2)


def elector(member: Member, rules: Rules) -> Elector:
    """What the roll looks at; communities are read only where the rules name some."""
    named = rules.eligibility.communities
    here = Membership.objects.filter(member=member, state=Membership.State.ACTIVE, community__slug__in=named)
    return Elector(
        joined_at=member.joined_at,
        confirmed=member.email_confirmed_at is not None,
        communities=frozenset(here.values_list("community__slug", flat=True)) if named else frozenset(),
    )


def ballot_of(contest: Initiative, voter: Member | None) -> dict[int, int]:
    """{idea id: value} of the member's standing votes; an idea that was withdrawn gives its vote back."""
    if voter is None or not voter.is_authenticated:
        return {}
    votes = Vote.objects.filter(contest=contest, voter=voter, voiding=None, idea__state=Idea.State.PUBLISHED)
    return dict(votes.values_list("idea_id", "value"))


def vote_of(voter: Member, idea: Idea) -> int | None:
    """What the member's ballot says of one idea."""
    vote = standing_vote(voter, idea)
    return vote.value if vote is not None and vote.voiding_id is None else None


def standing_vote(voter: Member, idea: Idea) -> Vote | None:
    """The member's vote on the idea as it stands, voided or not."""
    return STANDING.only(idea.pk, voter.pk)


def votes_left(contest: Initiative, voter: Member) -> int | None:
    """How many votes the member can still give; None without limit."""
    each = rules_of(contest).votes_each
    return each - sum(1 for value in ballot_of(contest, voter).values() if value) if each else None


def receipt_of(contest: Initiative, voter: Member) -> Receipt:
    """What the voter notes to find his ballot in the published export, and to see that it was not changed."""
    votes = Vote.objects.filter(contest=contest, voter=voter).values_list("idea__number", "value")
    return receipt(voter_name(contest, voter), dict(votes))


def voter_name(contest: Initiative, voter: Member) -> str:
    placed = Placeholder.objects.filter(contest=contest, member=voter).values_list("source_id", flat=True).first()
    return placed if placed is not None else pseudonym(bytes(box_of(contest).salt), voter.pk)


def voter_names(contest: Initiative) -> dict[int, str]:
    """The name each voter bears in the published ballots, by member id."""
    salt = bytes(box_of(contest).salt)
    voters = Vote.objects.filter(contest=contest).values_list("voter_id", flat=True).distinct()
    placed = dict(Placeholder.objects.filter(contest=contest).values_list("member_id", "source_id"))
    return {voter: placed.get(voter) or pseudonym(salt, voter) for voter in voters}


FAVOUR = """
SELECT count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = -1)
FROM contest_vote WHERE idea_id = %s AND voiding_id IS NULL AND cast_at <= coalesce(%s, 'infinity'::timestamptz)
"""


def favour(idea: Idea, *, until: datetime | None = None) -> ladder.Favour:
    """The valid votes of an idea, those cast until a moment if one is given."""
    with connection.cursor() as cursor:
        cursor.execute(FAVOUR, [idea.pk, until])
        agree, disagree = cursor.fetchone()
    return ladder.Favour(agree=agree, disagree=disagree)


def favour_counts(ideas: Iterable[int]) -> dict[int, int]:
    """Valid votes for, by idea's key."""
    votes = Vote.objects.filter(idea__in=list(ideas), value=1, voiding=None)
    return dict(votes.values_list("idea").annotate(n=Count("pk")).order_by("idea"))


def favours(contest: Initiative) -> dict[int, tuple[int, int, int]]:
    """(agree, disagree, pass) per idea id, voided votes left out."""
    rows = Vote.objects.filter(contest=contest, voiding=None).values("idea_id")
    counts = rows.annotate(
        agree=Count("pk", filter=Q(value=1)),
        disagree=Count("pk", filter=Q(value=-1)),
        passed=Count("pk", filter=Q(value=0)),
    )
    return {row["idea_id"]: (row["agree"], row["disagree"], row["passed"]) for row in counts}


def voter_count(contest: Initiative) -> int:
    return Vote.objects.filter(contest=contest, voiding=None).values("voter").distinct().count()


def arrivals(idea: Idea) -> list[Arrival]:
    votes = Vote.objects.filter(idea=idea, value=1, voiding=None).values_list("cast_at", "voter__joined_at")
    return [Arrival(at, since) for at, since in votes]

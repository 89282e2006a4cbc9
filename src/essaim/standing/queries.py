"""What is concluded about members."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from essaim.communities.models import Community
from essaim.people.models import Member
from essaim.standing.models import PastScore, Score


def score(member: Member, kind: str, community: Community | None = None) -> Score | None:
    """The member's current score of this kind, None when nothing has been concluded."""
    return Score.objects.filter(member=member, kind=kind, community=community).first()


def values(members: Iterable[Member], kind: str, community: Community | None = None) -> dict[int, Decimal]:
    """Current values by member id, in one query; members without a score are left out."""
    scores = Score.objects.filter(member__in=members, kind=kind, community=community)
    return dict(scores.values_list("member_id", "value"))


def history(member: Member, kind: str, community: Community | None = None) -> QuerySet[PastScore]:
    """Earlier values, the newest first; only for kinds whose history is kept."""
    return PastScore.objects.filter(member=member, kind=kind, community=community)

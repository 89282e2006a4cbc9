"""What of the stream a reader may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from essaim.activity.models import Activity
from essaim.communities.models import Community
from essaim.communities.queries import readable_by
from essaim.people.models import Member


def public_stream() -> QuerySet[Activity]:
    """What anyone may read, whoever asks: public acts, outside communities entered by invitation."""
    return visible_to(None)


def visible_to(reader: Any) -> QuerySet[Activity]:
    """Public acts of the house and of the communities whose life the reader may see, the newest first."""
    seen = Q(community=None) | Q(community__in=readable_by(reader))
    related = ("actor", "target", "community")
    return Activity.objects.filter(seen, public=True).select_related(*related).order_by("-id")


def in_community(community: Community, reader: Any) -> QuerySet[Activity]:
    return visible_to(reader).filter(community=community)


def by_member(member: Member, reader: Any) -> QuerySet[Activity]:
    return visible_to(reader).filter(actor=member)


def in_initiative(initiative_id: int, reader: Any) -> QuerySet[Activity]:
    return visible_to(reader).filter(initiative_id=initiative_id)


def concerning(member: Member) -> QuerySet[Activity]:
    """Everything the member did or was touched by, public or not."""
    related = ("actor", "target", "community")
    found = Activity.objects.filter(Q(actor=member) | Q(target=member))
    return found.select_related(*related).order_by("-id")

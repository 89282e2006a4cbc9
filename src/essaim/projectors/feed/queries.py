"""What a reader sees of the feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from essaim.activity.telling import Told, tell_all
from essaim.communities.models import Community
from essaim.communities.queries import communities_of, readable_by
from essaim.initiatives.models import Contribution
from essaim.people.models import Member
from essaim.projectors.feed.models import Line

PAGE = 20


@dataclass(frozen=True)
class Entry:
    """A line ready to be shown: its latest act told, and how many there are besides."""

    line: Line
    told: Told

    @property
    def more(self) -> int:
        return self.line.count - 1

    @property
    def other_people(self) -> int:
        """How many others did the same; 0 when one person did it several times."""
        return max(self.line.people - 1, 0)


def shown() -> QuerySet[Line]:
    """Lines whose contribution, if they are about one, may be read by all."""
    readable = Q(contribution=None) | Q(contribution__state=Contribution.State.PUBLISHED)
    related = ("latest__actor", "latest__target", "latest__community")
    return Line.objects.filter(readable).select_related(*related).order_by("-latest_id", "-pk")


def of_member(member: Member) -> QuerySet[Line]:
    """What a member's own page tells: his communities, the house, and what touches him (once, as touching him)."""
    mine = Line.objects.filter(member=member, key=OuterRef("key"))
    audience = Q(community__in=communities_of(member).values("pk")) | Q(community=None, member=None)
    return shown().filter(Q(member=member) | (audience & ~Exists(mine)))


def of_community(community: Community, reader: Any) -> QuerySet[Line]:
    """A community's life, empty for a reader who may not see it."""
    return shown().filter(community=community, community__in=readable_by(reader).values("pk"))


def of_house(reader: Any) -> QuerySet[Line]:
    """What happens in the house and in the communities whose life the reader may see."""
    everyone = Q(community=None, member=None)
    return shown().filter(everyone | Q(community__in=readable_by(reader).values("pk")))


def entries(lines: QuerySet[Line], reader: Any, *, before: int | None = None, most: int = PAGE) -> list[Entry]:
    """One page of lines told to the reader; `before` is the latest activity's number on the page above."""
    if before is not None:
        lines = lines.filter(latest__lt=before)
    return told(lines[:most], reader)


def told(lines: Iterable[Line], reader: Any) -> list[Entry]:
    """The number of queries does not grow with the lines."""
    listed = list(lines)
    sentences = tell_all([line.latest for line in listed], reader)
    return [Entry(line, sentence) for line, sentence in zip(listed, sentences, strict=True)]

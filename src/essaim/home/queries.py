"""What the front door shows: few queries, each named after its result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from essaim.communities import queries as communities
from essaim.communities.models import Community
from essaim.initiatives.desk import Errand
from essaim.initiatives.mechanism import mechanism, mechanisms
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.people.models import Member

OPEN_CARDS = 3
COMMUNITY_CARDS = 6


@dataclass(frozen=True)
class Figure:
    """One living figure: a number and the words around it."""

    value: int
    label: str


@dataclass(frozen=True)
class OpenCard:
    """An initiative one can join now, with the phase it is in and its living figures."""

    initiative: Initiative
    phase: Phase | None
    figures: tuple[Figure, ...]

    @property
    def ends_at(self) -> datetime | None:
        return self.phase.ends_at if self.phase else None

    @property
    def kind(self) -> str:
        return str(mechanism(self.initiative.mechanism).name)

    @property
    def phase_name(self) -> str:
        return str(mechanism(self.initiative.mechanism).phase_type(self.phase.kind).name) if self.phase else ""

    @property
    def icon(self) -> str:
        return mechanism(self.initiative.mechanism).icon


def open_now(viewer: Member | None, *, limit: int = OPEN_CARDS) -> list[OpenCard]:
    """What is open in the communities the viewer may see, the nearest end first."""
    now = clock.now()
    phases = (
        Phase.objects.filter(
            starts_at__lte=now,
            ends_at__gt=now,
            initiative__opened_at__lte=now,
            initiative__closed_at=None,
            initiative__halted_at=None,
            initiative__community__in=communities.readable_by(viewer),
            initiative__mechanism__in=[manifest.slug for manifest in mechanisms()],
        )
        .select_related("initiative", "initiative__community")
        .order_by("ends_at", "pk")
    )
    return [OpenCard(phase.initiative, phase, figures(phase.initiative)) for phase in _one_each(phases, limit)]


def _one_each(phases: Iterable[Phase], limit: int) -> list[Phase]:
    """The first phase of each initiative: phases may overlap, cards may not."""
    first: dict[int, Phase] = {}
    for phase in phases:
        first.setdefault(phase.initiative_id, phase)
        if len(first) == limit:
            break
    return list(first.values())


def figures(initiative: Initiative) -> tuple[Figure, ...]:
    """The mechanism's statistics for this initiative, those that say something."""
    known = mechanism(initiative.mechanism).statistics
    told = (Figure(statistic.value(initiative), str(statistic.label)) for statistic in known)
    return tuple(figure for figure in told if figure.value)[:2]


def communities_shown(viewer: Member | None, *, limit: int = COMMUNITY_CARDS) -> QuerySet[Community]:
    """Communities the viewer may see, the liveliest first, with how many belong."""
    return communities.with_size(communities.visible_to(viewer)).order_by(F("size").desc(), "sort_key")[:limit]


def errands(member: Member) -> list[Errand]:
    """What waits for the member in every mechanism, what ends soonest first."""
    found = [
        errand for manifest in mechanisms() if manifest.errands is not None for errand in manifest.errands(member)
    ]
    return sorted(found, key=lambda errand: (errand.until is None, errand.until or clock.now()))

"""What the front door shows: few queries, each named after its result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import F, Prefetch, Q, QuerySet, Sum

from essaim.activity.queries import visible_to
from essaim.activity.telling import Told, tell_all
from essaim.communities import queries as communities
from essaim.communities.models import Community
from essaim.initiatives.mechanism import mechanism, mechanisms
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.queries import mechanisms_on, phase_type, switched_off
from essaim.kit import clock
from essaim.people.models import Member
from essaim.products.models import Credit, Product

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
    def url(self) -> str:
        return self.initiative.get_absolute_url()

    @property
    def icon(self) -> str:
        return mechanism(self.initiative.mechanism).icon


def open_now(viewer: Member | None, *, community: Community | None = None, limit: int = OPEN_CARDS) -> list[OpenCard]:
    """What is open in the communities the viewer may see, or in one of them, the nearest end first."""
    now = clock.now()
    phases = (
        Phase.objects.filter(
            Q(initiative__community=community) if community is not None else Q(),
            starts_at__lte=now,
            ends_at__gt=now,
            initiative__opened_at__lte=now,
            initiative__closed_at=None,
            initiative__halted_at=None,
            initiative__community__in=communities.readable_by(viewer),
            initiative__mechanism__in=[manifest.slug for manifest in mechanisms_on()],
        )
        .select_related("initiative", "initiative__community")
        .order_by("ends_at", "pk")
    )
    calling = (phase for phase in phases if not phase_type(phase).afterwards)
    return [OpenCard(phase.initiative, phase, figures(phase.initiative)) for phase in _one_each(calling, limit)]


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


@dataclass(frozen=True)
class Made:
    """A product with the faces behind it and the money it paid them."""

    product: Product
    makers: list[Member]
    paid: int


def achieved(viewer: Member | None, *, limit: int = 2) -> list[Made]:
    """The latest products of communities the viewer may see."""
    seen = Q(community=None) | Q(community__in=communities.readable_by(viewer))
    credits = Prefetch("credits", Credit.objects.select_related("member"))
    products = list(
        Product.objects.filter(seen).select_related("community", "origin__picture").prefetch_related(credits)[:limit]
    )
    paid = paid_for(products)
    return [Made(one, list({row.member: None for row in one.credits.all()}), paid.get(one.pk, 0)) for one in products]


def paid_for(products: list[Product]) -> dict[int, int]:
    """What awards and royalties paid the makers of each product so far, in minor units."""
    by_origin = {product.origin_id: product.pk for product in products if product.origin_id}
    paid = Counter(_royalties([product.pk for product in products]))
    for manifest in mechanisms():
        earned = manifest.earned(list(by_origin)) if manifest.earned is not None and by_origin else {}
        for contribution, amount in earned.items():
            paid[by_origin[contribution]] += amount
    return dict(paid)


def _royalties(products: list[int]) -> dict[int, int]:
    """Stated royalties by product; none when the house has taken the projector out."""
    if not apps.is_installed("essaim.projectors.royalties") or not products:
        return {}
    from essaim.projectors.royalties.models import Statement

    rows = Statement.objects.filter(product__in=products).order_by().values_list("product")
    return dict(rows.annotate(sum=Sum("owed")))


def lately(viewer: Member | None, *, limit: int = 8) -> list[Told]:
    """What happened last in public, told."""
    shown = visible_to(viewer).exclude(initiative_id__in=switched_off().values("pk"))
    return tell_all(shown[:limit], viewer)

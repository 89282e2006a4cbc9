"""Share of voice: of the people of a locked panel, how many named each brand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from essaim.listening.desk import domain
from essaim.listening.desk.models import Brand, Panel
from essaim.listening.desk.queries.pictures import Period
from essaim.listening.desk.rollup import starts
from essaim.listening.law.aggregates import FEWEST

PEOPLE = """
WITH named AS MATERIALIZED (
    SELECT DISTINCT named.brand_id, {bucket} AS bucket,
           coalesce(-(owner.member_id), named.voice_id) AS person
    FROM listening_desk_brandmention AS named
    LEFT JOIN listening_claim AS owner
           ON owner.voice_id = named.voice_id AND owner.proved_at IS NOT NULL AND owner.ended_at IS NULL
    WHERE named.brand_id = ANY(%(brands)s) AND named.source_id = ANY(%(sources)s)
      AND named.published_at >= %(since)s AND named.published_at < %(until)s AND named.voice_id IS NOT NULL
)
SELECT bucket, brand_id, count(DISTINCT person) FROM named GROUP BY bucket, brand_id
UNION ALL
SELECT bucket, NULL, count(DISTINCT person) FROM named GROUP BY bucket
"""


@dataclass(frozen=True)
class BrandShare:
    """A brand's people among the panel's; None where either are fewer than five (a brand nobody named is told)."""

    brand: Brand
    share: domain.Share | None


@dataclass(frozen=True)
class Stretch:
    """A part of the period under one panel: shares over the whole of it, and step by step."""

    panel: Panel
    period: Period
    people: int
    shares: Sequence[BrandShare]
    steps: Sequence[tuple[date, int, Sequence[BrandShare]]]


def stretches(period: Period) -> list[Stretch]:
    """One for each panel in force during the period, in time. Numbers of two of them are not compared."""
    touching = Panel.objects.filter(Q(ended_on=None) | Q(ended_on__gt=period.since), starts_on__lte=period.until)
    brands = {brand.pk: brand for brand in Brand.objects.all()}
    return [_stretch(panel, period, brands) for panel in touching.order_by("starts_on", "pk")]


def _stretch(panel: Panel, period: Period, brands: dict[int, Brand]) -> Stretch:
    last = panel.ended_on - timedelta(days=1) if panel.ended_on else period.until
    part = replace(period, since=max(panel.starts_on, period.since), until=min(last, period.until))
    counted = [brands[pk] for pk in panel.brands if pk in brands]
    whole = people(panel, part)
    by_step = people(panel, part, grain=period.grain)
    steps = [
        (bucket, by_step.get((bucket, None), 0), _shares(counted, by_step, bucket))
        for bucket in dict.fromkeys(period.bucket(part.since + timedelta(days=day)) for day in range(part.days))
    ]
    return Stretch(panel, part, whole.get((part.since, None), 0), _shares(counted, whole, part.since), steps)


def people(panel: Panel, period: Period, *, grain: str = "") -> dict[tuple[date, int | None], int]:
    """Distinct people by step (the period's first day when there is no grain) and brand; None stands for any brand.

    A member who showed that several voices are his own is one person.
    """
    step = "date_trunc(%(grain)s, named.published_at AT TIME ZONE %(zone)s)::date" if grain else "%(first)s::date"
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE.format(bucket=step),
            {
                "grain": grain,
                "zone": settings.TIME_ZONE,
                "first": period.since,
                "brands": panel.brands,
                "sources": panel.sources,
                "since": starts(period.since),
                "until": starts(period.until + timedelta(days=1)),
            },
        )
        return {(bucket, brand): count for bucket, brand, count in cursor.fetchall()}


def _shares(brands: Sequence[Brand], counts: dict[tuple[date, int | None], int], bucket: date) -> list[BrandShare]:
    n = counts.get((bucket, None), 0)
    return [BrandShare(one, _share(counts.get((bucket, one.pk), 0), n)) for one in brands]


def _share(count: int, n: int) -> domain.Share | None:
    """Nobody is told of one by one: neither in a small panel, nor in a small part of a large one."""
    told = n >= FEWEST and (count == 0 or count >= FEWEST)
    return domain.share(count, n) if told else None

"""Days on which far more was said than usual: noted once, told to those who answer and to the house's systems."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.db.models import Sum as Total

from essaim.activity.record import record
from essaim.kit import clock
from essaim.listening.desk import domain
from essaim.listening.desk.models import Brand, Burst, Sum
from essaim.listening.desk.rollup import day_of
from essaim.listening.desk.verbs import BurstSeen
from essaim.people.queries import house

LOOKED_AT = timedelta(days=1)
"""Today and yesterday, whose sums still grow."""


def look() -> list[Burst]:
    """Note the bursts of the last days not known yet, of every brand followed and of all that is heard."""
    today = day_of(clock.now())
    known = set(Burst.objects.filter(day__gte=today - LOOKED_AT).values_list("brand", "day"))
    found = []
    for brand in (None, *Brand.objects.filter(retired_at=None)):
        since = today - timedelta(days=domain.HISTORY_DAYS) - LOOKED_AT
        for peak in domain.peaks(volume(brand, since, today)):
            if peak.day >= today - LOOKED_AT and (brand and brand.pk, peak.day) not in known:
                found.append(_note(brand, peak))
    return found


def volume(brand: Brand | None, since: date, until: date) -> list[tuple[date, int]]:
    """Mentions of each day; the series begins no sooner than the first day on which anything was heard."""
    first = Sum.objects.aggregate(first=Min("day"))["first"]
    if first is None or first > until:
        return []
    cells = Sum.objects.filter(brand=brand, dimension=Sum.Dimension.ALL, day__range=(max(first, since), until))
    counts = dict(cells.order_by().values("day").annotate(n=Total("mentions")).values_list("day", "n"))
    return domain.filled(counts, max(first, since), until)


@transaction.atomic
def _note(brand: Brand | None, peak: domain.Peak) -> Burst:
    """Keep the burst, and tell the stream once: the team and the house's own systems hear of it from there."""
    burst, new = Burst.objects.get_or_create(
        brand=brand,
        day=peak.day,
        defaults={"mentions": peak.mentions, "expected": peak.expected, "score": peak.score},
    )
    if new:
        name = brand.name if brand is not None else house().name
        act = BurstSeen(name, peak.day.isoformat(), peak.mentions, round(peak.expected))
        record(act, actor=None, object=burst)
    return burst

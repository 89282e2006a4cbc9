"""What a campaign's pledges add up to, from the counts kept with them; and counted again, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, F, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from essaim.initiatives.models import Initiative
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import progress
from essaim.mechanisms.crowdfunding.domain.rules import thaw
from essaim.mechanisms.crowdfunding.models import Match, Pledge, Tally

COUNTING = sorted(life.COUNTING)
WORTH = Case(
    When(state=Pledge.State.PAID, then=F("captured") - F("refunded") - F("lost") - F("credited") - F("given")),
    When(state=Pledge.State.HELD, then=F("amount")),
    default=0,
    output_field=BigIntegerField(),
)
"""What a pledge counts towards the goal: what its bank holds, or what was received of it and not paid back."""


@dataclass(frozen=True)
class Gauge:
    """Where a campaign stands, minor units. `raised` has `matched` (what sponsors add) in it."""

    raised: int
    matched: int
    backers: int
    goal: int
    top: int
    unit: str

    @property
    def per_cent(self) -> int:
        return progress(self.raised, self.goal)

    @property
    def reached(self) -> bool:
        return self.raised >= self.goal


def gauge(campaign: Initiative) -> Gauge:
    """From the counts kept with the pledges: as quick with a hundred thousand backers as with none."""
    kept = Tally.objects.filter(campaign=campaign, facet__in=[Tally.Facet.ALL, Tally.Facet.MATCHED])
    sums = {row.facet: row for row in kept}
    all_, matched = sums.get(Tally.Facet.ALL), sums.get(Tally.Facet.MATCHED)
    return _gauge(campaign, all_.amount if all_ else 0, all_.n if all_ else 0, matched.amount if matched else 0)


def counted_again(campaign: Initiative) -> Gauge:
    """From the pledges themselves, one by one: what an outcome is decided by."""
    counted = Pledge.objects.filter(campaign=campaign, state__in=COUNTING)
    figures = counted.aggregate(raised=Coalesce(Sum(WORTH), 0), n=Count("pk"))
    matched = Match.objects.filter(campaign=campaign).aggregate(total=Coalesce(Sum("amount"), 0))["total"]
    return _gauge(campaign, figures["raised"], figures["n"], matched)


def _gauge(campaign: Initiative, raised: int, backers: int, matched: int) -> Gauge:
    rules = thaw(campaign.rules)
    return Gauge(raised + matched, matched, backers, rules.goal, rules.top, rules.unit)


def backers_by_day(campaign: Initiative) -> list[tuple[date, int, int]]:
    """(day in the house's time zone, pledges confirmed, minor units), days without pledges left out."""
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [timezone.get_current_timezone_name(), campaign.pk])
        return [(day, int(n), int(amount)) for day, n, amount in cursor.fetchall()]


DAYS = """
SELECT (name::timestamp AT TIME ZONE 'UTC' AT TIME ZONE %s)::date AS day, sum(n), sum(amount)
FROM crowdfunding_tally WHERE campaign_id = %s AND facet = 'time' GROUP BY day HAVING sum(n) > 0 ORDER BY day
"""


def _tallied(campaign: Initiative, facet: str) -> QuerySet[Tally, tuple[str, int, int]]:
    """(name, how many, minor units) of what there is any of."""
    return Tally.objects.filter(campaign=campaign, facet=facet, n__gt=0).values_list("name", "n", "amount")


def wall_size(campaign: Initiative) -> int:
    return sum(n for _name, n, _amount in _tallied(campaign, Tally.Facet.WALL))


def places(campaign: Initiative, *, least: int = 3) -> list[tuple[str, int]]:
    """Coarse places with how many backers each; places of fewer than `least` are not told."""
    rows = [(name, n) for name, n, _amount in _tallied(campaign, Tally.Facet.PLACE) if n >= least]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def countries(campaign: Initiative) -> dict[str, int]:
    """How many backers each country has, by its code."""
    return {name: n for name, n, _amount in _tallied(campaign, Tally.Facet.COUNTRY)}

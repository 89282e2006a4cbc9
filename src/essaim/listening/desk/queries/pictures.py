"""Sums for the pictures, of one brand or of all that is heard. Nothing is told of fewer than five people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from essaim.listening.desk import domain
from essaim.listening.desk.models import Brand, Burst, Sum
from essaim.listening.law.aggregates import FEWEST

Dimension = Sum.Dimension

CELLS = """
WITH picked AS (
    SELECT value, polarity, mentions, people FROM listening_desk_sum
    WHERE {brand} AND dimension = %(dimension)s AND day >= %(since)s AND day <= %(until)s
), crowd AS (
    SELECT value, count(DISTINCT person) AS people FROM picked, unnest(people) AS person GROUP BY value
)
SELECT value, sum(mentions), coalesce(sum(mentions) FILTER (WHERE polarity = 1), 0),
       coalesce(sum(mentions) FILTER (WHERE polarity = -1), 0),
       coalesce(sum(mentions) FILTER (WHERE polarity = 0), 0),
       coalesce(max(crowd.people), 0)
FROM picked LEFT JOIN crowd USING (value) GROUP BY value ORDER BY 2 DESC, 1
"""
OVER_TIME = """
WITH picked AS (
    SELECT date_trunc(%(grain)s, day)::date AS bucket, value, polarity, mentions, people FROM listening_desk_sum
    WHERE {brand} AND dimension = %(dimension)s AND day >= %(since)s AND day <= %(until)s
      AND (%(values)s::text[] IS NULL OR value = ANY(%(values)s))
), crowd AS (
    SELECT bucket, value, count(DISTINCT person) AS people FROM picked, unnest(people) AS person GROUP BY 1, 2
)
SELECT bucket, value, sum(mentions), coalesce(sum(mentions) FILTER (WHERE polarity = 1), 0),
       coalesce(sum(mentions) FILTER (WHERE polarity = -1), 0),
       coalesce(sum(mentions) FILTER (WHERE polarity = 0), 0),
       coalesce(max(crowd.people), 0)
FROM picked LEFT JOIN crowd USING (bucket, value) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Period:
    """Days, the last included."""

    since: date
    until: date
    step: str = ""
    """`day`, `week` or `month`, when not the one its length calls for."""

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def grain(self) -> str:
        """The step of a series: at most about ninety points."""
        return self.step or self._usual()

    def _usual(self) -> str:
        return "day" if self.days <= 92 else "week" if self.days <= 640 else "month"

    def wider(self) -> Period:
        """The same days in wider steps, each with people enough for a share or a mood."""
        return replace(self, step="day" if self.days <= 14 else "week" if self.days <= 400 else "month")

    def before(self) -> Period:
        """As many days, just before."""
        return Period(self.since - timedelta(days=self.days), self.since - timedelta(days=1))

    def buckets(self) -> list[date]:
        found = dict.fromkeys(self.bucket(self.since + timedelta(days=step)) for step in range(self.days))
        return list(found)

    def bucket(self, day: date) -> date:
        if self.grain == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.grain == "month" else day

    def within(self, bucket: date) -> Period:
        """The days of a bucket that belong to the period."""
        last = bucket
        if self.grain == "week":
            last = bucket + timedelta(days=6)
        elif self.grain == "month":
            last = (bucket + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return Period(max(bucket, self.since), min(last, self.until))


@dataclass(frozen=True)
class Cell:
    """Mentions with one value, by polarity; `people` counts authors up to a little more than five, no further."""

    value: str
    mentions: int
    favourable: int
    unfavourable: int
    neutral: int
    people: int

    @property
    def is_told(self) -> bool:
        return self.people >= FEWEST


def cells(brand: Brand | None, dimension: str, period: Period) -> list[Cell]:
    """Every value, the most numerous first; those of too few people are among them, to be hidden."""
    return [Cell(*row) for row in _rows(CELLS, brand, dimension, period)]


def total(brand: Brand | None, period: Period) -> Cell:
    found = cells(brand, Dimension.ALL, period)
    return found[0] if found else Cell("", 0, 0, 0, 0, 0)


def over_time(
    brand: Brand | None, dimension: str, period: Period, values: Sequence[str] | None = None
) -> list[tuple[date, Cell]]:
    """The same by step of the period; steps without a mention are wanting."""
    rows = _rows(
        OVER_TIME, brand, dimension, period, grain=period.grain, values=None if values is None else [*values]
    )
    return [(row[0], Cell(*row[1:])) for row in rows]


def _rows(statement: str, brand: Brand | None, dimension: str, period: Period, **more: Any) -> list[tuple[Any, ...]]:
    whose = "brand_id IS NULL" if brand is None else "brand_id = %(brand)s"
    values = {
        "brand": brand and brand.pk,
        "dimension": dimension,
        "since": period.since,
        "until": period.until,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.format(brand=whose), values)
        return list(cursor.fetchall())


def bursts(brand: Brand | None, period: Period) -> QuerySet[Burst]:
    return Burst.objects.filter(brand=brand, day__range=(period.since, period.until))


def mood(cell: Cell, skill: domain.Skill | None) -> domain.Mood | None:
    """Net sentiment of a cell; None of too few people."""
    if not cell.is_told:
        return None
    return domain.mood(cell.favourable, cell.unfavourable, cell.neutral, skill)

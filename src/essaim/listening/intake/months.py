"""One partition per month, made when its first mention arrives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection

from essaim.listening.models import Month

# Made beside and hung in afterwards: readers go on meanwhile. What lay in the partition of the rest moves over.
MAKE = """
CREATE TABLE {name} (LIKE listening_mention INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
WITH moved AS (
    DELETE FROM listening_mention_other WHERE published_at >= '{first}' AND published_at < '{after}' RETURNING *
)
INSERT INTO {name} OVERRIDING SYSTEM VALUE SELECT * FROM moved;
ALTER TABLE listening_mention ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{after}');
"""
MADE = "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'"
EARLIEST = date(1990, 1, 1)


def month_of(moment: datetime) -> date:
    """The first day of its month in UTC."""
    moment = moment.astimezone(UTC)
    return date(moment.year, moment.month, 1)


def partition(month: date) -> str:
    return f"listening_mention_{month:%Y_%m}"


def after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def make_months(months: Iterable[date], now: datetime) -> None:
    """Partitions for these months, the intake's lock being held. What is dated before 1990 or after next month is
    kept with the rest: a mistaken date makes no table."""
    latest = after(month_of(now))
    wanted = {month for month in months if EARLIEST <= month <= latest}
    with connection.cursor() as cursor:
        cursor.execute(MADE, [[partition(month) for month in wanted]])
        made = {name for (name,) in cursor.fetchall()}
        for month in sorted(wanted):
            if partition(month) not in made:
                bounds = {"first": f"{month} 00:00+00", "after": f"{after(month)} 00:00+00"}
                cursor.execute(MAKE.format(name=partition(month), **bounds))
    Month.objects.bulk_create(
        [Month(first_day=month) for month in sorted(wanted)],
        update_conflicts=True,
        unique_fields=["first_day"],
        update_fields=["stirred"],
    )

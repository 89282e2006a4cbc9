"""One partition per month, made when its first mention arrives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from django.db import connection

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
STIR = """
INSERT INTO listening_month (first_day, stirs, looked) VALUES (%s, 1, 0)
ON CONFLICT (first_day) DO UPDATE SET stirs = listening_month.stirs + 1
"""
WORDS = "to_tsvector('listening', title || ' ' || text)"
INDEX = f"CREATE INDEX IF NOT EXISTS {{name}}_words ON {{name}} USING gin (({WORDS}))"
EARLIEST = date(1990, 1, 1)


def month_of(moment: datetime) -> date:
    """The first day of its month in UTC."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return date(moment.year, moment.month, 1)


def partition(month: date) -> str:
    return f"listening_mention_{month:%Y_%m}"


def after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def stir(changed: Iterable[date], now: datetime, *, searchable: bool = True) -> None:
    """Make the partitions of these months and note that they changed, the intake's lock being held.

    What is dated before 1990 or after next month is kept with the rest: a mistaken date makes no table.
    """
    latest = after(month_of(now))
    wanted = [month for month in sorted(set(changed)) if EARLIEST <= month <= latest]
    _make(wanted, searchable)
    with connection.cursor() as cursor:
        cursor.executemany(STIR, [[month] for month in {*wanted, *map(after, wanted)}])


def _make(months: Sequence[date], searchable: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MADE, [[partition(month) for month in months]])
        made = {name for (name,) in cursor.fetchall()}
        for month in months:
            if partition(month) not in made:
                bounds = {"first": f"{month} 00:00+00", "after": f"{after(month)} 00:00+00"}
                cursor.execute(MAKE.format(name=partition(month), **bounds))
                if searchable:
                    cursor.execute(INDEX.format(name=partition(month)))

"""Backers over time as a drawing: a line for what was, a band for what may come, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from essaim.kit import clock
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.domain.forecast import Band, forecast
from essaim.mechanisms.crowdfunding.views.sheet import Sheet

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 12, 28
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day: who came, what they brought, and the total of backers at its end."""

    day: date
    came: int
    amount: int
    total: int


@dataclass(frozen=True)
class Curve:
    """All the drawing needs; `points` and the others are SVG coordinates in a box of 640 by 240."""

    days: Sequence[Day] = ()
    band: Band | None = None
    money: Band | None = None
    points: str = ""
    wedge: str = ""
    marks: Sequence[tuple[float, str]] = field(default_factory=tuple)
    """Heights of the ticks, and what they say."""
    first: date | None = None
    last: date | None = None
    most: int = 0


def curve_of(sheet: Sheet) -> Curve:
    """The curve from the opening to the end planned; empty before anyone backed."""
    rows = queries.backers_by_day(sheet.campaign)
    bounds = _bounds(sheet)
    if not rows or bounds is None:
        return Curve()
    opened, ends = min(bounds[0], rows[0][0]), bounds[1]
    today = min(timezone.localdate(clock.now()), ends) if not sheet.is_closed else ends
    days = _filled(rows, opened, max(today, rows[-1][0]))
    band = money = None
    if not sheet.is_closed and sheet.phase is not None:
        left = (sheet.phase.ends_at - clock.now()) / DAY
        whole = days[:-1]  # today is not over
        band = forecast(days[-1].total, [day.came for day in whole], left)
        money = forecast(sheet.gauge.raised, [day.amount for day in whole], left)
    return _drawn(days, band, money, opened, max(ends, days[-1].day))


def _bounds(sheet: Sheet) -> tuple[date, date] | None:
    """First and last day of the phases in which pledges are made, in the house's time zone."""
    if not sheet.phases:
        return None
    first, until = sheet.phases[0].starts_at, sheet.row.closed_at
    running = sheet.phase if sheet.phase is not None and not sheet.is_closed else None
    until = running.ends_at if running else until or sheet.phases[0].ends_at
    return timezone.localdate(first), timezone.localdate(until)


def _filled(rows: Sequence[tuple[date, int, int]], first: date, last: date) -> list[Day]:
    """Every day, those without pledges too."""
    known = {day: (came, amount) for day, came, amount in rows}
    days, total, day = [], 0, first
    while day <= last:
        came, amount = known.get(day, (0, 0))
        total += came
        days.append(Day(day, came, amount, total))
        day += DAY
    return days


def _drawn(days: list[Day], band: Band | None, money: Band | None, first: date, last: date) -> Curve:
    most = max(days[-1].total, band.high if band else 0, 1)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span, 1)

    def y(total: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * total / most, 1)

    points = " ".join(f"{x(day.day)},{y(day.total)}" for day in days)
    wedge = ""
    if band is not None:
        now = f"{x(days[-1].day)},{y(days[-1].total)}"
        wedge = f"{now} {x(last)},{y(band.high)} {x(last)},{y(band.low)}"
    marks = tuple((y(value), str(value)) for value in sorted({0, most // 2, most}))
    return Curve(days, band, money, points, wedge, marks, first, last, most)


TILES = (
    # A map in tiles: each country of Europe about where it lies. Column, row.
    ("IS", 0, 0), ("NO", 4, 0), ("SE", 5, 0), ("FI", 6, 0),
    ("DK", 4, 1), ("EE", 6, 1), ("LV", 7, 1),
    ("IE", 0, 2), ("GB", 1, 2), ("NL", 3, 2), ("DE", 4, 2), ("PL", 5, 2), ("LT", 6, 2),
    ("BE", 2, 3), ("LU", 3, 3), ("CZ", 5, 3), ("SK", 6, 3), ("UA", 7, 3),
    ("FR", 2, 4), ("CH", 3, 4), ("AT", 4, 4), ("HU", 5, 4), ("RO", 6, 4),
    ("PT", 0, 5), ("ES", 1, 5), ("MC", 2, 5), ("IT", 3, 5), ("SI", 4, 5), ("HR", 5, 5), ("BG", 6, 5),
    ("MT", 3, 6), ("GR", 6, 6), ("CY", 7, 6),
)  # fmt: skip

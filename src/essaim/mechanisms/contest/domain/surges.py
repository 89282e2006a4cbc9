"""Seeing that votes arrive as they should not: a burst from accounts opened just before.

Method: votes in favour from accounts younger than `days` are counted per hour from the idea's first vote to its last,
over a day at least: a crowd in the very first hour is seen too.
An hour raises an alarm when its count is at least `arrivals` and its robust z-score passes `deviations`: (count −
median) ÷ (1.4826 × MAD), the MAD taken as at least 1. Source: B. Iglewicz and D. Hoaglin, *How to Detect and Handle
Outliers*, ASQC 1993. An alarm voids nothing; it asks a person to look and holds the rung meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from essaim.mechanisms.contest.domain.rules import Surge

CONSISTENCY = 1.4826
HOUR = timedelta(hours=1)
DAY = 24


@dataclass(frozen=True)
class Arrival:
    at: datetime
    account_since: datetime


@dataclass(frozen=True)
class Burst:
    hour: datetime
    arrivals: int
    usual: float
    deviations: float


def bursts(arrivals: Iterable[Arrival], figures: Surge) -> list[Burst]:
    """The hours that raise an alarm, in order of time."""
    seen = list(arrivals)
    fresh = Counter(_hour(one.at) for one in seen if one.at - one.account_since < timedelta(days=figures.days))
    if not fresh:
        return []
    first, last = min(_hour(one.at) for one in seen), max(_hour(one.at) for one in seen)
    hours = max(int((last - first) / HOUR) + 1, DAY)
    usual, spread = _robust([*fresh.values()], zeros=hours - len(fresh))
    return [
        Burst(hour, count, usual, (count - usual) / spread)
        for hour, count in sorted(fresh.items())
        if count >= figures.arrivals and (count - usual) / spread > figures.deviations
    ]


def _robust(counts: list[int], zeros: int) -> tuple[float, float]:
    """Median and scaled MAD of the counts with `zeros` empty hours; at least 1, so that quiet is not alarm."""
    padded = _padded(counts, zeros)
    usual = float(median(padded))
    return usual, CONSISTENCY * max(float(median(abs(count - usual) for count in padded)), 1.0)


def _padded(counts: list[int], zeros: int) -> list[int]:
    """The counts with their empty hours; beyond as many as there are counts, more zeros no longer move the median."""
    return [*counts, *[0] * min(zeros, len(counts) + 1)]


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)

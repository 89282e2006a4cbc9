"""Cheers per minute as a drawing: a line per camp, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from essaim.kit import clock
from essaim.mechanisms.cheer import queries
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.sheets import Lap

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 26
MINUTE = timedelta(minutes=1)
MOST_POINTS = 240
ROWS = 60


@dataclass(frozen=True)
class Line:
    camp: Camp
    points: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Curve:
    """Coordinates in a box of 720 by 240; a step is `step` minutes wide."""

    lines: Sequence[Line]
    steps: Sequence[datetime]
    step: int
    most: int
    middle: float

    @property
    def rows(self) -> list[tuple[datetime, list[int]]]:
        """At most 60 rows of a table: the busiest steps, in their order."""
        sums = [sum(line.counts[place] for line in self.lines) for place in range(len(self.steps))]
        busiest = sorted(sorted(range(len(sums)), key=lambda place: -sums[place])[:ROWS])
        return [(self.steps[place], [line.counts[place] for line in self.lines]) for place in busiest if sums[place]]


def curve_of(lap: Lap, camps: Sequence[Camp]) -> Curve | None:
    """From the first minute to the last one of the round, or to this one; None before anyone has cheered."""
    found = queries.minutes(lap.phase)
    if not any(found.values()):
        return None
    first = min(lap.phase.starts_at, *(min(line) for line in found.values() if line)).replace(second=0, microsecond=0)
    last = max(min(lap.phase.ends_at, clock.now()), *(max(line) for line in found.values() if line))
    minutes = max(1, int((last - first) / MINUTE) + 1)
    step = -(-minutes // MOST_POINTS)
    places = -(-minutes // step)
    counted = {camp.slug: _gathered(found.get(camp.slug, {}), first, step, places) for camp in camps}
    most = max(max(counts) for counts in counted.values())
    lines = [Line(camp, _points(counted[camp.slug], most), counted[camp.slug]) for camp in camps]
    steps = [first + place * step * MINUTE for place in range(places)]
    return Curve(lines, steps, step, most, TOP + (HEIGHT - TOP - BOTTOM) / 2)


def _gathered(line: dict[datetime, int], first: datetime, step: int, places: int) -> list[int]:
    counts = [0] * places
    for minute, cheers in line.items():
        place = min(max(int((minute - first) / MINUTE) // step, 0), places - 1)
        counts[place] += cheers
    return counts


def _points(counts: Sequence[int], most: int) -> str:
    across, up = (WIDTH - LEFT - RIGHT) / max(len(counts) - 1, 1), (HEIGHT - TOP - BOTTOM) / max(most, 1)
    return " ".join(
        f"{LEFT + place * across:.1f},{HEIGHT - BOTTOM - count * up:.1f}" for place, count in enumerate(counts)
    )

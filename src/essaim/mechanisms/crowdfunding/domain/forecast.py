"""How a campaign may end if the days to come are like those just past. Pure.

The method, which the page states: take the pledges of each of the last 14 whole days (at least 7); the days left
are drawn from the same distribution, independent of one another. The band holds eight campaigns in ten under a
normal approximation whose variance adds that of the days to come to that of the mean estimated:
m·s² + m²·s²/n for m days left and n days seen (prediction of a sum; Meeker, Hahn, Escobar, *Statistical
Intervals*, 2nd ed., 4.8). Daily counts vary at least as a Poisson count does, so s² is never below their mean.
It does not know of weekends, of the rush of the last hours or of a newspaper; it says what has been seen, prolonged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

SEEN_MOST, SEEN_LEAST = 14, 7
EIGHT_IN_TEN = 1.2815515655446004  # the normal quantile at 90 %


@dataclass(frozen=True, slots=True)
class Band:
    """What a total may come to: `low` and `high` hold eight cases in ten; `seen` days were looked at."""

    low: int
    middle: int
    high: int
    seen: int


def forecast(total: int, daily: Sequence[int], days_left: float) -> Band | None:
    """The band of the final total, or None when too few days were seen or none is left.

    `daily` holds the increase of each whole day, the latest last; `total` is where the count stands now.
    The total never falls in a forecast: `low` is at least `total`.
    """
    seen = list(daily)[-SEEN_MOST:]
    if len(seen) < SEEN_LEAST or days_left <= 0:
        return None
    mean = fmean(seen)
    spread = max(variance(seen), mean, 0.0)
    deviation = math.sqrt(days_left * spread + days_left**2 * spread / len(seen))
    middle = total + mean * days_left
    low, high = middle - EIGHT_IN_TEN * deviation, middle + EIGHT_IN_TEN * deviation
    return Band(max(total, math.floor(low)), max(total, round(middle)), max(total, math.ceil(high)), len(seen))

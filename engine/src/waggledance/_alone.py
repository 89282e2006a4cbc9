"""What seeds are worth alone: counted, so that only roots somebody tells need be sampled.

A set whose root nobody tells holds nothing but its root: it adds to the estimate what is known beforehand, that a
seed has heard the word. Where most sets are like that (few arcs pass the word on), they are not sampled. The spread
of seeds S is then Σ over S of w·P(nobody tells v), exactly, and Γ · P(a set holds one of S) for the others, whose
roots are drawn in proportion to w·P(somebody tells v), which sum to Γ. So far fewer sets are as sure, for only the
second part varies, and the θmax of the stopping rule holds with Γ in the place of the weight of all nodes (the same
Chernoff bounds, on the part that varies).

Source: Nguyen, Nguyen, Phan and Dinh, *Importance sketching of influence dynamics in billion-scale networks*, ICDM
2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ._layout import THRESHOLD
from .models import Prepared

PAYS_FROM: Final = 0.5  # share of sets of one node from which they are not sampled
_LOOKED_AT: Final = 1024  # nodes whose mean tells it
_CERTAIN: Final = 0xFFFFFFFF  # as near to 1 as a threshold comes
_RANGE: Final = 4294967296.0
_FINEST, _MOST_TICKS = 16, 1 << 16

Floats = NDArray[np.float64]
Nodes = NDArray[np.uint32]


@dataclass(frozen=True)
class Alone:
    """The worth of seeds whom nobody tells, and how the roots of all other sets are drawn.

    Attributes
    ----------
    worth : float64[n]
        The weight of each node times P(nobody tells it).
    roots : float64[n]
        Its weight times P(somebody tells it).
    total : float
        The sum of `roots`, Γ.
    """

    worth: Floats
    roots: Floats
    total: float

    def in_sets(self, size: int) -> Floats:
        """The worth of each node in sets of a pool of so many: float64[n]."""
        return self.worth * (size / self.total)


def split(prepared: Prepared, weights: Floats | None) -> Alone | None:
    """What is counted and what is sampled; None when most sets would have several nodes, or none could."""
    thresholds = prepared.records[:, THRESHOLD]
    if thresholds[:: max(1, thresholds.size // _LOOKED_AT)].mean() < PAYS_FROM * _RANGE:
        return None
    nobody = nobody_tells(prepared)
    values = np.ones(nobody.size) if weights is None else weights
    worth = values * nobody
    roots = values - worth
    total = float(roots.sum())
    return Alone(worth, roots, total) if total > 0.0 else None


def nobody_tells(prepared: Prepared) -> Floats:
    """P(no in-arc is live) of every node."""
    thresholds = prepared.records[:, THRESHOLD]
    return np.where(thresholds == _CERTAIN, 1.0, thresholds / _RANGE)


def ticks_of(worth: Floats) -> tuple[int, NDArray[np.int32]]:
    """Ticks to a set, and the worth of each node in ticks, rounded up: the greedy choice counts in whole ones."""
    most = float(worth.max(initial=0.0))
    unit = max(1, min(_FINEST, int(_MOST_TICKS / most))) if most > 0.0 else 1
    return unit, np.ceil(worth * unit).astype(np.int32)

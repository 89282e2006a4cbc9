"""How far the word goes from given seeds, read off stored sets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _bounds
from ._frames import frame


@dataclass(frozen=True)
class Spread:
    """An estimated spread.

    Attributes
    ----------
    value : float
        Expected number of nodes reached, seeds included (their weight, when nodes have weights; of those who hear a
        favourable word, under `Reluctant`).
    low, high : float
        Interval of this confidence.
    confidence : float
    seeds : int
        Number of distinct seeds.
    sets : int
        Sets looked at.
    """

    value: float
    low: float
    high: float
    confidence: float
    seeds: int
    sets: int

    def __repr__(self) -> str:
        return (
            f"Spread({self.value:,.1f} [{self.low:,.1f}, {self.high:,.1f}] at {self.confidence:.0%}, "
            f"{self.seeds:,} seeds, {self.sets:,} sets)"
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return asdict(self)

    def to_polars(self) -> Any:
        """A table of one row.

        Raises
        ------
        MissingPackage
            When polars is not installed.
        """
        return frame({name: [value] for name, value in asdict(self).items()})


def from_hits(hits: int, sets: int, own: float, total: float, seeds: int, confidence: float) -> Spread:
    """The spread when `hits` of `sets` hold a seed and begin elsewhere.

    A set that begins at a seed says nothing new: that seeds are reached is known, and is counted as `own`. Only the
    others are estimated, which makes the interval of a few seeds much shorter.
    """
    low, high = _bounds.wilson(hits, sets, confidence)
    reach = total * np.array([hits / sets, low, high])
    value, low, high = np.minimum(own + reach, total).tolist()
    return Spread(value, low, high, confidence, seeds, sets)


def from_values(
    values: NDArray[np.float64], sets: int, own: float, total: float, seeds: int, confidence: float
) -> Spread:
    """As `from_hits`, when each hit is worth between 0 and 1 (the sets left out are worth 0).

    The interval is Wilson's with as many hits as the values sum to: a value between 0 and 1 varies less than a hit of
    the same mean, so it is at least as wide as it need be.
    """
    low, high = _bounds.wilson(float(values.sum()), sets, confidence)
    reach = total * np.array([float(values.sum()) / sets, low, high])
    value, low, high = np.minimum(own + reach, total).tolist()
    return Spread(value, low, high, confidence, seeds, sets)

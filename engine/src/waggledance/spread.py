"""How far the word goes from given seeds, read off stored sets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

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
        Sets looked at: those that begin at no seed.
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


def from_hits(
    hits: float, sets: int, worth: tuple[float, float], quality: float, seeds: int, confidence: float
) -> Spread:
    """The spread when `hits` of the `sets` that begin at no seed hold one; worth is that of the seeds and of all.

    Sets that begin at a seed say nothing new: that seeds are reached is known. Only the others are estimated, which
    makes the interval of a few seeds much shorter. When a hit is worth less than 1, `hits` is the sum of the worths;
    they vary less than hits of the same mean, so Wilson's interval is wide enough.
    """
    own, total = worth
    if not sets:
        return Spread(own * quality, own * quality, own * quality, confidence, seeds, sets)
    shares = (hits / sets, *_bounds.wilson(hits, sets, confidence))
    value, low, high = (own * quality + (total - own) * share for share in shares)
    return Spread(value, low, high, confidence, seeds, sets)

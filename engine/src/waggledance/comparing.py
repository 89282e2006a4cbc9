"""Was the forecast right? Predicted sizes beside measured ones, and beside what anybody could have said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._frames import frame

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """How one forecast did.

    Attributes
    ----------
    name : str
        Whose forecast.
    mean : float
        Mean of what it predicted.
    bias : float
        Mean of predicted − measured, in members.
    mae : float
        Mean of |predicted − measured|, in members.
    log_ratio : float
        Median of |ln(predicted / measured)|: 0.69 is a factor of two.
    spearman : float
        Rank correlation with what was measured, −1 to 1; NaN when one side is constant.
    """

    name: str
    mean: float
    bias: float
    mae: float
    log_ratio: float
    spearman: float


@dataclass(frozen=True)
class Decile:
    """The cascades of one tenth, by predicted size: for a calibrated forecast both means agree."""

    count: int
    predicted: float
    measured: float


@dataclass(frozen=True)
class Comparison:
    """Forecasts beside what was measured.

    Attributes
    ----------
    count : int
        Number of cascades.
    measured : float
        Mean measured size.
    scores : tuple of Score
        The forecast first, then the baselines.
    deciles : tuple of Decile
        Of the forecast, from the smallest predictions to the largest.
    coverage : float or None
        Share of cascades whose measured size is inside the interval; of 90 % intervals, 0.9 is right.
    """

    count: int
    measured: float
    scores: tuple[Score, ...]
    deciles: tuple[Decile, ...]
    coverage: float | None = None

    @property
    def beats_baselines(self) -> bool:
        """Whether the forecast's mean error is below that of every baseline."""
        return all(self.scores[0].mae < score.mae for score in self.scores[1:])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as plain values."""
        return asdict(self) | {"beats_baselines": self.beats_baselines}

    def to_polars(self) -> Any:
        """A row per forecast (needs polars)."""
        rows = [asdict(score) for score in self.scores]
        return frame({name: [row[name] for row in rows] for name in rows[0]})

    def __repr__(self) -> str:
        head = f"{self.count:,} cascades of {self.measured:.1f} members on average"
        covered = "" if self.coverage is None else f", {self.coverage:.0%} inside the interval"
        lines = [f"{head}{covered}", f"{'':<16}{'mean':>9}{'bias':>9}{'MAE':>9}{'|ln ratio|':>12}{'Spearman':>10}"]
        for one in self.scores:
            lines.append(
                f"{one.name:<16}{one.mean:>9.1f}{one.bias:>+9.1f}{one.mae:>9.1f}{one.log_ratio:>12.2f}"
                f"{one.spearman:>10.2f}"
            )
        return "\n".join(lines)


def compare(
    predicted: ArrayLike,
    measured: ArrayLike,
    *,
    seeds: ArrayLike,
    mean_size: float,
    interval: tuple[ArrayLike, ArrayLike] | None = None,
    others: Mapping[str, ArrayLike] | None = None,
) -> Comparison:
    """Compare predicted sizes of cascades with measured ones, always beside two baselines.

    "Seeds only" predicts that nobody follows; "mean size" that every cascade is as large as past ones were on
    average. A forecast that does not beat them says nothing of single cascades, however small its bias.

    Parameters
    ----------
    predicted, measured : array_like[c]
        Sizes in members, seeds included; measured ones above 0.
    seeds : array_like[c]
        Number of seeds of each cascade.
    mean_size : float
        Mean size of the cascades that were learnt from, not of these.
    interval : (array_like[c], array_like[c]), optional
        Low and high ends of the 90 % prediction intervals.
    others : {name: array_like[c]}, optional
        Other forecasts of the same cascades.

    Returns
    -------
    Comparison

    Raises
    ------
    UnequalColumns
        When there is not one of each per cascade.
    BadParameter
        When there is no cascade, or a number is not finite, or a size not above 0.

    Examples
    --------
    >>> from waggledance import compare
    >>> compare([4, 9, 21], [5, 10, 20], seeds=[1, 2, 6], mean_size=12, interval=([2, 5, 10], [8, 9, 30]))
    3 cascades of 11.7 members on average, 67% inside the interval
                         mean     bias      MAE  |ln ratio|  Spearman
    forecast             11.3     -0.3      1.0        0.11      1.00
    seeds only            3.0     -8.7      8.7        1.61      1.00
    mean size            12.0     +0.3      5.7        0.51       nan
    """
    truth = _column("measured", measured, None)
    if not (truth > 0).all():
        row = int(np.argmin(truth > 0))
        raise errors.BadParameter(f"measured size {row} is {truth[row]:g}: a cascade has at least its seed")
    count = truth.size
    forecast = _column("predicted", predicted, count)
    rivals = {
        "forecast": forecast,
        **{name: _column(name, given, count) for name, given in (others or {}).items()},
        "seeds only": _column("seeds", seeds, count),
        "mean size": _column("mean_size", np.full(count, mean_size), count),
    }
    coverage = None
    if interval is not None:
        low, high = (_column("interval", end, count) for end in interval)
        coverage = float(((low <= truth) & (truth <= high)).mean())
    scores = tuple(_score(name, given, truth) for name, given in rivals.items())
    return Comparison(count, float(truth.mean()), scores, _deciles(forecast, truth), coverage)


def _column(name: str, given: ArrayLike, count: int | None) -> Floats:
    values = np.asarray(given, np.float64)
    if count is not None and values.shape != (count,):
        raise errors.UnequalColumns(
            f"{values.size:,} values of {name} for {count:,} measured sizes: give one of each"
        )
    if not values.size:
        raise errors.BadParameter("there is no cascade to compare: give at least one")
    if not np.isfinite(values).all():
        row = int(np.argmin(np.isfinite(values)))
        raise errors.BadParameter(f"{name} of cascade {row} is {values[row]}: give finite numbers")
    return values


def _score(name: str, given: Floats, truth: Floats) -> Score:
    error = given - truth
    ratio = float(np.median(np.abs(np.log(np.maximum(given, 1e-9) / truth))))
    return Score(
        name, float(given.mean()), float(error.mean()), float(np.abs(error).mean()), ratio, spearman(given, truth)
    )


def spearman(one: ArrayLike, other: ArrayLike) -> float:
    """Spearman's rank correlation, ties at their mean rank; NaN when one side is constant.

    Examples
    --------
    >>> spearman([1, 2, 2, 9], [3, 5, 5, 7])
    1.0
    """
    first, second = mean_ranks(np.asarray(one, np.float64)), mean_ranks(np.asarray(other, np.float64))
    first, second = first - first.mean(), second - second.mean()
    size = float(np.sqrt((first @ first) * (second @ second)))
    return round(float(first @ second) / size, 12) if size else float("nan")


def mean_ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values at the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[places]


def _deciles(forecast: Floats, truth: Floats) -> tuple[Decile, ...]:
    order = np.argsort(forecast, kind="stable")
    parts = np.array_split(order, min(10, order.size))
    return tuple(Decile(part.size, float(forecast[part].mean()), float(truth[part].mean())) for part in parts)

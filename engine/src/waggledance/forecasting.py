"""What a model says of cascades that were seen: their sizes, forecast from those who began them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._frames import frame
from ._parents import possible_parents
from .actions import ActionLog
from .cascade import simulate
from .comparing import Comparison, compare
from .models import IndependentCascade, Model

Floats = NDArray[np.float64]
BEGINNERS = ("unreached", "first")


@dataclass(frozen=True, eq=False, repr=False)
class Forecast:
    """Sizes forecast for the cascades of a log.

    Attributes
    ----------
    log : ActionLog
        The cascades.
    predicted : float64[c]
        Mean simulated size, beginners included.
    low, high : float64[c]
        The 5th and 95th hundredth of the simulated sizes: a 90 % prediction interval.
    seeds : int64[c]
        Number of beginners.
    parameters : dict
        What was asked for.
    """

    log: ActionLog
    predicted: Floats
    low: Floats
    high: Floats
    seeds: NDArray[np.int64]
    parameters: dict[str, Any]

    def compare(self, mean_size: float, others: Mapping[str, ArrayLike] | None = None) -> Comparison:
        """Beside what was measured and the baselines; `mean_size` is that of the cascades learnt from."""
        interval = (self.low, self.high)
        return compare(
            self.predicted, self.log.sizes, seeds=self.seeds, mean_size=mean_size, interval=interval, others=others
        )

    def to_dict(self) -> dict[str, Any]:
        """Sizes by cascade, and what was asked for."""
        return {
            "parameters": self.parameters,
            "predicted": self.predicted.tolist(),
            "low": self.low.tolist(),
            "high": self.high.tolist(),
            "measured": self.log.sizes.tolist(),
        }

    def to_polars(self) -> Any:
        """A row per cascade (needs polars)."""
        return frame(
            {
                "cascade": self.log.names,
                "seeds": self.seeds,
                "predicted": self.predicted,
                "low": self.low,
                "high": self.high,
                "measured": self.log.sizes,
            }
        )

    def __repr__(self) -> str:
        return (
            f"Forecast({len(self.log):,} cascades, {self.seeds.mean():.1f} beginners each, predicted "
            f"{self.predicted.mean():.1f} members each, measured {self.log.sizes.mean():.1f})"
        )


def beginners(log: ActionLog, who: str = "unreached", window: float = np.inf) -> list[NDArray[np.uint32]]:
    """Indices of those who began each cascade of a log.

    Parameters
    ----------
    log : ActionLog
    who : {"unreached", "first"}
        "unreached": all whom nobody in the graph can have told, for no in-neighbour acted before them. "first": those
        of the first moment only.
    window : float
        An in-neighbour who acted longer ago than this told nobody.

    Raises
    ------
    BadParameter
        For another `who`.
    """
    if who not in BEGINNERS:
        raise errors.BadParameter(f"who is {who!r}: say one of {', '.join(BEGINNERS)}")
    if who == "first":
        chosen = log.times == np.repeat(log.beginnings, log.sizes)
    else:
        chosen = np.diff(possible_parents(log, window).offsets) == 0
    ends = log.offsets[1:-1]
    return [part[mask] for part, mask in zip(np.split(log.nodes, ends), np.split(chosen, ends), strict=True)]


def forecast(
    log: ActionLog,
    weighted: Any,
    *,
    model: Model | None = None,
    who: str = "unreached",
    window: float = np.inf,
    runs: int = 200,
    rng_seed: int = 1,
    threads: int | None = None,
) -> Forecast:
    """Forecast the size of every cascade of a log from those who began it.

    Parameters
    ----------
    log : ActionLog
        Cascades that were not learnt from.
    weighted : Graph
        The same nodes, with probabilities as weights (`Learned.weighted`).
    model : Model, optional
        `models.IndependentCascade()` when left out.
    who, window
        See `beginners`. "unreached" gives away who joins by himself; "first" forecasts from what is known when it
        begins.
    runs : int
        Simulated cascades per cascade.
    rng_seed : int
        Of the simulations.
    threads : int, optional
        All processors when left out.

    Returns
    -------
    Forecast

    Raises
    ------
    BadParameter
        When the graph has other nodes than the log's, or a setting is outside its values.
    BadProbability
        When the weights are no probabilities.

    Examples
    --------
    >>> from waggledance import ActionLog, Graph, forecast
    >>> graph = Graph.from_edges([0, 0], [1, 2], [1.0, 0.0])
    >>> log = ActionLog.from_rows(graph, [1, 1, 1], [0, 1, 2], [0, 1, 2])
    >>> forecast(log, graph)
    Forecast(1 cascades, 1.0 beginners each, predicted 2.0 members each, measured 3.0)
    """
    if weighted.n != log.graph.n:
        raise errors.BadParameter(f"the graph has {weighted.n:,} nodes and the log's {log.graph.n:,}: give the same")
    chosen = model or IndependentCascade()
    starts = beginners(log, who, window)
    found = np.empty((3, len(log)))
    for cascade, seeds in enumerate(starts):
        names = weighted.name_of(seeds)
        sizes = simulate(weighted, names, chosen, runs=runs, rng_seed=rng_seed + cascade, threads=threads).sizes
        found[:, cascade] = sizes.mean(), *np.quantile(sizes, (0.05, 0.95))
    counts = np.array([seeds.size for seeds in starts], np.int64)
    parameters = {"model": chosen.to_dict(), "who": who, "window": window, "runs": runs, "rng_seed": rng_seed}
    return Forecast(log, found[0], found[1], found[2], counts, parameters)

"""How far the word goes: cascades simulated many times."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, log10, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._cascade import ALIKE, BY_ARC, CERTAIN, CHOSEN, walk
from ._frames import frame
from ._layout import degree_of, start_of
from ._threads import share, spans, thread_count
from .graph import Graph
from .models import ARCS, LT, UNIFORM, WC, Model, Prepared

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False, repr=False)
class Cascades:
    """What many simulated cascades came to.

    Attributes
    ----------
    seeds : ndarray[s]
        Ids of those who say it first.
    model : dict
        The model's name and parameters.
    runs : int
        Number of cascades.
    rng_seed : int
        Of the random numbers.
    sizes : uint32[runs]
        Number of nodes told, seeds included, per cascade.
    generations : float64[g]
        Mean number of nodes told at each step, the seeds at step 0.
    reach : float64[n]
        Share of the cascades in which each node was told.
    favourable_sizes : float64[runs] or None
        Expected number of nodes with a favourable word per cascade, under `models.Reluctant`.
    favourable_reach : float64[n] or None
        Probability that each node is told and finds it good, under `models.Reluctant`.
    graph : Graph
        Where it happened.
    """

    seeds: NDArray[Any]
    model: dict[str, Any]
    runs: int
    rng_seed: int
    sizes: NDArray[np.uint32]
    generations: NDArray[np.float64]
    reach: NDArray[np.float64]
    favourable_sizes: NDArray[np.float64] | None
    favourable_reach: NDArray[np.float64] | None
    graph: Graph = field(repr=False)

    @property
    def mean(self) -> float:
        """Mean number of nodes told, seeds included: the spread."""
        return float(self.sizes.mean())

    @property
    def standard_error(self) -> float:
        """Of the mean: the standard deviation of the sizes over √runs; NaN for a single run."""
        return _standard_error(self.sizes)

    @property
    def favourable(self) -> float | None:
        """Mean number of nodes with a favourable word, under `models.Reluctant`, else None."""
        return None if self.favourable_sizes is None else float(self.favourable_sizes.mean())

    @property
    def favourable_standard_error(self) -> float | None:
        """Of `favourable`."""
        return None if self.favourable_sizes is None else _standard_error(self.favourable_sizes)

    @property
    def reproduction(self) -> float:
        """R: how many others each one told tells on average, 1 − seeds / mean, below 1 in a graph that ends.

        Source: Watts and Peretti, *Viral marketing for the real world*, Harvard Business Review 85(5), 2007: a word
        started by s people reaches s / (1 − R).
        """
        return 1.0 - self.seeds.size / self.mean

    @property
    def reproduction_by_generation(self) -> NDArray[np.float64]:
        """R at each step: nodes told at step g + 1 per node told at step g, float64[g − 1].

        Source: the generation interpretation of the reproduction number, Diekmann, Heesterbeek and Metz, *J. Math.
        Biol.* 28, 1990. Above 1 the word is growing.
        """
        return self.generations[1:] / self.generations[:-1]

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Where the true mean lies with probability `level`, by the normal approximation."""
        half = NormalDist().inv_cdf((1.0 + level) / 2.0) * self.standard_error
        return self.mean - half, self.mean + half

    def to_dict(self) -> dict[str, Any]:
        """All but what is per node or per run."""
        told = {
            "model": self.model,
            "seeds": self.seeds.tolist(),
            "runs": self.runs,
            "rng_seed": self.rng_seed,
            "mean": self.mean,
            "standard_error": self.standard_error if self.runs > 1 else None,
            "quantiles": dict(zip(("5%", "50%", "95%"), np.quantile(self.sizes, (0.05, 0.5, 0.95)), strict=True)),
            "generations": self.generations.tolist(),
            "reproduction": self.reproduction,
        }
        if self.favourable is not None:
            told |= {"favourable": self.favourable, "favourable_standard_error": self.favourable_standard_error}
        return told

    def to_polars(self) -> pl.DataFrame:
        """A row per node that was ever told: `node`, `reach`, and `favourable` under `models.Reluctant`."""
        told = np.flatnonzero(self.reach)
        columns = {"node": self.graph.name_of(told), "reach": self.reach[told]}
        if self.favourable_reach is not None:
            columns["favourable"] = self.favourable_reach[told]
        return frame(columns)

    def __repr__(self) -> str:
        error = self.standard_error
        places = max(1, 1 - floor(log10(error))) if error > 0.0 else 1
        spread = f"{self.mean:,.{places}f}" + (f" ± {error:,.{places}f}" if error > 0.0 else "")
        good = "" if self.favourable is None else f", favourable {self.favourable:,.1f}"
        return (
            f"Cascades({self.seeds.size:,} seeds reach {spread} of {self.graph.n:,} nodes{good}; "
            f"R {self.reproduction:.2f}, {self.generations.size} generations, {self.runs:,} runs)"
        )


def simulate(
    graph: Graph,
    seeds: Any,
    model: Model,
    runs: int = 1000,
    rng_seed: int = 1,
    threads: int | None = None,
) -> Cascades:
    """Let the word go from the seeds, many times.

    Parameters
    ----------
    graph : Graph
        Who can tell whom.
    seeds : array_like
        Ids of those who say it first; repeated ones count once.
    model : Model
        How the word passes (see `waggledance.models`).
    runs : int
        Number of cascades.
    rng_seed : int
        The same seed gives the same cascades, on any number of threads.
    threads : int, optional
        All cores when left out. Each holds 12 bytes per node.

    Returns
    -------
    Cascades

    Raises
    ------
    NoSeeds, UnknownNode, BadProbability, BadParameter

    Notes
    -----
    Arcs of equal probability are jumped over by geometric gaps. Under the linear threshold every node chooses one
    in-arc at most, by its share, and the word follows chosen arcs, which comes to the same at every step (Kempe,
    Kleinberg and Tardos, 2003, theorem 4.6). Under `models.Reluctant` the favourable word is not drawn but counted as
    q^(d + 1) at step d, its expectation given the cascade, which has less variance.

    The arcs in the order of this model are kept until another is simulated on the graph: 8 bytes per arc, 12 under
    the linear threshold.

    Examples
    --------
    >>> from waggledance import Graph, models, simulate
    >>> graph = Graph.from_edges([0, 0, 1, 2], [1, 2, 3, 3])
    >>> simulate(graph, [0], models.Uniform(0.5), runs=10_000)
    Cascades(1 seeds reach 2.453 ± 0.011 of 4 nodes; R 0.59, 3 generations, 10,000 runs)
    """
    if not 1 <= runs < 2**32:
        raise errors.BadParameter(f"runs is {runs:,}: give from 1 to {2**32 - 1:,}")
    starters = np.unique(graph.index_of(seeds))
    if not starters.size:
        raise errors.NoSeeds("there is no seed: give at least one id")
    count = thread_count(threads)
    kind, out, prepared = _out_arcs(graph, model)
    law = (rng_seed % 2**64, prepared.p, prepared.quality)
    parts = share(lambda span: walk(kind, out, starters, span, law), spans(runs, count), count)
    return _told(graph, starters, model, (runs, rng_seed), parts)


def _told(
    graph: Graph, starters: NDArray[np.uint32], model: Model, told: tuple[int, int], parts: list[Any]
) -> Cascades:
    """Add up what the threads found: whole numbers, so that the order does not matter."""
    runs, rng_seed = told
    sizes, favourable = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    length = max(int(np.flatnonzero(part[2])[-1]) + 1 for part in parts)
    generations = np.zeros(length)
    for part in parts:
        steps = min(length, part[2].size)
        generations[:steps] += part[2][:steps]
    hits = sum(part[3].astype(np.uint64) for part in parts)
    good = sum(part[4] for part in parts)
    reluctant = good.size > 0
    return Cascades(
        seeds=graph.name_of(starters),
        model=model.to_dict(),
        runs=runs,
        rng_seed=rng_seed,
        sizes=sizes,
        generations=generations / runs,
        reach=hits / runs,
        favourable_sizes=favourable if reluctant else None,
        favourable_reach=good / (runs * 2.0**32) if reluctant else None,
        graph=graph,
    )


def _standard_error(values: NDArray[Any]) -> float:
    return float(values.std(ddof=1) / sqrt(values.size)) if values.size > 1 else float("nan")


_Out = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint32]]
_kept: WeakKeyDictionary[Graph, tuple[Model, tuple[int, _Out, Prepared]]] = WeakKeyDictionary()


def _out_arcs(graph: Graph, model: Model) -> tuple[int, _Out, Prepared]:
    """The out-arcs with their chances, kept from one simulation to the next of the same model."""
    kept = _kept.get(graph)
    if kept is None or kept[0] != model:
        kept = (model, _with_chances(graph, model.prepare(graph)))
        _kept[graph] = kept
    return kept[1]


def _with_chances(graph: Graph, prepared: Prepared) -> tuple[int, _Out, Prepared]:
    kind = {WC: BY_ARC, ARCS: BY_ARC, UNIFORM: ALIKE, LT: CHOSEN}[prepared.kind]
    if prepared.kind == UNIFORM and prepared.p >= 1.0:
        kind = BY_ARC  # gaps between certain arcs would be 0 / 0
    offsets = np.zeros(graph.n + 1, np.uint64)
    np.cumsum(graph.out_degrees, out=offsets[1:], dtype=np.uint64)
    arcs = np.empty(graph.m, np.uint64)
    shares = np.empty(graph.m if kind == CHOSEN else 0, np.uint32)
    given = prepared.probabilities if prepared.probabilities is not None else np.empty(0, np.float32)
    alike = prepared.kind == UNIFORM
    _by_source((prepared.records, prepared.neighbours), offsets.copy(), (given, alike), (arcs, shares))
    return kind, (offsets, arcs, shares), prepared


@njit(nogil=True, cache=True)
def _by_source(lists, cursor, chances, out):  # type: ignore[no-untyped-def]
    """Group the in-arcs by source, as chance << 32 | target, or base << 32 | target with the shares beside.

    Without chances they are all certain, or 1 / in-degree; bases add up in doubles, so that whole shares stay whole.
    """
    records, neighbours = lists
    given, alike = chances
    arcs, shares = out
    for node in range(records.shape[0]):
        start, degree = start_of(records, node), degree_of(records, node)
        chance = 1.0 if alike else 1.0 / max(degree, 1)
        total = 0.0
        for arc in range(start, start + degree):
            if given.size:
                chance = np.float64(given[arc])
            base = np.uint64(min(total, 1.0) * CERTAIN + 0.5)
            total += chance
            source = neighbours[arc]
            word = np.uint64(chance * CERTAIN + 0.5)
            if shares.size:
                shares[cursor[source]] = np.uint32(np.uint64(min(total, 1.0) * CERTAIN + 0.5) - base)
                word = base
            arcs[cursor[source]] = (word << np.uint64(32)) | np.uint64(node)
            cursor[source] += np.uint64(1)

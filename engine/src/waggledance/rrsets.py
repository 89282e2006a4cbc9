"""Reverse-reachable sets to keep and to ask: each is who would have reached one random node.

A node reaches another as often as it is in the other's sets, so the share of sets that hold a seed is the share of
the graph that the seeds reach. Sampled once, the sets answer for any seeds within milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._compiling import inlined, kernel
from ._cover import Counts, invert
from ._pools import Pool, Sampler
from ._request import worth
from .graph import Graph
from .models import Model
from .spread import Spread, from_hits


@dataclass(frozen=True, eq=False, repr=False)
class RRSets:
    """Sampled sets of one graph and one model.

    Attributes
    ----------
    graph : Graph
    entries : uint32[e]
        Nodes of all sets, one set after the other, its root first.
    offsets : int64[count + 1]
        Set i is `entries[offsets[i]:offsets[i + 1]]`.
    weights : float64[n] or None
        What nodes are worth; roots were drawn in proportion.
    parameters : dict
        Model, seed of the random numbers.
    steps : uint8[e]
        How far each entry is from its root, when the word may turn (`Reluctant`); empty otherwise.
    quality : float
        P(who hears a favourable word passes a favourable one).
    """

    graph: Graph
    entries: NDArray[np.uint32]
    offsets: Counts
    weights: NDArray[np.float64] | None
    parameters: dict[str, Any]
    steps: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    quality: float = 1.0

    @property
    def count(self) -> int:
        """Number of sets."""
        return self.offsets.size - 1

    @property
    def total(self) -> float:
        """Number of nodes, or their weight."""
        return float(self.graph.n) if self.weights is None else float(self.weights.sum())

    @cached_property
    def _index(self) -> tuple[Counts, NDArray[np.uint32]]:
        """Which sets each node is in."""
        starts, sets = invert(self.entries, self.offsets, self.graph.n)
        return starts, sets

    @cached_property
    def _values(self) -> NDArray[np.float64]:
        """What an entry is worth as a seed; empty when it is 1."""
        return self.quality ** (self.steps.astype(np.float64) + 1.0)

    def spread(self, seeds: Iterable[Any], *, confidence: float = 0.95) -> Spread:
        """How far the word goes from these seeds.

        Parameters
        ----------
        seeds : iterable of ids
        confidence : float
            Of the interval (Wilson's).

        Returns
        -------
        Spread

        Raises
        ------
        NoSeeds, UnknownNode

        Examples
        --------
        >>> from waggledance import Graph, models, sample
        >>> sets = sample(Graph.from_edges([0, 0, 1], [1, 2, 3], n=4), models.Uniform(0.5), 20_000)
        >>> abs(sets.spread([0]).value - 2.25) < 0.05
        True
        """
        nodes = self._nodes(seeds)
        if not 0.0 < confidence < 1.0:
            raise errors.BadParameter(f"confidence is {confidence}: give a number between 0 and 1, such as 0.95")
        own = float(nodes.size) if self.weights is None else float(self.weights[nodes].sum())
        hits, begun = _worth_beyond_roots(*self._index, (self.entries, self.offsets, self._values), nodes)
        others = self.count - int(begun)
        return from_hits(hits, others, (own, self.total), self.quality, nodes.size, confidence)

    def alone(self) -> NDArray[np.float64]:
        """Expected spread of every node as the only seed: float64[n].

        Examples
        --------
        >>> from waggledance import Graph, models, sample
        >>> sets = sample(Graph.from_edges([0, 0], [1, 2]), models.Uniform(1.0), 3_000)
        >>> sets.alone().round(1).tolist()
        [3.0, 1.0, 1.0]
        """
        own = np.ones(self.graph.n) if self.weights is None else self.weights
        hits, begun = _each_beyond_roots(self.entries, self.offsets, self._values, self.graph.n)
        return own * self.quality + hits / np.maximum(self.count - begun, 1) * (self.total - own)

    def _nodes(self, seeds: Iterable[Any]) -> NDArray[np.uint32]:
        listed = seeds if isinstance(seeds, np.ndarray) else list(seeds)
        if not len(listed):
            raise errors.NoSeeds("there is no seed: give at least one id")
        return np.unique(self.graph.index_of(listed))

    def __repr__(self) -> str:
        return f"RRSets({self.count:,} sets, {self.entries.size:,} entries, {self.graph!r})"


def sample(
    graph: Graph,
    model: Model,
    count: int,
    *,
    rng_seed: int = 1,
    threads: int | None = None,
    weights: ArrayLike | None = None,
    interleaved: bool = True,
) -> RRSets:
    """Sample sets.

    Parameters
    ----------
    graph : Graph
    model : Model
    count : int
        How many; the interval of a spread s is about 4 · n · sqrt(s / n / count) wide.
    rng_seed : int
        Set i depends on this, the graph, the model and i only.
    threads : int, optional
        All processors when left out.
    weights : array_like[n], optional
        What reaching each node is worth, 1 each when left out.
    interleaved : bool
        Whether sets are walked many at a time, to hide the waits for memory and for wrong guesses of the processor:
        the same sets, sooner. It takes 8 bytes a node and thread.

    Returns
    -------
    RRSets

    Raises
    ------
    BadParameter, BadWeight, UnequalColumns, EmptyGraph

    Examples
    --------
    >>> from waggledance import Graph, models, sample
    >>> sample(Graph.from_edges([0, 1], [1, 2]), models.WeightedCascade(), 100)
    RRSets(100 sets, 211 entries, Graph(n=3, m=2, unweighted, ids 0 … 2))
    """
    if count < 1:
        raise errors.BadParameter(f"count is {count}: ask for at least one set")
    values, _ = worth(graph, weights)
    prepared = model.prepare(graph)
    options: dict[str, Any] = {"interleaved": interleaved, "steps": prepared.quality < 1.0}
    sampler = Sampler(prepared, rng_seed=rng_seed, threads=threads, weights=values, **options)
    pool = Pool()
    pool.extend(sampler.parts(0, 0, count))
    parameters = {"model": model.to_dict(), "rng_seed": rng_seed}
    return RRSets(graph, pool.entries, pool.offsets, values, parameters, pool.steps, prepared.quality)


@kernel
def _worth_beyond_roots(starts, sets, pool, seeds):  # type: ignore[no-untyped-def]
    """How many sets hold a seed and begin at none (what the nearest is worth, with values); how many begin at one."""
    entries, offsets, values = pool
    met = np.zeros(offsets.size - 1, np.bool_)
    total = 0.0
    own = 0
    for seed in seeds:
        for at in range(starts[seed], starts[np.int64(seed) + 1]):
            index = sets[at]
            if met[index]:
                continue
            met[index] = True
            begin = offsets[index]
            if _is_among(seeds, entries[begin]):
                own += 1
                continue
            if values.size == 0:
                total += 1.0
                continue
            while not _is_among(seeds, entries[begin]):  # entries are in the order of their distance
                begin += 1
            total += values[begin]
    return total, own


@inlined
def _is_among(ordered, node):  # type: ignore[no-untyped-def]
    place = np.searchsorted(ordered, node)
    return place < ordered.size and ordered[place] == node


@kernel
def _each_beyond_roots(entries, offsets, values, nodes):  # type: ignore[no-untyped-def]
    """In how many sets each node is without being the root (with values, what it is worth); of how many it is."""
    counts = np.zeros(nodes, np.float64)
    begun = np.zeros(nodes, np.int64)
    for index in range(offsets.size - 1):
        begun[entries[offsets[index]]] += 1
        for at in range(offsets[index] + 1, offsets[index + 1]):
            counts[entries[at]] += values[at] if values.size else 1.0
    return counts, begun

"""Communities that do not overlap: everybody in one, for the map of the whole."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._frames import frame
from ._threads import thread_count
from .graph import Graph

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Community:
    """One community.

    Attributes
    ----------
    index, size : int
        Its number, and how many members it has.
    modularity : float
        What it adds to the modularity of the whole.
    conductance : float
        Share of its ties that lead out of it, 0 to 1.
    members : tuple
        Their ids.
    """

    index: int
    size: int
    modularity: float
    conductance: float
    members: tuple[Any, ...]

    def __repr__(self) -> str:
        some = ", ".join(map(repr, self.members[:6])) + (", …" if self.size > 6 else "")
        return (
            f"Community({self.index}: {self.size} members, modularity {self.modularity:.3f}, "
            f"conductance {self.conductance:.2f}: {some})"
        )

    def to_dict(self) -> dict[str, Any]:
        """The community as plain values."""
        return {**vars(self), "members": list(self.members)}


@dataclass(frozen=True, eq=False, repr=False)
class Partition:
    """Communities, the largest first.

    Attributes
    ----------
    graph : Graph
        Ids are its.
    labels : uint32[n]
        The community of every node.
    offsets : int64[k + 1]
        Community `c` has the members `members[offsets[c]:offsets[c + 1]]`.
    members : uint32[n]
        Indices, increasing within a community.
    contributions : float64[k]
        What each adds to the modularity, at the resolution asked for.
    conductance : float64[k]
        Share of each one's ties that lead out of it.
    parameters : dict
        What was asked for.
    """

    graph: Graph
    labels: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    members: NDArray[np.uint32]
    contributions: Floats
    conductance: Floats
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members per community: int64[k]."""
        return np.diff(self.offsets)

    @property
    def modularity(self) -> float:
        """Share of ties inside communities, less what chance would put there (Newman and Girvan, 2004)."""
        return float(self.contributions.sum())

    def __len__(self) -> int:
        return self.offsets.size - 1

    def __getitem__(self, index: int) -> Community:
        if not 0 <= index < len(self):
            raise IndexError(f"there is no community {index}: they go from 0 to {len(self) - 1}")
        inside = self.members[self.offsets[index] : self.offsets[index + 1]]
        names = tuple(self.graph.name_of(inside).tolist())
        return Community(index, len(names), float(self.contributions[index]), float(self.conductance[index]), names)

    def of(self, node: Any) -> Community:
        """The community of one member. Raises UnknownNode."""
        return self[int(self.labels[self.graph.index_of(node)[0]])]

    def to_dict(self) -> dict[str, Any]:
        """Every community with its members' ids, and what was asked for."""
        return {
            "parameters": self.parameters,
            "modularity": self.modularity,
            "communities": [self[index].to_dict() for index in range(len(self))],
        }

    def to_polars(self) -> Any:
        """A row per member: `member`, `community` (needs polars)."""
        return frame({"member": self.graph.name_of(np.arange(self.graph.n)), "community": self.labels})

    def __repr__(self) -> str:
        sizes = self.sizes
        return (
            f"Partition({len(self):,} communities of {sizes.min():,} to {sizes.max():,} members, "
            f"modularity {self.modularity:.3f})"
        )


def partition(
    graph: Graph,
    *,
    resolution: float = 1.0,
    rounds: int = 3,
    threads: int | None = None,
    rng_seed: int = 1,
) -> Partition:
    """Communities that do not overlap, by networkit's ParallelLeiden: those of great modularity.

    networkit is an optional package: `pip install 'waggledance[communities]'`.

    Parameters
    ----------
    graph : Graph
        Taken in both directions, the weights of opposite arcs added up.
    resolution : float
        Above 1 gives smaller communities.
    rounds : int
        Rounds of the algorithm.
    threads : int, optional
        All processors when left out.
    rng_seed : int
        Seed of networkit's random numbers.

    Returns
    -------
    Partition

    Raises
    ------
    EmptyGraph
        When there is no node.
    BadParameter
        When the resolution or the rounds are not above 0.
    MissingPackage
        When networkit is not there.

    Notes
    -----
    With `threads=1` the same `rng_seed` gives the same communities. With more, threads race, and members on the
    border of two communities may fall either way: keep what was found, and name the next run's communities after it
    (`stable_names`).

    The greatest modularity is not the truth: in a large graph it joins communities smaller than about √(2 · ties)
    (Fortunato and Barthélemy, PNAS 104, 2007). For small and overlapping ones use `circles`.

    Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9, 2019.

    Examples
    --------
    >>> from waggledance import Graph, partition
    >>> pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    >>> partition(Graph.from_edges(*zip(*pairs), undirected=True), threads=1)
    Partition(2 communities of 3 to 3 members, modularity 0.357)
    """
    if not resolution > 0 or rounds < 1:
        raise errors.BadParameter(f"resolution is {resolution}, rounds {rounds}: both are above 0")
    if not graph.n:
        raise errors.EmptyGraph("the graph has no node: there is nobody to put in a community")
    both = graph.undirected()
    parameters = {"resolution": resolution, "rounds": rounds, "rng_seed": rng_seed}
    labels = _leiden(both, resolution, rounds, (thread_count(threads), rng_seed))
    return described(graph, both, labels, resolution, parameters)


def described(
    graph: Graph, both: Graph, labels: NDArray[Any], resolution: float, parameters: dict[str, Any]
) -> Partition:
    """Number communities by size, and measure each."""
    _, places, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    ranks = np.empty(order.size, np.uint32)
    ranks[order] = np.arange(order.size, dtype=np.uint32)
    numbers = ranks[places]
    offsets = np.zeros(order.size + 1, np.int64)
    np.cumsum(sizes[order], out=offsets[1:])
    members = np.argsort(numbers, kind="stable").astype(np.uint32)
    weights = np.empty(0, np.float32) if both.in_weights is None else both.in_weights
    inside, degrees = np.zeros(order.size), np.zeros(order.size)
    _measure((both.in_offsets.view(np.int64), both.in_neighbours, weights), numbers, inside, degrees)
    total = degrees.sum()
    contributions = inside / total - resolution * (degrees / total) ** 2 if total else np.zeros(order.size)
    outside = np.divide(degrees - inside, degrees, out=np.zeros(order.size), where=degrees > 0)
    return Partition(graph, numbers, offsets, members, contributions, outside, parameters)


def _leiden(both: Graph, resolution: float, rounds: int, run: tuple[int, int]) -> NDArray[np.int64]:
    try:
        import networkit
    except ImportError:
        raise errors.MissingPackage("networkit", "partition(method='leiden')", "communities") from None
    threads, rng_seed = run
    before = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(threads)
    networkit.setSeed(rng_seed, True)
    try:
        given = _as_networkit(networkit, both)
        leiden = networkit.community.ParallelLeiden(given, iterations=rounds, randomize=threads > 1, gamma=resolution)
        leiden.run()
        return np.asarray(leiden.getPartition().getVector(), np.int64)
    finally:
        networkit.setNumberOfThreads(before)


def _as_networkit(networkit: Any, both: Graph) -> Any:
    """networkit's own graph: every tie once."""
    weights = np.empty(0, np.float32) if both.in_weights is None else both.in_weights
    ends = np.empty((2, both.m // 2), np.uint64)
    kept = np.empty(both.m // 2 if weights.size else 0)
    _once(both.in_offsets.view(np.int64), both.in_neighbours, weights, ends, kept)
    if not weights.size:
        return networkit.GraphFromCoo((ends[0], ends[1]), n=both.n, weighted=False, directed=False)
    return networkit.GraphFromCoo((kept, (ends[0], ends[1])), n=both.n, weighted=True, directed=False)


@njit(nogil=True, cache=True)
def _once(offsets, neighbours, weights, ends, kept):
    """Every tie of a symmetric graph from its lower end to its higher, and its weight."""
    found = 0
    for node in range(offsets.size - 1):
        for place in range(offsets[node], offsets[node + 1]):
            if neighbours[place] < node:
                ends[0, found], ends[1, found] = neighbours[place], node
                if weights.size:
                    kept[found] = weights[place]
                found += 1


@njit(nogil=True, cache=True)
def _measure(lists, labels, inside, degrees):
    """Weight of the arcs inside each community, and of all arcs of its members."""
    offsets, neighbours, weights = lists
    for node in range(labels.size):
        for place in range(offsets[node], offsets[node + 1]):
            weight = np.float64(weights[place]) if weights.size else 1.0
            degrees[labels[node]] += weight
            if labels[neighbours[place]] == labels[node]:
                inside[labels[node]] += weight

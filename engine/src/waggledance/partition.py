"""Communities that do not overlap: everybody in one, for the map of the whole."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._frames import frame
from ._threads import thread_count
from .graph import Graph

Floats = NDArray[np.float64]
ROUNDS: Final = {"modularity": 3, "flow": 6}  # when they are not given


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
    objective: str = "modularity",
    resolution: float = 1.0,
    rounds: int | None = None,
    threads: int | None = None,
    rng_seed: int = 1,
) -> Partition:
    """Communities that do not overlap: those of great modularity, or those in which a walk along ties stays.

    networkit is an optional package: `pip install 'waggledance[communities]'`.

    Parameters
    ----------
    graph : Graph
        Taken in both directions, the weights of opposite arcs added up.
    objective : "modularity" or "flow"
        Great modularity (networkit's ParallelLeiden): some large communities, for the map of the whole. Or a short
        description of a random walk (the map equation, networkit's LouvainMapEquation): many small ones.
    resolution : float
        Of modularity: above 1 gives smaller communities.
    rounds : int, optional
        Rounds of the algorithm at most, 3 for modularity and 6 for flow when left out. Where communities hardly stand
        out, flow finds a little more with 32, in up to twice the time.
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
        When the resolution or the rounds are not above 0, the objective is neither, or flow is given a resolution.
    MissingPackage
        When networkit is not there.

    Notes
    -----
    With `threads=1` the same `rng_seed` gives the same communities. With more, threads race, and members on the
    border of two communities may fall either way: keep what was found, and name the next run's communities after it
    (`stable_names`).

    The greatest modularity is not the truth: in a large graph it joins communities smaller than about √(2 · ties)
    (Fortunato and Barthélemy, PNAS 104, 2007). Flow does not: of a million members in planted communities of 20 to
    100 it finds all, where modularity finds 0.82 of what there is to know (mutual information). Yet modularity is
    what `partition` goes by unless told otherwise: a network of friends has circles within circles, and flow tells
    hundreds of small ones where a map wants a few dozen; on LastFM modularity also agrees better with the members'
    countries (0.63 against 0.52), and where hardly anything is apart flow leaves most in one (Twitch). Ask for flow
    when communities are small and everybody is in one; for small ones that overlap use `circles`.

    Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9, 2019. Rosvall and Bergstrom, "Maps of
    random walks on complex networks reveal community structure", PNAS 105, 2008.

    Examples
    --------
    >>> from waggledance import Graph, partition
    >>> pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    >>> partition(Graph.from_edges(*zip(*pairs), undirected=True), threads=1)
    Partition(2 communities of 3 to 3 members, modularity 0.357)

    Three hundred groups of four in a ring: modularity joins neighbours, flow does not.

    >>> ring = [(4 * c + i, 4 * c + j) for c in range(300) for i in range(4) for j in range(i)]
    >>> ring += [(4 * c, (4 * c + 7) % 1200) for c in range(300)]
    >>> joined = Graph.from_edges(*zip(*ring), undirected=True)
    >>> len(partition(joined, threads=1)) < 100, len(partition(joined, objective="flow", threads=1))
    (True, 300)
    """
    rounds = _checked(objective, resolution, rounds)
    if not graph.n:
        raise errors.EmptyGraph("the graph has no node: there is nobody to put in a community")
    both = graph.undirected()
    parameters = {"objective": objective, "resolution": resolution, "rounds": rounds, "rng_seed": rng_seed}
    labels = _found(both, (objective, resolution, rounds), thread_count(threads), rng_seed)
    return described(graph, both, labels, resolution, parameters)


def _checked(objective: str, resolution: float, rounds: int | None) -> int:
    """The rounds, or why the question cannot be answered."""
    if objective not in ROUNDS:
        raise errors.BadParameter(f"objective is {objective!r}: give 'modularity' or 'flow'")
    rounds = ROUNDS[objective] if rounds is None else rounds
    if not resolution > 0 or rounds < 1:
        raise errors.BadParameter(f"resolution is {resolution}, rounds {rounds}: both are above 0")
    if objective == "flow" and resolution != 1.0:
        raise errors.BadParameter("flow has no resolution: leave it out, or ask for modularity")
    return rounds


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


def _found(both: Graph, wanted: tuple[str, float, int], threads: int, rng_seed: int) -> NDArray[np.int64]:
    """The community of every node, by networkit."""
    try:
        import networkit
    except ImportError:
        raise errors.MissingPackage("networkit", "partition", "communities") from None
    before = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(threads)
    networkit.setSeed(rng_seed, True)
    try:
        given = _as_networkit(networkit, both)
        algorithm = _algorithm(networkit.community, given, wanted, threads)
        algorithm.run()
        return np.asarray(algorithm.getPartition().getVector(), np.int64)
    finally:
        networkit.setNumberOfThreads(before)


def _algorithm(community: Any, given: Any, wanted: tuple[str, float, int], threads: int) -> Any:
    objective, resolution, rounds = wanted
    if objective == "flow":
        return community.LouvainMapEquation(given, False, rounds, "relaxmap" if threads > 1 else "none")
    return community.ParallelLeiden(given, iterations=rounds, randomize=threads > 1, gamma=resolution)


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

"""Micro-communities, overlapping: one person is in several, as in life.

Ego-splitting (Epasto, Lattanzi and Paes Leme, "Ego-splitting framework: from non-overlapping to overlapping
clusters", KDD 2017): group the friends around every member, split the member into one persona per group, and group
the personas. Both groupings are label propagation in a fixed order, so the result is the same on every run and on any
number of threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _egonets, _personas, errors
from ._covers import by_member
from ._frames import frame
from ._threads import share, thread_count
from ._ties import BROADCASTER, Ties, ties_of
from .graph import Graph

_PART = 4096  # members per task


@dataclass(frozen=True)
class Circle:
    """One circle.

    Attributes
    ----------
    index : int
        Its number among the circles of the run.
    size : int
        Number of members.
    cohesion : float
        Ties that hold it, as a share of the pairs of its members, 0 to 1.
    members : tuple
        Their ids.
    """

    index: int
    size: int
    cohesion: float
    members: tuple[Any, ...]

    def __repr__(self) -> str:
        some = ", ".join(map(repr, self.members[:6])) + (", …" if self.size > 6 else "")
        return f"Circle({self.index}: {self.size} members, cohesion {self.cohesion:.2f}: {some})"

    def to_dict(self) -> dict[str, Any]:
        """The circle as plain values."""
        return {"index": self.index, "size": self.size, "cohesion": self.cohesion, "members": list(self.members)}


@dataclass(frozen=True)
class Link:
    """Two circles of one member, and the others who are in both.

    Attributes
    ----------
    first, second : int
        Numbers of the circles.
    members : tuple
        Ids of the people, other than the member, who are in both.
    """

    first: int
    second: int
    members: tuple[Any, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Circles:
    """Everybody's circles, the largest first.

    Attributes
    ----------
    graph : Graph
        The graph they were found in: ids are its.
    offsets : int64[k + 1]
        Circle `c` has the members `members[offsets[c]:offsets[c + 1]]`.
    members : uint32
        Indices of members, increasing within a circle.
    ties : uint32[k]
        Ties that hold each circle.
    personas : int
        Nodes of the persona graph.
    broadcasters : int
        Members left out for having too many ties.
    parameters : dict
        What was asked for.

    Examples
    --------
    Ann is in two circles:

    >>> from waggledance import Graph, circles
    >>> pairs = [("ann", "bob"), ("ann", "cid"), ("bob", "cid"), ("ann", "dee"), ("ann", "eve"), ("dee", "eve")]
    >>> found = circles(Graph.from_edges(*zip(*pairs), undirected=True))
    >>> found
    Circles(2 of 3 to 3 members; 5 of 5 members in at least one, 1.20 circles each; cohesion 1.00)
    >>> found.of("bob")
    (Circle(0: 3 members, cohesion 1.00: 'ann', 'bob', 'cid'),)
    >>> [circle.members for circle in found.of("ann")]
    [('ann', 'bob', 'cid'), ('ann', 'dee', 'eve')]
    """

    graph: Graph
    offsets: NDArray[np.int64]
    members: NDArray[np.uint32]
    ties: NDArray[np.uint32]
    personas: int
    broadcasters: int
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of members per circle: int64[k]."""
        return np.diff(self.offsets)

    @property
    def cohesion(self) -> NDArray[np.float64]:
        """Ties that hold a circle per pair of its members: float64[k]."""
        sizes = self.sizes.astype(np.float64)
        return self.ties / (sizes * (sizes - 1) / 2)

    def __len__(self) -> int:
        return self.offsets.size - 1

    def __getitem__(self, index: int) -> Circle:
        if not 0 <= index < len(self):
            raise IndexError(f"there is no circle {index}: they go from 0 to {len(self) - 1}")
        inside = self.members[self.offsets[index] : self.offsets[index + 1]]
        names = tuple(self.graph.name_of(inside).tolist())
        pairs = len(names) * (len(names) - 1) / 2
        return Circle(index, len(names), float(self.ties[index]) / pairs, names)

    @cached_property
    def _by_member(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Circles per member: starts, then circle numbers."""
        return by_member(self.offsets, self.members, self.graph.n)

    def numbers_of(self, node: Any) -> NDArray[np.uint32]:
        """Numbers of the circles one member is in, increasing."""
        starts, owners = self._by_member
        index = int(self.graph.index_of(node)[0])
        return owners[starts[index] : starts[index + 1]]

    def of(self, node: Any) -> tuple[Circle, ...]:
        """The circles one member is in, the largest first.

        Raises
        ------
        UnknownNode
            When the id is not one of the graph's.
        """
        return tuple(self[int(index)] for index in self.numbers_of(node))

    def links_of(self, node: Any) -> tuple[Link, ...]:
        """Who else is in two circles of one member: the people who link them.

        Examples
        --------
        >>> from waggledance import Graph, circles
        >>> from waggledance.planted import planted_overlap
        >>> plan = planted_overlap(200, rng_seed=2)
        >>> found = circles(plan.graph)
        >>> all(link.first < link.second for node in range(200) for link in found.links_of(node))
        True
        """
        mine = self.of(node)
        links = []
        for place, one in enumerate(mine):
            for other in mine[place + 1 :]:
                both = sorted(set(one.members) & set(other.members) - {_plain(node)})
                if both:
                    links.append(Link(one.index, other.index, tuple(both)))
        return tuple(links)

    def to_dict(self) -> dict[str, Any]:
        """Every circle with its members' ids, and what was asked for."""
        return {
            "parameters": self.parameters,
            "personas": self.personas,
            "broadcasters": self.broadcasters,
            "circles": [self[index].to_dict() for index in range(len(self))],
        }

    def to_polars(self) -> Any:
        """A row per circle and member: `circle`, `member`, `size`, `cohesion` (needs polars)."""
        sizes = self.sizes
        return frame(
            {
                "circle": np.repeat(np.arange(len(self), dtype=np.uint32), sizes),
                "member": self.graph.name_of(self.members),
                "size": np.repeat(sizes, sizes),
                "cohesion": np.repeat(self.cohesion, sizes),
            }
        )

    def __repr__(self) -> str:
        if not len(self):
            return f"Circles(none; {self.graph.n:,} members)"
        inside = np.unique(self.members).size
        sizes = self.sizes
        return (
            f"Circles({len(self):,} of {sizes.min()} to {sizes.max():,} members; {inside:,} of {self.graph.n:,} "
            f"members in at least one, {self.members.size / inside:.2f} circles each; "
            f"cohesion {self.cohesion.mean():.2f})"
        )


def circles(
    graph: Graph,
    *,
    broadcaster: int = BROADCASTER,
    declared: Iterable[Sequence[Any]] = (),
    smallest: int = 3,
    roomy: int = 150,
    threads: int | None = None,
) -> Circles:
    """The overlapping micro-communities of a graph, by ego-splitting.

    Time grows with the sum over members of their friends' numbers of friends; memory is about 40 bytes per tie. The
    result depends on the graph and the parameters only, not on `threads`. The first call on a machine compiles for
    some seconds.

    Parameters
    ----------
    graph : Graph
        Ties count the same in both directions; weights are not read.
    broadcaster : int
        A member with more ties than this speaks to an audience: his ties are not ties between friends, and he is in
        no circle unless he declared one.
    declared : iterable of sequences of ids
        Circles that members declared; each enters as ties between all its members.
    smallest : int
        Circles with fewer members are left out; at least 2.
    roomy : int
        A circle with more members than this asks one tie more of whoever joins it, for every ten above. About 150
        people can know each other (Dunbar, Journal of Human Evolution 22, 1992).
    threads : int, optional
        Threads for the grouping of friends; all processors when left out.

    Returns
    -------
    Circles

    Raises
    ------
    EmptyGraph
        When the graph has no node.
    BadParameter
        When a setting is outside its values, or a declared circle has more members than `broadcaster`.
    UnknownNode
        When a declared circle names somebody who is not in the graph.

    Notes
    -----
    Epasto, Lattanzi and Paes Leme, KDD 2017. Here the friends of a member are grouped together with the people near
    him whom he should know (see `waggledance._egonets`), which helps when ties are missing.

    Examples
    --------
    Four friends whose ties are not all known, and the same after they declared their circle:

    >>> from waggledance import Graph, circles
    >>> graph = Graph.from_edges([0, 1, 2], [1, 2, 3], undirected=True)
    >>> len(circles(graph))
    0
    >>> circles(graph, declared=[[0, 1, 2, 3]]).of(0)
    (Circle(0: 4 members, cohesion 1.00: 0, 1, 2, 3),)
    """
    if smallest < 2:
        raise errors.BadParameter(f"smallest is {smallest}: a circle has at least 2 members")
    if roomy < 1:
        raise errors.BadParameter(f"roomy is {roomy}: a number of members from 1 up")
    ties = ties_of(graph, broadcaster=broadcaster, declared=declared)
    groups, counts = _group_friends(ties, threads)
    firsts = np.zeros(ties.n + 1, np.int64)
    np.cumsum(counts, out=firsts[1:])
    starts, others = _personas.persona_graph((ties.offsets, ties.neighbours), groups, firsts)
    del groups
    labels = _personas.spread_labels(starts, others, roomy)
    held = _personas.count_ties(starts, others, labels)
    del starts, others
    offsets, members, names = _largest_first(*_personas.gather(labels, firsts, smallest))
    parameters = {"broadcaster": broadcaster, "smallest": smallest, "roomy": roomy}
    return Circles(graph, offsets, members, held[names], int(firsts[-1]), ties.broadcasters, parameters)


def _group_friends(ties: Ties, threads: int | None) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """Every member's friends grouped: a group per tie, and how many groups per member."""
    lists = (ties.spans, ties.neighbours)
    setting = (ties.n, _egonets.chance(ties.offsets))
    found = (np.empty(ties.neighbours.size, np.uint16), np.zeros(ties.n, np.int32))
    parts = [(start, min(start + _PART, ties.n)) for start in range(0, ties.n, _PART)]
    share(lambda part: _egonets.group_all(lists, part, setting, found), parts, thread_count(threads))
    return found


def _largest_first(
    starts: NDArray[np.int64], members: NDArray[np.uint32], names: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]:
    sizes = np.diff(starts)
    order = np.argsort(-sizes, kind="stable")
    offsets = np.zeros(starts.size, np.int64)
    np.cumsum(sizes[order], out=offsets[1:])
    places = np.repeat(starts[:-1][order] - offsets[:-1], sizes[order]) + np.arange(members.size)
    return offsets, members[places], names[order]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value

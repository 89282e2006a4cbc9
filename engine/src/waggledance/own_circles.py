"""One member's own circles, in microseconds: on a graph, or kept up to date while ties are written."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import _egonets, errors
from ._ties import BROADCASTER, ties_of
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class OwnCircles:
    """The friends of one member in groups, each group a circle around him.

    Attributes
    ----------
    graph : Graph
        Ids are its.
    node : int
        Index of the member.
    friends : uint32[d]
        Indices, increasing.
    groups : int32[d]
        Group of each friend, 0 … g − 1.
    outside : int32[d]
        Ties of each friend to friends in other groups: who has some links the circles.
    sizes : int32[g]
        Friends per group.
    held : int32[g]
        Ties among the friends of a group.

    Examples
    --------
    >>> from waggledance import Graph, circles_of
    >>> pairs = [("ann", "bob"), ("ann", "cid"), ("bob", "cid"), ("ann", "dee"), ("ann", "eve"), ("dee", "eve")]
    >>> circles_of(Graph.from_edges(*zip(*pairs), undirected=True), "ann")
    OwnCircles('ann': ['bob', 'cid'], ['dee', 'eve']; 0 friends in none; linked by nobody)
    """

    graph: Graph
    node: int
    friends: NDArray[np.uint32]
    groups: NDArray[np.int32]
    outside: NDArray[np.int32]
    sizes: NDArray[np.int32]
    held: NDArray[np.int32]

    @property
    def circles(self) -> tuple[tuple[Any, ...], ...]:
        """Ids of the friends in every group of two or more: with the member, circles of three or more."""
        return tuple(self._names_in(int(group)) for group in np.flatnonzero(self.sizes > 1))

    @property
    def alone(self) -> tuple[Any, ...]:
        """Ids of the friends who are in no circle."""
        return tuple(self.graph.name_of(self.friends[self.sizes[self.groups] == 1]).tolist())

    @property
    def cohesion(self) -> NDArray[np.float64]:
        """Ties among a circle's members, its owner included, per pair of them: float64, one per circle."""
        sizes, held = self.sizes[self.sizes > 1].astype(np.float64), self.held[self.sizes > 1]
        return (held + sizes) / (sizes * (sizes + 1) / 2)

    @property
    def linkers(self) -> tuple[Any, ...]:
        """Ids of the friends with ties into another circle, those with the most ties first."""
        order = np.argsort(-self.outside, kind="stable")
        return tuple(self.graph.name_of(self.friends[order[self.outside[order] > 0]]).tolist())

    def _names_in(self, group: int) -> tuple[Any, ...]:
        return tuple(self.graph.name_of(self.friends[self.groups == group]).tolist())

    def to_dict(self) -> dict[str, Any]:
        """The circles by ids, their cohesion, who is in none and who links them."""
        circles = [
            {"size": len(names) + 1, "cohesion": float(cohesion), "friends": list(names)}
            for names, cohesion in zip(self.circles, self.cohesion, strict=True)
        ]
        member = self.graph.name_of([self.node]).tolist()[0]
        return {"member": member, "circles": circles, "alone": list(self.alone), "linkers": list(self.linkers)}

    def __repr__(self) -> str:
        told = self.to_dict()
        groups = ", ".join(str(circle["friends"]) for circle in told["circles"]) or "no circle"
        linked = ", ".join(map(repr, told["linkers"][:5])) or "nobody"
        return f"OwnCircles({told['member']!r}: {groups}; {len(told['alone'])} friends in none; linked by {linked})"


class LiveTies:
    """Ties that are written one at a time, and any member's own circles as they are now.

    Lists have room to grow; one that is full moves to the end. Memory is about twice that of the graph. Not to be
    written from two threads at once.

    Parameters
    ----------
    graph : Graph
        The ties to begin with; its members are those there are.
    broadcaster : int
        Members with more ties than this are left out now; one who goes past it later is left out of the next.

    Raises
    ------
    EmptyGraph, BadParameter

    Examples
    --------
    >>> from waggledance import Graph, LiveTies
    >>> live = LiveTies(Graph.from_edges(["ann", "ann", "cid"], ["bob", "cid", "dee"], undirected=True))
    >>> live.tie("bob", "cid")
    True
    >>> live.circles_of("ann")
    OwnCircles('ann': ['bob', 'cid']; 0 friends in none; linked by nobody)
    >>> live.untie("bob", "cid")
    True
    >>> live.circles_of("ann")
    OwnCircles('ann': no circle; 2 friends in none; linked by nobody)
    """

    def __init__(self, graph: Graph, *, broadcaster: int = BROADCASTER) -> None:
        ties = ties_of(graph, broadcaster=broadcaster)
        self.graph = graph
        self._spans = ties.spans
        self._neighbours = ties.neighbours
        self._ends = self._spans[:, 1].copy()  # up to where each list may grow
        self._used = ties.neighbours.size
        self._total = float(ties.neighbours.size)
        degrees = np.diff(ties.offsets).astype(np.float64)
        self._squares = float((degrees * degrees).sum())
        self._owned = False

    def tie(self, one: Any, other: Any) -> bool:
        """Write a tie; False when it was there already. Raises UnknownNode, SelfLoop."""
        first, second = self._pair(one, other)
        if not self._insert(first, second):
            return False
        self._insert(second, first)
        self._recount(first, second, 1)
        return True

    def untie(self, one: Any, other: Any) -> bool:
        """Strike a tie out; False when there was none. Raises UnknownNode, SelfLoop."""
        first, second = self._pair(one, other)
        self._own()
        if not _remove(self._spans, self._neighbours, first, second):
            return False
        _remove(self._spans, self._neighbours, second, first)
        self._recount(first, second, -1)
        return True

    def circles_of(self, node: Any) -> OwnCircles:
        """One member's circles as they are now. Raises UnknownNode."""
        index = _index(self.graph, node)
        total = self._total
        kappa = (self._squares - total) / (total * total) if total else 0.0
        return _found(self.graph, index, (self._spans, self._neighbours, kappa))

    def _pair(self, one: Any, other: Any) -> tuple[int, int]:
        first, second = _index(self.graph, one), _index(self.graph, other)
        if first == second:
            raise errors.SelfLoop(f"a tie from {one!r} to itself: give two members")
        return first, second

    def _own(self) -> None:
        if not self._owned:  # the first write copies what was shared with the graph
            self._neighbours = self._neighbours.copy()
            self._owned = True

    def _insert(self, node: int, friend: int) -> bool:
        self._own()
        start, end = self._spans[node].tolist()
        if end == self._ends[node]:
            room = 2 * (end - start) + 4
            if self._used + room > self._neighbours.size:
                self._neighbours = np.concatenate([self._neighbours, np.empty(self._used // 4 + room, np.uint32)])
            self._neighbours[self._used : self._used + end - start] = self._neighbours[start:end]
            self._spans[node] = self._used, self._used + end - start
            self._ends[node] = self._used + room
            self._used += room
        return bool(_insert(self._spans, self._neighbours, node, friend))

    def _recount(self, first: int, second: int, step: int) -> None:
        """Keep Σ k and Σ k², after the degrees of two members went up or down by one."""
        self._total += 2 * step
        for node in (first, second):
            degree = float(self._spans[node, 1] - self._spans[node, 0])
            self._squares += degree * degree - (degree - step) * (degree - step)

    def __repr__(self) -> str:
        return f"LiveTies({self.graph.n:,} members, {int(self._total) // 2:,} ties)"


_KEPT = threading.local()
_READY: WeakKeyDictionary[Graph, dict[int, Any]] = WeakKeyDictionary()


def circles_of(graph: Graph, node: Any, *, broadcaster: int = BROADCASTER) -> OwnCircles:
    """One member's own circles: his friends, grouped by who knows whom.

    The first call on a graph looks at all its ties once; the next take microseconds.

    Parameters
    ----------
    graph : Graph
        Ties count the same in both directions.
    node : id
        The member.
    broadcaster : int
        Members with more ties than this are nobody's friends.

    Raises
    ------
    UnknownNode
        When the id is not one of the graph's.
    BadParameter
        When `broadcaster` is not a number of ties.

    Notes
    -----
    See `waggledance.circles` for everybody's, `LiveTies` for a graph that changes.

    Examples
    --------
    >>> from waggledance import Graph, circles_of
    >>> own = circles_of(Graph.from_edges([0, 0, 1, 0], [1, 2, 2, 3], undirected=True), 0)
    >>> own.circles, own.alone
    (((1, 2),), (3,))
    """
    index = _index(graph, node)
    ready = _READY.get(graph)
    if ready is None:
        ready = _READY[graph] = {}
    if broadcaster not in ready:
        ties = ties_of(graph, broadcaster=broadcaster)
        ready[broadcaster] = ties.spans, ties.neighbours, float(_egonets.chance(ties.offsets))
    return _found(graph, index, ready[broadcaster])


def _found(graph: Graph, index: int, ties: tuple[NDArray[np.int64], NDArray[np.uint32], float]) -> OwnCircles:
    spans, neighbours, kappa = ties
    friends, each, groups = _egonets.one_member(spans, neighbours, index, graph.n, kappa, _scratch())
    return OwnCircles(graph, index, friends, each[0], each[1], groups[0], groups[1])


def _scratch() -> Any:
    """Memory to group one member's friends in, of this thread."""
    try:
        return _KEPT.scratch
    except AttributeError:
        _KEPT.scratch = _egonets.room(*_egonets.COMMON)
        return _KEPT.scratch


def _index(graph: Graph, node: Any) -> int:
    if graph.names is None and type(node) is int and 0 <= node < graph.n:
        return node
    return int(graph.index_of(node)[0])


@njit(nogil=True, cache=True)
def _insert(spans, neighbours, node, friend):
    """Put a friend in his place of a list that has room; False when he is there."""
    start, end = spans[node, 0], spans[node, 1]
    at = end
    while at > start and neighbours[at - 1] >= friend:
        at -= 1
    if at < end and neighbours[at] == friend:
        return False
    for place in range(end, at, -1):
        neighbours[place] = neighbours[place - 1]
    neighbours[at] = friend
    spans[node, 1] = end + 1
    return True


@njit(nogil=True, cache=True)
def _remove(spans, neighbours, node, friend):
    """Take a friend out of a list; False when he is not there."""
    end = spans[node, 1]
    for place in range(spans[node, 0], end):
        if neighbours[place] == friend:
            for at in range(place, end - 1):
                neighbours[at] = neighbours[at + 1]
            spans[node, 1] = end - 1
            return True
    return False

"""The ties between friends: who knows whom, in both directions, without broadcasters, declared circles included."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from .building import build_lists
from .graph import Graph

BROADCASTER: Final = 1_500
_WIDEST = 65_000  # clusters of one member are numbered in 16 bits


@dataclass(frozen=True, eq=False)
class Ties:
    """Symmetric lists of friends, increasing within a member.

    Attributes
    ----------
    offsets : int64[n + 1]
    neighbours : uint32[2 × ties]
    broadcasters : int
        How many members were left out for having too many ties.
    """

    offsets: NDArray[np.int64]
    neighbours: NDArray[np.uint32]
    broadcasters: int = 0

    @property
    def n(self) -> int:
        """Number of members."""
        return self.offsets.size - 1

    @property
    def count(self) -> int:
        """Number of ties."""
        return self.neighbours.size // 2

    @property
    def spans(self) -> NDArray[np.int64]:
        """Where each list starts and ends: int64[n, 2]."""
        return np.stack([self.offsets[:-1], self.offsets[1:]], axis=1)


def ties_of(graph: Graph, *, broadcaster: int = BROADCASTER, declared: Iterable[Sequence[Any]] = ()) -> Ties:
    """The ties of a graph: its arcs in both directions, broadcasters' left out, then declared circles added.

    Parameters
    ----------
    graph : Graph
        A graph given in both directions is used as it is; another is symmetrised.
    broadcaster : int
        A member with more ties than this speaks to an audience: none of these ties is one between friends.
    declared : iterable of sequences of ids
        Circles that members declared: all their members know each other.

    Raises
    ------
    EmptyGraph, BadParameter, UnknownNode
    """
    check_broadcaster(broadcaster)
    if not graph.n:
        raise errors.EmptyGraph("the graph has no node: there is nobody to draw a circle around")
    offsets, neighbours = _both_ways(graph)
    broadcasters = int(np.count_nonzero(np.diff(offsets) > broadcaster))
    if broadcasters:
        offsets, neighbours = _without(offsets, neighbours, broadcaster)
    pairs = _declared_pairs(graph, declared, broadcaster)
    if pairs[0].size:
        offsets, neighbours = _with_pairs(offsets, neighbours, pairs)
    return Ties(offsets, neighbours, broadcasters)


def check_broadcaster(broadcaster: int) -> None:
    """Refuse a limit on ties that cannot be one."""
    if not 1 <= broadcaster <= _WIDEST:
        raise errors.BadParameter(
            f"broadcaster is {broadcaster:,}: a number of ties from 1 to {_WIDEST:,} (1,500 when left out)"
        )


def _both_ways(graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    both = Graph(graph.in_records, graph.in_neighbours).undirected()
    return both.in_offsets.view(np.int64), both.in_neighbours


def _declared_pairs(
    graph: Graph, declared: Iterable[Sequence[Any]], broadcaster: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    lefts, rights = [np.empty(0, np.uint32)], [np.empty(0, np.uint32)]
    for row, circle in enumerate(declared):
        members = np.unique(graph.index_of(circle))
        if members.size > broadcaster:
            raise errors.BadParameter(
                f"declared circle {row} has {members.size:,} members: more than {broadcaster:,} do not all know each "
                "other; declare the smaller circles inside it"
            )
        left, right = np.triu_indices(members.size, 1)
        lefts.append(members[left])
        rights.append(members[right])
    return np.concatenate(lefts), np.concatenate(rights)


def _with_pairs(
    offsets: NDArray[np.int64], neighbours: NDArray[np.uint32], pairs: tuple[NDArray[np.uint32], NDArray[np.uint32]]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    n = offsets.size - 1
    owners = np.repeat(np.arange(n, dtype=np.uint32), np.diff(offsets))
    columns = (np.concatenate([owners, pairs[0]]), np.concatenate([neighbours, pairs[1]]), None)
    both = Graph(*build_lists(columns, n, undirected=True, duplicates="sum", loops="drop"))
    return both.in_offsets.view(np.int64), both.in_neighbours


def _without(
    offsets: NDArray[np.int64], neighbours: NDArray[np.uint32], broadcaster: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    kept = np.zeros(offsets.size, np.int64)
    _count_kept(offsets, neighbours, broadcaster, kept)
    np.cumsum(kept, out=kept)
    fewer = np.empty(int(kept[-1]), np.uint32)
    _copy_kept(offsets, neighbours, broadcaster, (kept, fewer))
    return kept, fewer


@njit(nogil=True, cache=True)
def _count_kept(offsets, neighbours, broadcaster, kept):
    for node in range(offsets.size - 1):
        if offsets[node + 1] - offsets[node] > broadcaster:
            continue
        for place in range(offsets[node], offsets[node + 1]):
            other = np.int64(neighbours[place])
            if offsets[other + 1] - offsets[other] <= broadcaster:
                kept[node + 1] += 1


@njit(nogil=True, cache=True)
def _copy_kept(offsets, neighbours, broadcaster, lists):
    starts, fewer = lists
    for node in range(offsets.size - 1):
        to = starts[node]
        if to == starts[node + 1]:
            continue
        for place in range(offsets[node], offsets[node + 1]):
            other = np.int64(neighbours[place])
            if offsets[other + 1] - offsets[other] <= broadcaster:
                fewer[to] = neighbours[place]
                to += 1

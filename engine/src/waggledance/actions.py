"""What was seen: who passed on which word, when, and from whom if it is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._layout import NOBODY
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class ActionLog:
    """Cascades as they were seen: in each, members act once, in the order of time.

    Make one with `ActionLog.from_rows`.

    Attributes
    ----------
    graph : Graph
        Members are its nodes.
    names : ndarray[c]
        Ids of the cascades, in the order in which they begin.
    offsets : int64[c + 1]
        Cascade `i`'s actions are at `offsets[i]:offsets[i + 1]`.
    nodes : uint32[a]
        Who acts.
    times : float64[a]
        When, in any unit, not decreasing within a cascade.
    parents : uint32[a] or None
        Who passed it on to him, 2**32 − 1 for nobody; None when that was not recorded.

    Examples
    --------
    >>> from waggledance import ActionLog, Graph
    >>> graph = Graph.from_edges(["ann", "bob"], ["bob", "cid"])
    >>> log = ActionLog.from_rows(graph, [7, 7, 7, 8], ["bob", "ann", "cid", "ann"], [2.0, 1.0, 3.0, 5.0])
    >>> log
    ActionLog(2 cascades, 4 actions of 3 members, mean size 2.0, parents unknown)
    >>> log.graph.name_of(log.nodes).tolist()
    ['ann', 'bob', 'cid', 'ann']
    """

    graph: Graph
    names: NDArray[Any]
    offsets: NDArray[np.int64]
    nodes: NDArray[np.uint32]
    times: NDArray[np.float64]
    parents: NDArray[np.uint32] | None = None

    @classmethod
    def from_rows(
        cls, graph: Graph, cascades: ArrayLike, nodes: Any, times: ArrayLike, parents: Any = None
    ) -> ActionLog:
        """A log from its rows, in any order.

        Parameters
        ----------
        graph : Graph
            Every member who acts is one of its nodes.
        cascades : array_like[rows]
            Id of the cascade: what is passed on (a word, a link, a campaign).
        nodes : array_like[rows]
            Id of who acts. A member who acts again in a cascade is counted at his first action.
        times : array_like[rows]
            When: finite numbers in any unit.
        parents : array_like[rows], optional
            Id of who passed it on to him; None (or NaN) for nobody.

        Raises
        ------
        UnequalColumns, UnknownNode, BadRow
            BadRow for a time that is no number and for a parent who did not act earlier in the cascade.
        """
        places, given = graph.index_of(nodes), np.asarray(times, np.float64)
        names, owners = np.unique(np.asarray(cascades), return_inverse=True)
        _check_columns({"nodes": places, "times": given, "cascades": owners})
        _check_times(given)
        chosen = None if parents is None else _parent_indices(graph, parents, places.size)
        order = np.lexsort((np.arange(given.size), given, owners))
        first = np.sort(order[_is_first(owners[order], places[order], graph.n)]) if order.size else order
        order = first[np.lexsort((first, given[first], owners[first]))]
        log = cls(
            graph,
            names,
            _offsets_of(owners[order], names.size),
            places[order],
            given[order],
            None if chosen is None else chosen[order],
        )
        log._check_parents()
        return log._in_order_of_beginning()

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members who acted, per cascade: int64[c]."""
        return np.diff(self.offsets)

    @property
    def beginnings(self) -> NDArray[np.float64]:
        """Time of the first action of each cascade."""
        return self.times[self.offsets[:-1]]

    @cached_property
    def activity(self) -> NDArray[np.int64]:
        """Number of cascades in which each node acts: int64[n]."""
        return np.bincount(self.nodes, minlength=self.graph.n)

    def take(self, which: ArrayLike) -> ActionLog:
        """The log of some cascades: indices or a mask, in the order given."""
        chosen = np.arange(len(self))[np.asarray(which)]
        sizes = self.sizes[chosen]
        offsets = np.zeros(chosen.size + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        places = np.repeat(self.offsets[chosen] - offsets[:-1], sizes) + np.arange(offsets[-1])
        parents = None if self.parents is None else self.parents[places]
        return ActionLog(self.graph, self.names[chosen], offsets, self.nodes[places], self.times[places], parents)

    def split_by_time(self, share: float = 0.8) -> tuple[ActionLog, ActionLog]:
        """The cascades that began first, and the later ones.

        Never at random: with cascades on both sides of the same days, what is tested would have been learnt.

        Parameters
        ----------
        share : float
            Share of the cascades in the first log. Cascades that begin together stay together, in the second.

        Raises
        ------
        BadParameter
            When one side would be empty.

        Notes
        -----
        An earlier cascade may still run when a later one begins; cut its tail with `before` when that matters.

        Examples
        --------
        >>> from waggledance import ActionLog, Graph
        >>> graph = Graph.from_edges([0], [1])
        >>> log = ActionLog.from_rows(graph, ["a", "b", "c"], [0, 1, 0], [3.0, 1.0, 2.0])
        >>> [part.names.tolist() for part in log.split_by_time(0.67)]
        [['b', 'c'], ['a']]
        """
        beginnings = self.beginnings
        cut = min(max(int(share * len(self)), 0), len(self))
        if cut < len(self):
            cut = int(np.searchsorted(beginnings, beginnings[cut], side="left"))
        if not 0 < cut < len(self):
            raise errors.BadParameter(
                f"share is {share} of {len(self)} cascades: one side would be empty (cascades that begin "
                "together are not parted); choose another share"
            )
        return self.take(np.arange(cut)), self.take(np.arange(cut, len(self)))

    def before(self, time: float) -> ActionLog:
        """What was seen before a time; cascades that had not begun are left out.

        Examples
        --------
        >>> from waggledance import ActionLog, Graph
        >>> log = ActionLog.from_rows(Graph.from_edges([0], [1]), ["a", "a", "b"], [0, 1, 0], [1.0, 3.0, 2.5])
        >>> log.before(2.0)
        ActionLog(1 cascade, 1 action of 1 member, mean size 1.0, parents unknown)
        """
        seen = self.times < time
        owners = np.repeat(np.arange(len(self)), self.sizes)[seen]
        parents = None if self.parents is None else self.parents[seen]
        offsets = _offsets_of(owners, len(self))
        cut = ActionLog(self.graph, self.names, offsets, self.nodes[seen], self.times[seen], parents)
        return cut.take(cut.sizes > 0)

    def __len__(self) -> int:
        return self.names.size

    def __repr__(self) -> str:
        members = int(np.count_nonzero(self.activity))
        known = "unknown" if self.parents is None else f"known of {np.count_nonzero(self.parents != NOBODY):,}"
        return (
            f"ActionLog({_counted(len(self), 'cascade')}, {_counted(self.nodes.size, 'action')} of "
            f"{_counted(members, 'member')}, mean size {self.nodes.size / max(len(self), 1):.1f}, parents {known})"
        )

    def _in_order_of_beginning(self) -> ActionLog:
        return self.take(np.argsort(self.beginnings, kind="stable"))

    def _check_parents(self) -> None:
        if self.parents is None:
            return
        row = int(_first_orphan(self.offsets, self.nodes, self.times, self.parents, self.graph.n))
        if row >= 0:
            child, parent = self.graph.name_of([self.nodes[row], self.parents[row]]).tolist()
            cascade = self.names[np.searchsorted(self.offsets, row, side="right") - 1]
            raise errors.BadRow(
                f"in cascade {cascade}, {child!r} has it from {parent!r}, who did not act there before: give the "
                "parent's action too, or None for the parent"
            )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + "s" * (count != 1)


def _offsets_of(owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owners, minlength=count), out=offsets[1:])
    return offsets


def _check_columns(columns: dict[str, NDArray[Any]]) -> None:
    sizes = {name: column.size for name, column in columns.items()}
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{size:,} {name}" for name, size in sizes.items())
        raise errors.UnequalColumns(f"{said}: give one of each per row")


def _check_times(times: NDArray[np.float64]) -> None:
    fine = np.isfinite(times)
    if not fine.all():
        row = int(np.argmin(fine))
        raise errors.BadRow(f"row {row} has time {times[row]}: give a finite number, or drop the row")


def _parent_indices(graph: Graph, parents: Any, rows: int) -> NDArray[np.uint32]:
    listed = list(parents)
    if len(listed) != rows:
        raise errors.UnequalColumns(f"{len(listed):,} parents for {rows:,} rows: give one per row, None for nobody")
    known = np.array([one is not None and one == one for one in listed], bool)  # NaN is not itself
    found = np.full(rows, NOBODY, np.uint32)
    if known.any():
        found[known] = graph.index_of([one for one, here in zip(listed, known, strict=True) if here])
    return found


@njit(nogil=True, cache=True)
def _is_first(owners, nodes, n):  # type: ignore[no-untyped-def]
    """Whether each row is the first of its node in its cascade; rows are sorted by cascade and time."""
    last = np.full(n, -1, np.int64)
    first = np.zeros(owners.size, np.bool_)
    for row in range(owners.size):
        first[row] = last[nodes[row]] != owners[row]
        last[nodes[row]] = owners[row]
    return first


@njit(nogil=True, cache=True)
def _first_orphan(offsets, nodes, times, parents, n):  # type: ignore[no-untyped-def]
    """The first row whose parent did not act before it in its cascade, −1 when there is none."""
    acted = np.full(n, -1, np.int64)
    when = np.zeros(n)
    for cascade in range(offsets.size - 1):
        for row in range(offsets[cascade], offsets[cascade + 1]):
            acted[nodes[row]] = cascade
            when[nodes[row]] = times[row]
        for row in range(offsets[cascade], offsets[cascade + 1]):
            parent = parents[row]
            if parent != NOBODY and (acted[parent] != cascade or when[parent] > times[row] or parent == nodes[row]):
                return row
    return -1

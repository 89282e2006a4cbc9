"""The graph: immutable, directed, weighted, as lists of in-neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._layout import MAX_NODES, Records, offsets_of, start_of
from ._names import Indices, Names, as_ids, encode, unequal, unknown
from .building import build_lists, is_symmetric

if TYPE_CHECKING:
    from typing import Self

    from .reading import Edges


@dataclass(frozen=True, eq=False, repr=False)
class OutArcs:
    """The arcs grouped by source.

    Attributes
    ----------
    offsets : uint64[n + 1]
        Node `u`'s arcs are at `offsets[u]:offsets[u + 1]`.
    targets : uint32[m]
        Where each leads, increasing within a node.
    arcs : uint32[m] or uint64[m]
        Its position among the in-arcs: per-arc values follow as `values[arcs]`.
    """

    offsets: NDArray[np.uint64]
    targets: NDArray[np.uint32]
    arcs: NDArray[np.uint32] | NDArray[np.uint64]

    def __repr__(self) -> str:
        return f"OutArcs(n={self.offsets.size - 1:,}, m={self.targets.size:,})"


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """A directed graph; an arc u → v means that the word can pass from u to v.

    Make one with `Graph.from_edges` or `Graph.open`; the fields are for algorithms.

    Attributes
    ----------
    in_records : uint32[n, 4]
        Per node: start of its in-list (low and high word), in-degree, P(no live in-arc) under the weighted cascade as
        a fraction of 2**32.
    in_neighbours : uint32[m]
        Sources, grouped by target, increasing within a target.
    in_weights : float32[m] or None
        A weight per arc (a count or a probability: models say how they read it), or None.
    names : Names or None
        The ids of the nodes; None when they are 0 … n−1.

    Examples
    --------
    >>> from waggledance import Graph
    >>> graph = Graph.from_edges(["ann", "ann", "bob"], ["bob", "cid", "cid"])
    >>> graph
    Graph(n=3, m=3, unweighted, ids 'ann' … 'cid')
    >>> graph.in_degrees.tolist()
    [0, 1, 2]
    >>> graph.name_of(graph.in_neighbours[graph.in_offsets[2]:]).tolist()
    ['ann', 'bob']
    """

    in_records: Records
    in_neighbours: NDArray[np.uint32]
    in_weights: NDArray[np.float32] | None = None
    names: Names | None = None

    @classmethod
    def from_edges(
        cls,
        sources: Any,
        targets: ArrayLike | None = None,
        weights: ArrayLike | None = None,
        *,
        n: int | None = None,
        undirected: bool = False,
        duplicates: str = "sum",
        loops: str = "drop",
    ) -> Self:
        """A graph from its arcs.

        Parameters
        ----------
        sources : array_like[m], table, Edges or path
            Where each arc starts: ids of any type. Or a polars, pandas or Arrow table, whose columns `source`,
            `target` and `weight` are taken (else its first two), or the path of a file, or what
            `waggledance.reading.read_edges` makes of one with the settings of your choice.
        targets : array_like[m], optional
            Where each arc leads; left out with a table or a path.
        weights : array_like[m], optional
            Finite numbers, zero or more.
        n : int, optional
            Number of nodes; ids are then the indices 0 … n−1, those without an arc included.
        undirected : bool
            Take every row in both directions.
        duplicates : {"sum", "first", "max", "refuse"}
            What becomes of the weights of an arc given twice. Without weights repeated arcs are one arc.
        loops : {"drop", "refuse"}
            What becomes of an arc from a node to itself.

        Returns
        -------
        Graph
            With ids 0 … n−1 as they are; other ids numbered in their own order.

        Raises
        ------
        EmptyGraph, UnequalColumns, UnknownNode, BadWeight, TooManyNodes, DuplicateArc, SelfLoop
            Each naming the row, the value and the remedy.

        Examples
        --------
        >>> Graph.from_edges([0, 0, 1], [1, 1, 2], [0.5, 0.25, 1.0]).in_weights.tolist()
        [0.75, 1.0]
        """
        first = 0
        if targets is None:
            edges = _edges_of(sources)
            sources, targets, weights, first = edges.sources, edges.targets, edges.weights, edges.first
            n = n if n is not None else edges.n
        left, right, names, count = _encode(sources, targets, n, first)
        values = _weights_of(weights, left.size)
        lists = build_lists((left, right, values), count, undirected=undirected, duplicates=duplicates, loops=loops)
        return cls(*lists, names)

    @property
    def n(self) -> int:
        """Number of nodes."""
        return self.in_records.shape[0]

    @property
    def m(self) -> int:
        """Number of arcs."""
        return self.in_neighbours.size

    @cached_property
    def in_offsets(self) -> NDArray[np.uint64]:
        """Where each in-list starts, and the end of the last: uint64[n + 1]."""
        return offsets_of(self.in_records)

    @cached_property
    def in_degrees(self) -> NDArray[np.uint32]:
        """Number of in-arcs per node: uint32[n]."""
        return np.ascontiguousarray(self.in_records[:, 2])

    @cached_property
    def out_degrees(self) -> NDArray[np.uint32]:
        """Number of out-arcs per node: uint32[n]."""
        return _count_sources(self.in_neighbours, self.n)

    @cached_property
    def out(self) -> OutArcs:
        """The arcs grouped by source, built when first asked for: 8 bytes per arc more (12 above 4 G arcs)."""
        offsets = np.zeros(self.n + 1, np.uint64)
        np.cumsum(self.out_degrees, out=offsets[1:], dtype=np.uint64)
        wide = self.m >= 2**32
        arcs = np.empty(self.m, np.uint64) if wide else np.empty(self.m, np.uint32)
        targets = np.empty(self.m, np.uint32)
        _turn(self.in_records, self.in_neighbours, offsets, (targets, arcs))
        return OutArcs(offsets, targets, arcs)

    @cached_property
    def in_targets(self) -> NDArray[np.uint32]:
        """The target of every in-arc, in the order of `in_neighbours`: uint32[m]."""
        return np.repeat(np.arange(self.n, dtype=np.uint32), self.in_degrees)

    def index_of(self, ids: Any) -> Indices:
        """Indices of ids (or of one id): uint32[k].

        Raises
        ------
        UnknownNode
            For the first id that is not of the graph.

        Examples
        --------
        >>> Graph.from_edges(["ann", "bob"], ["bob", "cid"]).index_of(["cid", "ann"]).tolist()
        [2, 0]
        """
        asked = as_ids(ids)
        if self.names is not None:
            return self.names.index_of(asked)
        if asked.size and asked.dtype.kind not in "iu":
            raise unknown(asked[0], range(self.n))
        outside = (asked < 0) | (asked >= self.n)
        if outside.any():
            raise unknown(asked[np.argmax(outside)], range(self.n))
        return asked.astype(np.uint32)

    def name_of(self, indices: ArrayLike) -> NDArray[Any]:
        """Ids of indices, as an array.

        Examples
        --------
        >>> Graph.from_edges(["ann", "bob"], ["bob", "cid"]).name_of([1]).tolist()
        ['bob']
        """
        places = np.atleast_1d(np.asarray(indices))
        outside = (places < 0) | (places >= self.n) if places.size else np.zeros(0, bool)
        if outside.any():
            raise errors.UnknownNode(
                f"no node has index {places[np.argmax(outside)]}: indices go from 0 to {self.n - 1}"
            )
        return places.astype(np.int64) if self.names is None else self.names.ids[places]

    def undirected(self) -> Graph:
        """The symmetrised graph: every arc in both directions, the weights of opposite arcs added up.

        The graph itself when it has no weights and every arc has its opposite already.

        Examples
        --------
        >>> Graph.from_edges([0, 1], [1, 2]).undirected()
        Graph(n=3, m=4, unweighted, ids 0 … 2)
        """
        if self.in_weights is None and is_symmetric(self.in_offsets.view(np.int64), self.in_neighbours):
            return self
        columns = (self.in_neighbours, self.in_targets, self.in_weights)
        lists = build_lists(columns, self.n, undirected=True, duplicates="sum", loops="drop")
        return Graph(*lists, self.names)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the graph to a file that `Graph.open` maps into memory (see `waggledance.storing`)."""
        from .storing import save

        save(self, path)

    @staticmethod
    def open(path: str | PathLike[str]) -> Graph:
        """The graph kept in a file: read when touched, shared between processes (see `waggledance.storing`)."""
        from .storing import load

        return load(path)

    def __repr__(self) -> str:
        weighted = "unweighted" if self.in_weights is None else "weighted"
        if not self.n:
            return "Graph(n=0)"
        first, last = self.name_of([0, self.n - 1]).tolist()
        return f"Graph(n={self.n:,}, m={self.m:,}, {weighted}, ids {first!r} … {last!r})"


def _edges_of(given: Any) -> Edges:
    from .reading import Edges, columns_of_table, read_edges

    if isinstance(given, Edges):
        return given
    return read_edges(given) if isinstance(given, (str, PathLike)) else Edges(*columns_of_table(given))


def _encode(sources: Any, targets: Any, n: int | None, first: int) -> tuple[Indices, Indices, Names | None, int]:
    if n is None:
        left, right, names, count = encode(sources, targets)
        if not count:
            raise errors.EmptyGraph("there is no arc: give at least one, or the number of nodes as n")
        return left, right, names, count
    if not 0 < n <= MAX_NODES:
        kind = errors.EmptyGraph if n <= 0 else errors.TooManyNodes
        raise kind(f"n is {n:,}: indices are 32 bits wide, give from 1 to {MAX_NODES:,} nodes")
    left, right, _ = checked_columns(sources, targets, None, n, first=first)
    return left, right, Names(np.arange(first, n + first)) if first else None, n


def checked_columns(
    sources: Any, targets: Any, weights: Any, n: int, row: int = 0, first: int = 0
) -> tuple[Indices, Indices, NDArray[np.float32] | None]:
    """Columns of indices below `n`, refused as `Graph.from_edges` refuses; `row` is the number of the first."""
    left, right = (
        _as_indices(one, n, name, (first, row)) for one, name in ((sources, "source"), (targets, "target"))
    )
    if left.size != right.size:
        raise unequal(left.size, right.size)
    return left, right, _weights_of(weights, left.size, row)


def _as_indices(given: Any, n: int, column: str, starts: tuple[int, int]) -> Indices:
    first, before = starts
    array = as_ids(given)
    if array.dtype.kind not in "iu":
        raise errors.UnknownNode(f"{column} {array[0]!r} is no index: leave n out to use ids of any type")
    if array.size and (int(array.min()) < first or int(array.max()) >= n + first):
        row = int(np.argmax((array < first) | (array >= n + first)))
        raise errors.UnknownNode(
            f"row {before + row} has {column} {array[row]}: with n = {n:,} ids go from {first} to {n + first - 1:,}; "
            "raise n or leave it out"
        )
    return np.ascontiguousarray(array - first if first else array, dtype=np.uint32)


def _weights_of(given: ArrayLike | None, rows: int, before: int = 0) -> NDArray[np.float32] | None:
    if given is None:
        return None
    try:
        with np.errstate(over="ignore"):  # what is too large becomes infinite, and is refused by its row
            values = np.ascontiguousarray(given, dtype=np.float32)
    except (TypeError, ValueError) as refusal:
        raise errors.BadWeight(f"weights are not all numbers ({refusal}): mend the column") from None
    if values.size != rows:
        raise errors.UnequalColumns(f"{values.size:,} weights for {rows:,} arcs: give one weight per arc")
    fine = np.isfinite(values) & (values >= 0)
    if not fine.all():
        row = int(np.argmin(fine))
        raise errors.BadWeight(
            f"row {before + row} has weight {values[row]}: weights are finite and not negative; mend or drop the row"
        )
    return values


@njit(nogil=True, cache=True)
def _count_sources(neighbours, n):  # type: ignore[no-untyped-def]
    counts = np.zeros(n, np.uint32)
    for source in neighbours:
        counts[source] += np.uint32(1)
    return counts


@njit(nogil=True, cache=True)
def _turn(records, neighbours, offsets, out):  # type: ignore[no-untyped-def]
    """Group the in-arcs by source; targets come out increasing because they are walked so."""
    targets, arcs = out
    cursor = offsets[:-1].copy()
    for node in range(records.shape[0]):
        start = start_of(records, node)
        for arc in range(start, start + np.int64(records[node, 2])):
            source = neighbours[arc]
            place = cursor[source]
            cursor[source] = place + np.uint64(1)
            targets[place] = node
            arcs[place] = arc

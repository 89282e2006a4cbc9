"""Who may have passed the word on to whom: in-neighbours who acted before, in the same cascade."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ._layout import degree_of, start_of
from .actions import ActionLog


@dataclass(frozen=True, eq=False)
class Parents:
    """The possible parents of every action.

    Attributes
    ----------
    offsets : int64[a + 1]
        Action `i` may have come along the arcs `arcs[offsets[i]:offsets[i + 1]]`.
    arcs : int64
        Positions among the graph's in-arcs.
    exposures : int64[m]
        Per arc: cascades in which its source acted while its target had not acted yet.
    """

    offsets: NDArray[np.int64]
    arcs: NDArray[np.int64]
    exposures: NDArray[np.int64]


def possible_parents(log: ActionLog, window: float = np.inf) -> Parents:
    """The possible parents of every action of a log: those who acted before, at most `window` before.

    Linear in the in-degrees of those who act.
    """
    graph = log.graph
    lists = (graph.in_records, graph.in_neighbours)
    rows = (log.offsets, log.nodes, log.times)
    offsets = np.zeros(log.nodes.size + 1, np.int64)
    scratch = (np.full(graph.n, -1, np.int64), np.zeros(graph.n))
    late = np.zeros(graph.m, np.int64)
    _find(lists, rows, window, scratch, (offsets, np.empty(0, np.int64), late))
    np.cumsum(offsets, out=offsets)
    arcs = np.empty(int(offsets[-1]), np.int64)
    if arcs.size:
        scratch[0][:] = -1
        _find(lists, rows, window, scratch, (offsets, arcs, late))
    late = log.activity[graph.in_neighbours] - late
    return Parents(offsets, arcs, late)


@njit(nogil=True, cache=True)
def _find(lists, rows, window, scratch, out):
    """Count the possible parents of every action (and sources that come too late, per arc), then list them."""
    records, neighbours = lists
    starts, nodes, times = rows
    seen, when = scratch
    offsets, arcs, late = out
    listing = arcs.size > 0
    for cascade in range(starts.size - 1):
        for row in range(starts[cascade], starts[cascade + 1]):
            seen[nodes[row]] = cascade
            when[nodes[row]] = times[row]
        for row in range(starts[cascade], starts[cascade + 1]):
            first = start_of(records, nodes[row])
            place = offsets[row]
            for arc in range(first, first + degree_of(records, nodes[row])):
                source = neighbours[arc]
                if seen[source] != cascade:
                    continue
                if when[source] >= times[row]:
                    if not listing:
                        late[arc] += 1
                elif times[row] - when[source] <= window:
                    if listing:
                        arcs[place] = arc
                        place += 1
                    else:
                        offsets[row + 1] += 1

"""From arrays of arcs to lists of in-neighbours: a counting sort by target, then every list sorted and merged.

The rule on repeated arcs: with weights, their weights are added up ("sum"), or the first or the greatest is kept, or
they are refused; without weights, repeated arcs are one arc. Arcs from a node to itself are dropped, or refused.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._layout import Records, records_of

RULES: Final = ("sum", "first", "max", "refuse")
_SUM, _FIRST, _MAX, _REFUSE = range(4)
_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

Columns = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float32] | None]
Lists = tuple[Records, NDArray[np.uint32], NDArray[np.float32] | None]


def build_lists(columns: Columns, n: int, *, undirected: bool, duplicates: str, loops: str) -> Lists:
    """Records, in-neighbours and weights of the arcs given.

    Parameters
    ----------
    columns : (uint32[m], uint32[m], float32[m] or None)
        Sources, targets (indices below `n`) and weights.
    n : int
        Number of nodes.
    undirected : bool
        Count every arc in both directions.
    duplicates : {"sum", "first", "max", "refuse"}
        What becomes of an arc given twice.
    loops : {"drop", "refuse"}
        What becomes of an arc from a node to itself.

    Returns
    -------
    (uint32[n, 4], uint32[m'], float32[m'] or None)
        Lists sorted by source, each source once.

    Raises
    ------
    DuplicateArc, SelfLoop
        When refused ones are met.
    """
    rule = rule_of(duplicates, loops)
    if loops == "refuse":
        _refuse_loops(columns[0], columns[1])
    offsets, neighbours, values = _sorted_lists(columns, (0, n), rule, undirected)
    return records_of(offsets, -1.0), neighbours, values


def build_ranges(
    columns: Columns, low: int, high: int, rule: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.float32] | None]:
    """In-degrees, in-neighbours and weights of the targets `low` … `high` − 1, to which all the arcs given lead."""
    offsets, neighbours, values = _sorted_lists(columns, (low, high), rule, False)
    return np.diff(offsets), neighbours, values


def _sorted_lists(
    columns: Columns, span: tuple[int, int], rule: int, undirected: bool
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.float32] | None]:
    sources, targets, weights = columns
    starts = _count(sources, targets, span, undirected)
    neighbours = np.empty(int(starts[-1]), np.uint32)
    values = np.empty(neighbours.size if weights is not None else 0, np.float32)
    given = weights if weights is not None else np.empty(0, np.float32)
    _scatter((sources, targets, given), (starts, span[0]), (neighbours, values), undirected)
    offsets, refused = _sort_and_merge(starts, neighbours, values, rule)
    if refused >= 0:
        target = span[0] + int(np.searchsorted(starts, refused, side="right")) - 1
        raise errors.DuplicateArc(
            f"the arc {int(neighbours[refused])} → {target} is given more than once: drop one of them, "
            'or say duplicates="sum", "first" or "max"'
        )
    size = int(offsets[-1])
    neighbours.resize(size, refcheck=False)
    values.resize(size if weights is not None else 0, refcheck=False)
    return offsets, neighbours, values if weights is not None else None


def rule_of(duplicates: str, loops: str) -> int:
    """The number of the rule on repeated arcs; both settings are checked."""
    if duplicates not in RULES:
        raise errors.BadParameter(f"duplicates is {duplicates!r}: say one of {', '.join(RULES)}")
    if loops not in ("drop", "refuse"):
        raise errors.BadParameter(f"loops is {loops!r}: say drop or refuse")
    return RULES.index(duplicates)


def _refuse_loops(sources: NDArray[np.uint32], targets: NDArray[np.uint32]) -> None:
    row = int(np.argmax(sources == targets)) if sources.size else 0
    if sources.size and sources[row] == targets[row]:
        raise errors.SelfLoop(
            f"row {row} leads from node {int(sources[row])} to itself: remove it, or say loops='drop'"
        )


@njit(nogil=True, cache=True)
def _count(sources, targets, span, undirected):  # type: ignore[no-untyped-def]
    """Where each target's list starts, loops left out; the list's end is the next one's start."""
    low, high = span
    n = high - low
    starts = np.zeros(n + 1, np.int64)
    for row in range(sources.size):
        source, target = np.int64(sources[row]), np.int64(targets[row])
        if source != target:
            starts[target - low + 1] += 1
            if undirected:
                starts[source - low + 1] += 1
    for node in range(n):
        starts[node + 1] += starts[node]
    return starts


@njit(nogil=True, cache=True)
def _scatter(given, places, lists, undirected):  # type: ignore[no-untyped-def]
    """Put every arc into its target's list, in the order of the rows."""
    starts, low = places
    sources, targets, weights = given
    neighbours, values = lists
    cursor = starts[:-1].copy()
    for row in range(sources.size):
        source, target = np.int64(sources[row]), np.int64(targets[row])
        if source == target:
            continue
        place = cursor[target - low]
        cursor[target - low] = place + 1
        neighbours[place] = source
        if values.size:
            values[place] = weights[row]
        if undirected:
            place = cursor[source - low]
            cursor[source - low] = place + 1
            neighbours[place] = target
            if values.size:
                values[place] = weights[row]


@njit(nogil=True, cache=True)
def _sort_and_merge(starts, neighbours, values, rule):  # type: ignore[no-untyped-def]
    """Sort each list by source, stably; merge repeats in place. Returns new offsets, and a refused place or −1."""
    n = starts.size - 1
    offsets = np.zeros(n + 1, np.uint64)
    weighted = values.size > 0
    keys = np.empty(64, np.uint64)
    old = np.empty(64, np.float32)
    out = np.int64(0)
    for node in range(n):
        start, size = starts[node], starts[node + 1] - starts[node]
        if size > keys.size:
            keys = np.empty(2 * size, np.uint64)
            old = np.empty(2 * size, np.float32)
        for i in range(size):
            keys[i] = (np.uint64(neighbours[start + i]) << _S32) | np.uint64(i)
            if weighted:
                old[i] = values[start + i]
        _sort(keys, size)
        first = out
        for i in range(size):
            source = np.uint32(keys[i] >> _S32)
            if out > first and neighbours[out - 1] == source:
                if rule == _REFUSE:
                    neighbours[start] = source
                    return offsets, start
                if weighted:
                    values[out - 1] = _merged(values[out - 1], old[np.int64(keys[i] & _LOW)], rule)
                continue
            neighbours[out] = source
            if weighted:
                values[out] = old[np.int64(keys[i] & _LOW)]
            out += 1
        offsets[node + 1] = np.uint64(out)
    return offsets, np.int64(-1)


@njit(inline="always")
def _merged(kept, other, rule):  # type: ignore[no-untyped-def]
    if rule == _SUM:
        return np.float32(kept + other)
    if rule == _MAX:
        return max(kept, other)
    return kept


@njit(inline="always")
def _sort(keys, size):  # type: ignore[no-untyped-def]
    """Short lists by insertion, long ones by the library."""
    if size > 48:
        keys[:size] = np.sort(keys[:size])
        return
    for i in range(1, size):
        key = keys[i]
        j = i - 1
        while j >= 0 and keys[j] > key:
            keys[j + 1] = keys[j]
            j -= 1
        keys[j + 1] = key


@njit(nogil=True, cache=True)
def is_symmetric(offsets, neighbours):  # type: ignore[no-untyped-def]
    """Whether every arc has its opposite and none is a loop: the opposites of a list are met in its order."""
    cursor = offsets[:-1].copy()
    for node in range(offsets.size - 1):
        for place in range(offsets[node], offsets[node + 1]):
            other = neighbours[place]
            at = cursor[other]
            if other == node or at >= offsets[other + np.int64(1)] or neighbours[at] != node:
                return False
            cursor[other] = at + 1
    return True

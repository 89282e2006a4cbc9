"""Greedy cover when a set is worth more, the nearer a seed is to its root.

A word that may turn at each step arrives favourable over d steps with probability q^(d + 1). A set is worth that for
the nearest seed in it: a sum of maxima, monotone and submodular, each between 0 and 1, so that the greedy choice and
the bounds on coverage carry over. Values are kept as whole numbers of 2**-32, so that sums do not depend on their
order.

Source: Chen et al., *Influence maximization in social networks when negative opinions may emerge and propagate*, SDM
2011 (IC-N), restated for reverse-reachable sets.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._compiling import bare, kernel
from ._cover import Choice, Counts, LocalSets, invert
from ._heap import heapify, sink

UNIT = 2.0**32
_CHECKS = 8  # times that the bound is computed anew


def values_of(quality: float) -> Counts:
    """What a set is worth with a seed 0 … 255 steps from its root, in units of 2**-32: int64[256]."""
    return np.rint(quality ** np.arange(1, 257) * UNIT).astype(np.int64)


def choose_favoured(
    sets: LocalSets,
    lists: tuple[Counts, NDArray[np.uint8]],
    k: int,
    tie: NDArray[np.uint32],
    values: Counts,
    *,
    excluded: NDArray[np.uint32],
    chosen: NDArray[np.uint32],
) -> Choice:
    """The greedy choice of k nodes beyond those chosen; `covered` and the bound are in sets of full worth."""
    offsets, steps = lists
    barred = np.zeros(sets.known.size, np.bool_)
    barred[sets.local(excluded)] = True
    barred[sets.local(chosen)] = True
    starts, places = invert(sets.entries, offsets, sets.known.size)
    far = np.empty(sets.entries.size, np.uint8)
    _carry(sets.entries, offsets, steps, starts, far)
    labels = (sets.known, tie[sets.known], barred)
    index = (starts, places, far)
    pool = (sets.entries, offsets, steps)
    nodes, worth, bound = _choose(pool, index, labels, values, sets.local(chosen), k)
    return Choice(nodes, worth / UNIT, bound / UNIT)


def worth_added(
    entries: NDArray[np.uint32], offsets: Counts, steps: NDArray[np.uint8], ranks: NDArray[np.int32], values: Counts
) -> NDArray[np.float64]:
    """What each seed, in order, adds to the worth of all sets; ranks int32[n] are −1 for who is no seed."""
    return np.asarray(_worth_added(entries, offsets, steps, ranks, values) / UNIT)


@kernel
def _worth_added(entries, offsets, steps, ranks, values):  # type: ignore[no-untyped-def]
    added = np.zeros(ranks.max() + 1, np.int64)
    met = np.empty(np.count_nonzero(ranks >= 0), np.int64)
    for index in range(offsets.size - 1):
        found = 0
        for at in range(offsets[index], offsets[index + 1]):
            rank = np.int64(ranks[entries[at]])
            if rank >= 0:
                met[found] = rank * 256 + np.int64(steps[at])
                found += 1
        best = np.int64(0)
        for word in np.sort(met[:found]):
            value = values[word & 255]
            if value > best:
                added[word >> 8] += value - best
                best = value
    return added


@kernel
def _carry(entries, offsets, steps, starts, far):  # type: ignore[no-untyped-def]
    """Steps in the order of the inverted index."""
    cursor = starts[:-1].copy()
    for at in range(offsets[-1]):
        node = entries[at]
        far[cursor[node]] = steps[at]
        cursor[node] += 1


@kernel
def _choose(pool, index, labels, values, chosen, k):  # type: ignore[no-untyped-def]
    """Lazy greedy: gains only shrink, so an outdated one that is not the greatest need not be looked at."""
    known, tie, barred = labels
    best = np.zeros(pool[1].size - 1, np.int64)
    total = np.int64(0)
    for node in chosen:
        total += _take(index, node, values, best)
    gains = _gains(pool, values, best, known.size)
    order = (gains, tie, known)
    heap = np.flatnonzero(~barred)
    waiting = heap.size
    heapify(heap, order, waiting)
    bound = total + _top(gains, barred, k)
    seen = np.zeros(known.size, np.int64)  # the number of picks at which a gain was computed
    picked = np.empty(k, np.uint32)
    worth = np.full(k + 1, total)
    every = max(1, k // _CHECKS)
    for nth in range(k):
        if waiting == 0:
            return picked[:nth], worth[: nth + 1], bound
        while seen[heap[0]] < nth:
            node = heap[0]
            gains[node] = _gain(index, node, values, best)
            seen[node] = nth
            sink(heap, order, 0, waiting)
        node = heap[0]
        waiting -= 1
        heap[0] = heap[waiting]
        sink(heap, order, 0, waiting)
        picked[nth] = known[node]
        barred[node] = True
        total += _take(index, node, values, best)
        worth[nth + 1] = total
        if (nth + 1) % every == 0 or nth + 1 == k:
            gains[:] = _gains(pool, values, best, known.size)
            seen[:] = nth + 1
            heapify(heap, order, waiting)
            bound = min(bound, total + _top(gains, barred, k))
    return picked, worth, bound


@kernel
def _gains(pool, values, best, size):  # type: ignore[no-untyped-def]
    """What each node would add now."""
    entries, offsets, steps = pool
    gains = np.zeros(size, np.int64)
    for index in range(offsets.size - 1):
        for at in range(offsets[index], offsets[index + 1]):
            gains[entries[at]] += max(np.int64(0), values[steps[at]] - best[index])
    return gains


@bare
def _gain(index, node, values, best):  # type: ignore[no-untyped-def]
    starts, places, far = index
    gain = np.int64(0)
    for at in range(starts[node], starts[node + 1]):
        gain += max(np.int64(0), values[far[at]] - best[places[at]])
    return gain


@bare
def _take(index, node, values, best):  # type: ignore[no-untyped-def]
    """Let the node count in its sets; returns what it adds."""
    starts, places, far = index
    gain = np.int64(0)
    for at in range(starts[node], starts[node + 1]):
        value = values[far[at]]
        if value > best[places[at]]:
            gain += value - best[places[at]]
            best[places[at]] = value
    return gain


@kernel
def _top(gains, barred, most):  # type: ignore[no-untyped-def]
    """The sum of the `most` largest gains that may be had."""
    free = gains[~barred]
    if free.size > most:
        free = np.partition(free, free.size - most)[free.size - most :]
    return free.sum()

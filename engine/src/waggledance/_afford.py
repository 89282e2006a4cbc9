"""Greedy cover within a budget: most newly covered sets per unit of cost, or the best single node if that is better.

The better of the two covers at least (1 − 1/e) / 2 of what any affordable seeds could (Khuller, Moss and Naor, *The
budgeted maximum coverage problem*, IPL 70(1), 1999; for spread, Leskovec et al., *Cost-effective outbreak detection*,
KDD 2007). The bound is that of a budget filled with fractions of nodes, best ratio first: no affordable seeds exceed
it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._compiling import bare, kernel
from ._cover import Choice, Counts, LocalSets, invert, uncount
from ._heap import heapify, precedes, sink


def choose_affordable(
    sets: LocalSets,
    offsets: Counts,
    tie: NDArray[np.uint32],
    costs: NDArray[np.float64],
    budget: float,
    *,
    excluded: NDArray[np.uint32],
    chosen: NDArray[np.uint32],
) -> Choice:
    """The greedy choice beyond those chosen, whose costs sum to at most the budget."""
    barred = costs[sets.known] > budget
    barred[sets.local(excluded)] = True
    barred[sets.local(chosen)] = True
    labels = (sets.known, tie[sets.known], costs[sets.known], barred)
    nodes, covered, bound = _choose(sets.entries, offsets, labels, sets.local(chosen), budget)
    return Choice(nodes, covered, bound)


@kernel
def _choose(entries, offsets, labels, chosen, budget):  # type: ignore[no-untyped-def]
    known, tie, costs, barred = labels
    starts, places = invert(entries, offsets, known.size)
    counts = starts[1:] - starts[:-1]
    done = offsets[:-1] == offsets[1:]
    total = np.int64(done.sum())
    world = (entries, offsets, starts, places, done)
    for node in chosen:
        total += counts[node]
        uncount(world, node, counts, 1)
    base = total
    single = _best_single(counts, labels)
    alone = base + (counts[single] if single >= 0 else 0)
    keys = counts / costs
    order = (keys, tie, known)
    heap = np.flatnonzero(~barred)
    waiting = heap.size
    heapify(heap, order, waiting)
    bound = total + _fractions(counts, costs, barred, budget)
    picked = np.empty(waiting, np.uint32)
    covered = np.full(waiting + 1, total)
    size, check = 0, 1
    left = budget
    while waiting > 0:
        node = heap[0]
        key = counts[node] / costs[node]
        if costs[node] <= left and key < keys[node]:
            keys[node] = key
            sink(heap, order, 0, waiting)
            continue
        if costs[node] <= left and key <= 0.0:  # nothing is left to cover: the rest of the budget is saved
            break
        waiting -= 1
        heap[0] = heap[waiting]
        sink(heap, order, 0, waiting)
        if costs[node] > left:  # and never again will it fit
            continue
        picked[size] = known[node]
        size += 1
        left -= costs[node]
        total += counts[node]
        covered[size] = total
        uncount(world, node, counts, 1)
        barred[node] = True
        if size == check:
            check *= 2
            bound = min(bound, total + _fractions(counts, costs, barred, budget))
    bound = min(bound, total + _fractions(counts, costs, barred, budget))
    if alone > total:
        return known[single : single + 1], np.array([base, alone]), bound
    return picked[:size], covered[: size + 1], bound


@bare
def _best_single(counts, labels):  # type: ignore[no-untyped-def]
    """The affordable node that covers most, −1 when there is none."""
    known, tie, _, barred = labels
    best = -1
    for node in range(counts.size):
        if not barred[node] and (best < 0 or precedes((counts, tie, known), node, best)):
            best = node
    return best


@kernel
def _fractions(counts, costs, barred, budget):  # type: ignore[no-untyped-def]
    """What the budget would cover if nodes could be bought in fractions."""
    free = np.flatnonzero(~barred & (counts > 0))
    order = np.argsort(-(counts[free] / costs[free]))
    total = 0.0
    for nth in order:
        node = free[nth]
        if costs[node] >= budget:
            return total + counts[node] * (budget / costs[node])
        budget -= costs[node]
        total += counts[node]
    return total

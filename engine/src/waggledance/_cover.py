"""Greedy maximum coverage: the nodes that are in the most sets, each counted once.

Nodes are numbered anew in the order in which the sets meet them, so work and memory follow what was sampled, not the
size of the graph. One inverted index is built by counting sort. The greedy choice is exact: nodes wait in a chain per
count, and only those of the level that is come to are brought up to date. From the numbers of nodes with each count
or more comes, at every step, the sum of the k largest counts, and with it an upper bound on what any k nodes could
cover.

Ties go to the node with the most out-arcs, then to the lowest index: a tied node with many arcs is more likely to be
in sets not sampled yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._alone import Floats, ticks_of
from ._compiling import bare, kernel
from ._pools import Entries
from ._sampling import is_marked

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

Counts = NDArray[np.int64]


@dataclass
class LocalSets:
    """The sets of a pool in local node numbers, which only grow as sets are added."""

    nodes: int
    numbers: NDArray[np.uint32] = field(init=False)  # node → local number + 1, 0 when not met
    known: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))  # local number → node
    entries: Entries = field(default_factory=lambda: np.empty(0, np.uint32))

    def __post_init__(self) -> None:
        self.numbers = np.zeros(self.nodes, np.uint32)

    def everybody(self) -> None:
        """Number all nodes as they are, met or not."""
        self.known = np.arange(self.nodes, dtype=np.uint32)
        self.numbers = self.known + np.uint32(1)

    def follow(self, entries: Entries) -> None:
        """Number the entries added to the pool since the last call."""
        fresh = entries[self.entries.size :].copy()
        known = np.empty(self.known.size + fresh.size, np.uint32)
        known[: self.known.size] = self.known
        met = _renumber(fresh, self.numbers, known, self.known.size)
        self.known = known[:met].copy()
        self.entries = np.concatenate([self.entries, fresh])

    def local(self, nodes: NDArray[np.uint32]) -> Counts:
        """Local numbers of those of the nodes that some set has met."""
        numbers = self.numbers[nodes].astype(np.int64) - 1
        return numbers[numbers >= 0]


@dataclass(frozen=True)
class Choice:
    """What the greedy cover chose: nodes in order, sets covered after each, and a bound for any other choice."""

    nodes: NDArray[np.uint32]
    covered: NDArray[Any]
    bound: float


def choose(
    sets: LocalSets,
    offsets: Counts,
    k: int,
    tie: NDArray[np.uint32],
    *,
    excluded: NDArray[np.uint32],
    chosen: NDArray[np.uint32],
    most: int | None = None,
    alone: Floats | None = None,
) -> Choice:
    """The greedy choice of at most k nodes beyond those chosen already.

    Parameters
    ----------
    sets : LocalSets
    offsets : int64[count + 1]
    k : int
    tie : uint32[n]
        Out-degrees: what decides between equal counts.
    excluded : uint32[]
        Nodes that must not be chosen.
    chosen : uint32[]
        Nodes whose sets count as covered from the start (an empty set, given up at a sentinel, does too).
    most : int, optional
        How many nodes the bound is about, k when left out.
    alone : float64[n], optional
        What each node adds beside the sets it covers, in sets. All nodes must then be numbered (`everybody`).

    Returns
    -------
    Choice
        `covered[i]` after i nodes (i = 0 … k); fewer than k nodes when no set is left to cover. The bound includes
        what nodes add beside.
    """
    barred = np.zeros(sets.known.size, np.bool_)
    barred[sets.local(excluded)] = True
    barred[sets.local(chosen)] = True
    if alone is None:
        beside = (1, np.zeros(barred.size, np.int32), np.zeros(barred.size))
    else:
        beside = (*ticks_of(alone), alone)
    who = (barred, sets.local(chosen))
    return Choice(*_choose(sets.entries, offsets, (sets.known, tie), who, beside, k, most or k))


@kernel
def _renumber(entries, numbers, known, met):  # type: ignore[no-untyped-def]
    for at in range(entries.size):
        node = entries[at]
        number = numbers[node]
        if number == 0:
            known[met] = node
            met += 1
            number = np.uint32(met)
            numbers[node] = number
        entries[at] = number - np.uint32(1)
    return met


@kernel
def _choose(entries, offsets, labels, who, beside, k, most):  # type: ignore[no-untyped-def]
    """Counts are in ticks, of which a set has `unit` and each node some more beside."""
    known, tie = labels
    barred, chosen = who
    unit, ticks, worth = beside
    size = known.size
    starts, places = invert(entries, offsets, size)
    counts = np.empty(size, np.int32)
    for node in range(size):
        counts[node] = unit * (starts[node + 1] - starts[node]) + ticks[node]
    done = np.zeros(offsets.size - 1, np.bool_)
    covered = np.zeros(k + 1, np.int64)
    for index in range(done.size):
        covered[0] += np.int64(offsets[index] == offsets[index + 1])
    world = (entries, offsets, starts, places, done)
    above = np.zeros((counts.max() if size else 0) + 1, np.int64)
    added = 0.0
    for node in chosen:
        covered[0] += (counts[node] - ticks[node]) // unit
        added += worth[node]
        uncount(world, node, counts, unit)
    heads = np.full(above.size, -1, np.int64)
    after = np.empty(size, np.int64)
    keys = np.empty(size, np.uint64)
    for node in range(size):
        if barred[node]:
            continue
        above[counts[node]] += 1
        keys[node] = (np.uint64(tie[known[node]]) << _S32) | (_LOW - np.uint64(known[node]))
        after[node] = heads[counts[node]]
        heads[counts[node]] = node
    for count in range(above.size - 1, 0, -1):
        above[count - 1] += above[count]
    queue = (heads, after, np.empty(size, np.int64), keys)
    picked = np.empty(k, np.int64)
    found, bound = _greedy(world, (counts, above, barred), (unit, worth, added), queue, picked, covered, most)
    return known[picked[:found]], covered[: found + 1], bound


@kernel
def invert(entries, offsets, size):  # type: ignore[no-untyped-def]
    """Which sets each of `size` nodes is in: starts int64[size + 1], sets uint32[e] (a counting sort)."""
    starts = np.zeros(size + 1, np.int64)
    for node in entries:
        starts[np.int64(node) + 1] += 1
    for node in range(size):
        starts[node + 1] += starts[node]
    cursor = starts[:-1].copy()
    sets = np.empty(entries.size, np.uint32)
    for index in range(offsets.size - 1):
        for at in range(offsets[index], offsets[index + 1]):
            node = entries[at]
            sets[cursor[node]] = index
            cursor[node] += 1
    return starts, sets


@bare
def _greedy(world, tallies, beside, queue, picked, covered, most):  # type: ignore[no-untyped-def]
    """Pick until k nodes are found or none is left; returns how many, and the bound.

    `above[c]` is the number of nodes that may be picked and have a count of c or more: one step down of one node
    changes one number, and a node that is picked steps down to nothing with the sets it covers.
    """
    counts, above, barred = tallies
    unit, worth, added = beside
    total = covered[0]
    highest = above.size - 1
    level, waiting = highest + 1, 0
    bound = np.float64(total) + added + _largest(above, highest, most) / unit
    for nth in range(picked.size):
        node, level, waiting = _best(queue, counts, level, waiting)
        if node < 0:
            return nth, bound
        picked[nth] = node
        total += _cover(world, node, counts, barred, above, unit)
        added += worth[node]
        covered[nth + 1] = total
        _leave(node, counts, above)
        while highest > 0 and above[highest] == 0:
            highest -= 1
        bound = min(bound, np.float64(total) + added + _largest(above, highest, most) / unit)
    return picked.size, bound


@bare
def _cover(world, node, counts, barred, above, unit):  # type: ignore[no-untyped-def]
    """Cover the sets the node is in, returning how many: their nodes lose the ticks of a set each."""
    entries, offsets, starts, places, done = world
    fresh = 0
    for at in range(starts[node], starts[node + 1]):
        index = places[at]
        if done[index]:
            continue
        done[index] = True
        fresh += 1
        for other in range(offsets[index], offsets[index + 1]):
            loser = entries[other]
            count = counts[loser]
            counts[loser] = count - unit
            if not barred[loser]:
                above[count] -= 1
                for tick in range(1, unit):
                    above[count - tick] -= 1
    return fresh


@bare
def _leave(node, counts, above):  # type: ignore[no-untyped-def]
    """Take what a node that is picked adds beside its sets out of what is left to add."""
    for count in range(1, counts[node] + 1):
        above[count] -= 1
    counts[node] = 0


@bare
def uncount(world, node, counts, unit):  # type: ignore[no-untyped-def]
    """Cover the sets the node is in, keeping no histogram."""
    entries, offsets, starts, places, done = world
    for at in range(starts[node], starts[node + 1]):
        index = places[at]
        if not done[index]:
            done[index] = True
            for other in range(offsets[index], offsets[index + 1]):
                counts[entries[other]] -= unit


@kernel
def cover_one(world, node, counts):  # type: ignore[no-untyped-def]
    """As `uncount`; returns the nodes whose counts fell, one by one."""
    entries, offsets, starts, places, done = world
    room = 0
    for at in range(starts[node], starts[node + 1]):
        index = places[at]
        room += offsets[index + 1] - offsets[index]
    fallen = np.empty(room, np.int64)
    found = 0
    for at in range(starts[node], starts[node + 1]):
        index = places[at]
        if not done[index]:
            done[index] = True
            for other in range(offsets[index], offsets[index + 1]):
                fallen[found] = entries[other]
                counts[entries[other]] -= 1
                found += 1
    return fallen[:found]


@bare
def _best(queue, counts, level, waiting):  # type: ignore[no-untyped-def]
    """The node of the greatest count; −1 when none is left.

    A chain per count holds the nodes that had it when last looked at. Counts only fall, so when a level is come to
    nothing is above it: its nodes wait in a heap, and those whose count has fallen since go to the chain where they
    belong. Returns the node, the level and how many wait.
    """
    heads, after, heap, keys = queue
    while True:
        while waiting > 0:
            node = heap[0]
            waiting -= 1
            heap[0] = heap[waiting]
            _sink(heap, keys, 0, waiting)
            count = counts[node]
            if count == level:
                return node, level, waiting
            after[node] = heads[count]
            heads[count] = node
        level -= 1
        if level < 0:
            return np.int64(-1), level, 0
        waiting = _gather(queue, counts, level)


@bare
def _gather(queue, counts, level):  # type: ignore[no-untyped-def]
    """Put the nodes of a level into the heap, by key; returns how many there are."""
    heads, after, heap, keys = queue
    waiting = 0
    node = heads[level]
    while node >= 0:
        following, count = after[node], counts[node]
        if count == level:
            heap[waiting] = node
            waiting += 1
        else:
            after[node] = heads[count]
            heads[count] = node
        node = following
    for at in range(waiting // 2 - 1, -1, -1):
        _sink(heap, keys, at, waiting)
    return waiting


@bare
def _sink(heap, keys, at, waiting):  # type: ignore[no-untyped-def]
    """Let the node at a place of the heap down to where it belongs."""
    node = heap[at]
    while True:
        child = 2 * at + 1
        if child >= waiting:
            break
        if child + 1 < waiting and keys[heap[child + 1]] > keys[heap[child]]:
            child += 1
        if keys[heap[child]] <= keys[node]:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = node


@bare
def _largest(above, highest, most):  # type: ignore[no-untyped-def]
    """The sum of the `most` largest counts: of each unit of count, how many of them have it."""
    total = 0
    count = highest
    while count > 0 and above[count] < most:
        total += above[count]
        count -= 1
    return total + most * count


def count_covered(entries: Entries, offsets: Counts, marked: NDArray[np.uint64]) -> int:
    """How many sets hold a marked node; a set given up at a sentinel, empty, counts as one that does."""
    return int(_count_covered(entries, offsets, marked))


def count_first(entries: Entries, offsets: Counts, marked: NDArray[np.uint64], nodes: NDArray[np.uint32]) -> Counts:
    """How many sets each of the nodes (those marked, in order) is the first to cover: int64[1 + k].

    Element 0 counts the sets that were given up, which are empty.
    """
    return np.asarray(_count_first(entries, offsets, marked, nodes))


@kernel
def _count_covered(entries, offsets, marked):  # type: ignore[no-untyped-def]
    covered = 0
    for index in range(offsets.size - 1):
        begin, end = offsets[index], offsets[index + 1]
        hit = begin == end
        while begin < end and not hit:
            hit = is_marked(marked, entries[begin])
            begin += 1
        covered += int(hit)
    return covered


@kernel
def _count_first(entries, offsets, marked, nodes):  # type: ignore[no-untyped-def]
    first = np.zeros(nodes.size + 1, np.int64)
    ranks = np.empty(64 * marked.size, np.uint32)  # written and read at the nodes alone
    for rank in range(nodes.size):
        ranks[nodes[rank]] = rank + 1
    for index in range(offsets.size - 1):
        begin, end = offsets[index], offsets[index + 1]
        best = 0 if begin == end else nodes.size + 1
        for at in range(begin, end):
            node = entries[at]
            if is_marked(marked, node):
                best = min(best, np.int64(ranks[node]))
        if best <= nodes.size:
            first[best] += 1
    return first

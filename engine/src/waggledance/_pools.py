"""Where sampled sets are kept: flat entries and offsets, filled by threads, in the order of the sets' numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ._arcs import levels_of
from ._compiling import kernel
from ._lanes import sample_lanes
from ._sampling import mark, sample_plain
from ._steps import sample_steps
from ._threads import share, spans, thread_count
from .models import Prepared

_CHUNK: Final = 2048  # sets below which a piece is not worth a thread
_NO_STOPS: Final = np.empty(0, np.uint64)

Entries = NDArray[np.uint32]
Part = tuple[Any, ...]  # entries, begins int64[count], sizes uint32[count], arcs seen, and steps when they are kept


class Sampler:
    """Makes sets of one prepared graph; what comes out depends on (rng_seed, pool, number of the set) only.

    With `told`, sets are those whose root is told by somebody: weights must be 0 where nobody can.
    """

    def __init__(
        self,
        prepared: Prepared,
        *,
        rng_seed: int,
        threads: int | None = None,
        weights: NDArray[np.float64] | None = None,
        interleaved: bool = True,
        steps: bool = False,
        told: bool = False,
    ) -> None:
        self.nodes = prepared.records.shape[0]
        empty = np.empty(0, np.float32)
        probabilities = empty if prepared.probabilities is None else prepared.probabilities
        self.graph = (prepared.records, prepared.neighbours, probabilities)
        miss = math.log1p(-prepared.p) if 0.0 < prepared.p < 1.0 else (0.0 if prepared.p <= 0.0 else -math.inf)
        levels = levels_of(prepared.kind, float(prepared.p))
        self.law = (prepared.kind, float(prepared.p), miss, levels, told)
        self.roots = alias_table(weights) if weights is not None else (np.empty(0, np.uint32),) * 2
        self.rng_seed = np.uint64(rng_seed % 2**64)
        self.threads = thread_count(threads)
        self.steps = steps
        self.lanes = interleaved and not steps
        self._scratch: SimpleQueue[NDArray[np.uint64]] = SimpleQueue()

    def parts(self, pool: int, first: int, count: int, stops: NDArray[np.uint64] = _NO_STOPS) -> list[Part]:
        """Sets `first … first + count` of a pool, in pieces, each in the order in which it was finished."""
        pieces = min(8 * self.threads, max(1, count // _CHUNK)) if self.threads > 1 else 1
        cuts = [(pool, first + begin, first + end, stops) for begin, end in spans(count, pieces)]
        return share(self._piece, cuts, self.threads)

    def _piece(self, cut: tuple[int, int, int, NDArray[np.uint64]]) -> Part:
        pool, first, end, stops = cut
        try:
            bits = self._scratch.get_nowait()
        except Empty:
            bits = np.zeros(self.nodes, np.uint64) if self.lanes else bitmap(self.nodes)
        run = sample_steps if self.steps else sample_lanes if self.lanes else sample_plain
        span = (self.rng_seed, np.int64(pool), np.int64(first), np.int64(end - first))
        part: Part = run(self.graph, self.law, self.roots, span, bits, stops)
        self._scratch.put(bits)
        return part


@dataclass
class Pool:
    """Sets 0 … count of one stream: set i is entries[offsets[i]:offsets[i + 1]], its root first.

    A set given up at a sentinel is empty. When they are kept, steps[j] is how far entries[j] is from its root.
    """

    entries: Entries = field(default_factory=lambda: np.empty(0, np.uint32))
    offsets: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    arcs: int = 0
    steps: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))

    @property
    def count(self) -> int:
        """Number of sets."""
        return self.offsets.size - 1

    def extend(self, parts: list[Part]) -> None:
        """Append sets, each part's in the order of their numbers."""
        sizes = np.concatenate([part[2] for part in parts])
        offsets = np.empty(self.offsets.size + sizes.size, np.int64)
        offsets[: self.offsets.size] = self.offsets
        np.cumsum(sizes, out=offsets[self.offsets.size :])
        offsets[self.offsets.size :] += self.offsets[-1]
        entries = np.empty(int(offsets[-1]), np.uint32)
        entries[: self.entries.size] = self.entries
        steps = np.empty(entries.size if len(parts[0]) > 4 else 0, np.uint8)
        steps[: self.steps.size] = self.steps
        first = self.count
        while parts:
            flat, begins, wanted, arcs, *more = parts.pop(0)  # let go of each as soon as it is copied
            _gather(flat, begins, wanted, entries, offsets, first)
            for one in more:
                _gather(one, begins, wanted, steps, offsets, first)
            first += wanted.size
            self.arcs += arcs
        self.entries, self.offsets, self.steps = entries, offsets, steps


def bitmap(nodes: int, marked: Any = ()) -> NDArray[np.uint64]:
    """A bit per node, those given set."""
    bits = np.zeros(nodes // 64 + 1, np.uint64)
    chosen = np.asarray(marked, np.uint32)
    if chosen.size:
        _mark_all(bits, chosen)
    return bits


def alias_table(weights: NDArray[np.float64]) -> tuple[Entries, Entries]:
    """Accept (as a fraction of 2**32) and alias of every node: a draw in proportion to weights from one 64-bit word.

    Source: Vose, *A linear algorithm for generating random numbers with a given distribution*, IEEE TSE 17(9), 1991.
    """
    accept, alias = _alias(np.ascontiguousarray(weights, np.float64))
    return accept, alias


@kernel
def _mark_all(bits, nodes):  # type: ignore[no-untyped-def]
    for node in nodes:
        mark(bits, node)


@kernel
def _gather(flat, begins, sizes, entries, offsets, first):  # type: ignore[no-untyped-def]
    """Copy sets to their places; those that lie one behind the other are copied together."""
    index = 0
    while index < sizes.size:
        place = offsets[first + index]
        begin = begins[index]
        end = begin + sizes[index]
        index += 1
        while index < sizes.size and begins[index] == end:
            end += sizes[index]
            index += 1
        for at in range(end - begin):
            entries[place + at] = flat[begin + at]


@kernel
def _alias(weights):  # type: ignore[no-untyped-def]
    count = weights.size
    share = weights * (count / weights.sum())
    accept = np.full(count, 0xFFFFFFFF, np.uint32)
    alias = np.arange(count).astype(np.uint32)
    low = np.empty(count, np.int64)
    high = np.empty(count, np.int64)
    lows, highs = 0, 0
    for node in range(count):
        if share[node] < 1.0:
            low[lows] = node
            lows += 1
        else:
            high[highs] = node
            highs += 1
    while lows > 0 and highs > 0:
        lows -= 1
        poor, rich = low[lows], high[highs - 1]
        accept[poor] = np.uint32(max(share[poor], 0.0) * 4294967295.0)
        alias[poor] = rich
        share[rich] -= 1.0 - share[poor]
        if share[rich] < 1.0:
            highs -= 1
            low[lows] = rich
            lows += 1
    return accept, alias

"""The two pools of a run, in this process."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._afford import choose_affordable
from ._cover import Choice, LocalSets, choose, count_covered, count_first
from ._favour import choose_favoured, values_of, worth_added
from ._pools import Pool, Sampler, bitmap
from ._request import Nodes, Request

Tallies = NDArray[np.int64] | NDArray[np.float64]


class OwnPools:
    """Sets of a first pool to choose on, and of a second to check on."""

    def __init__(self, sampler: Sampler, request: Request, tie: NDArray[np.uint32]) -> None:
        self.sampler, self.request, self.tie = sampler, request, tie
        self.restart((0, 1), request.chosen)

    def restart(self, pools: tuple[int, int], stops: Nodes) -> None:
        """Forget all sets; take streams of these numbers, giving up sets that meet one of the stops."""
        self.numbers = pools
        self.stops = bitmap(self.sampler.nodes, stops) if stops.size else np.empty(0, np.uint64)
        self.pools = (Pool(), Pool())
        self.sets = LocalSets(self.sampler.nodes)
        if self.request.alone is not None:
            self.sets.everybody()

    def grow(self, size: int) -> None:
        """Have this many sets in each pool."""
        for number, pool in zip(self.numbers, self.pools, strict=True):
            if size > pool.count:
                pool.extend(self.sampler.parts(number, pool.count, size - pool.count, self.stops))
        self.sets.follow(self.pools[0].entries)

    def choose(self, settled: Nodes) -> Choice:
        """Seeds beyond those settled, from the first pool; nodes in no set when the others run out."""
        request, offsets = self.request, self.pools[0].offsets
        taken = np.concatenate([request.chosen, settled])
        if request.costs is not None:
            bought = (request.costs, request.budget)
            return choose_affordable(
                self.sets, offsets, self.tie, *bought, excluded=request.excluded, chosen=request.chosen
            )
        wanted = request.k - settled.size
        barred = {"excluded": request.excluded, "chosen": taken}
        alone = None if request.alone is None else request.alone.in_sets(self.pools[0].count)
        choice = choose(self.sets, offsets, wanted, self.tie, most=request.k, alone=alone, **barred)
        return filled(choice, wanted, self.tie, np.concatenate([request.excluded, taken]))

    def covered(self, nodes: Nodes) -> float:
        """How many sets of the second pool hold one of the nodes."""
        pool = self.pools[1]
        return count_covered(pool.entries, pool.offsets, bitmap(self.sampler.nodes, nodes))

    def covered_first(self, nodes: Nodes) -> Tallies:
        """How many sets of the second pool each node, in order, is the first to cover: int64[1 + k]."""
        pool = self.pools[1]
        return count_first(pool.entries, pool.offsets, bitmap(self.sampler.nodes, nodes), nodes)

    def entries(self) -> int:
        """Entries of both pools."""
        return sum(pool.entries.size for pool in self.pools)


class FavourPools(OwnPools):
    """Two pools in which a set is worth more, the nearer a seed is to its root."""

    def restart(self, pools: tuple[int, int], stops: Nodes) -> None:
        """Forget all sets; none is given up at seeds chosen already, for a nearer seed would still add to it."""
        super().restart(pools, stops[:0])
        self.values = values_of(self.request.quality)

    def choose(self, settled: Nodes) -> Choice:
        """Seeds beyond those chosen already, from the first pool."""
        request, pool = self.request, self.pools[0]
        barred = {"excluded": request.excluded, "chosen": request.chosen}
        choice = choose_favoured(self.sets, (pool.offsets, pool.steps), request.k, self.tie, self.values, **barred)
        return filled(choice, request.k, self.tie, np.concatenate([request.excluded, request.chosen]))

    def covered(self, nodes: Nodes) -> float:
        """What the sets of the second pool are worth with these seeds and those chosen already."""
        return float(self.covered_first(nodes).sum())

    def covered_first(self, nodes: Nodes) -> Tallies:
        """What each node adds, in order, after those chosen already: float64[1 + k]."""
        pool, taken = self.pools[1], self.request.chosen
        ranks = np.full(self.sampler.nodes, -1, np.int32)
        ranks[nodes] = np.arange(taken.size, taken.size + nodes.size)
        ranks[taken] = np.arange(taken.size)
        added = worth_added(pool.entries, pool.offsets, pool.steps, ranks, self.values)
        return np.concatenate([added[: taken.size].sum(keepdims=True), added[taken.size :]])


def filled(choice: Choice, wanted: int, tie: NDArray[np.uint32], barred: Nodes) -> Choice:
    """The choice, completed with nodes that are in no set: those with the most out-arcs, then the lowest indices."""
    missing = wanted - choice.nodes.size
    if missing == 0:
        return choice
    rank = np.argsort(-tie.astype(np.int64), kind="stable").astype(np.uint32)
    more = rank[~np.isin(rank, np.concatenate([choice.nodes, barred]))][:missing]
    covered = np.concatenate([choice.covered, np.full(missing, choice.covered[-1])])
    return Choice(np.concatenate([choice.nodes, more]), covered, choice.bound)

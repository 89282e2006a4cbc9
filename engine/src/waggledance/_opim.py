"""Sample, choose, check, and stop as soon as the choice is provably good enough.

Two independent pools of sets: the seeds are chosen on the first, which also bounds what any seeds could reach; the
second measures them without the flattery of having chosen them. The ratio of the two bounds is a certificate.

When sets are large (a word that reaches a good part of the graph), sentinels: seeds of which a first look is sure
enough are settled, and later sets are given up as soon as they meet one, being covered already. The certificate is
computed from fresh pools in which nothing else has changed, so it holds whatever the sentinels are; should it fall
short at the last size, the run goes back to plain sets.

Sources: Tang, Tang, Xiao and Yuan, SIGMOD 2018 (OPIM-C); Guo, Wang, Wei and Chen, SIGMOD 2020 (HIST).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from . import _bounds
from ._alone import Alone
from ._bounds import Look, Schedule
from ._cover import Choice

SENTINELS_FROM: Final = 300_000  # entries of one pool, foreseen, above which sentinels pay
LARGE_SET: Final = 64.0  # mean entries

Nodes = NDArray[np.uint32]


class TwoPools(Protocol):
    """Where the sets are: in this process, or on many machines."""

    def restart(self, pools: tuple[int, int], stops: Nodes) -> None:
        """Forget all sets; take streams of these numbers, giving up sets that meet one of the stops."""

    def grow(self, size: int) -> None:
        """Have this many sets in each pool."""

    def choose(self, settled: Nodes) -> Choice:
        """Seeds beyond those settled, from the first pool."""

    def covered(self, nodes: Nodes) -> float:
        """How many sets of the second pool hold one of the nodes."""

    def covered_first(self, nodes: Nodes) -> NDArray[Any]:
        """How many sets of the second pool each node, in order, is the first to cover: int64[1 + k]."""

    def entries(self) -> int:
        """Entries of both pools."""


@dataclass(frozen=True)
class Task:
    """What is asked: the size of the answer, the ratio wanted, and the plan of each of the two phases.

    When sets of one node are not sampled, `alone` tells what they would have been worth, and `least` what any answer
    is worth alone.
    """

    k: int
    wanted: float
    eps: float
    plan: Schedule
    chosen: Nodes
    sentinels: bool
    alone: Alone | None = None
    least: float = 0.0

    def worth_alone(self, size: int, nodes: Nodes) -> NDArray[np.float64]:
        """What each node is worth alone in a pool of so many sets, after those chosen already: float64[1 + k]."""
        if self.alone is None:
            return np.zeros(1 + nodes.size)
        worth = self.alone.in_sets(size)
        return np.concatenate([worth[self.chosen].sum(keepdims=True), worth[nodes]])

    def look(self, step: int, nodes: Nodes, covered: float, bound: float) -> Look:
        """What is seen at a size."""
        size = self.plan.sizes[step]
        least = self.least * size / self.alone.total if self.alone is not None else 0.0
        return Look(step, covered, bound, float(self.worth_alone(size, nodes).sum()), least)


@dataclass(frozen=True)
class Outcome:
    """What was found, in numbers of sets; `alone` is what each of the nodes is worth beside the sets it covers."""

    nodes: Nodes
    first: NDArray[Any]
    alone: NDArray[np.float64]
    ratio: float
    size: int
    sets: int
    entries: int
    sentinels: int


@dataclass
class _Run:
    """One run under way."""

    task: Task
    pools: TwoPools
    sets: int = 0
    entries: int = 0
    settled: Nodes | None = None

    def close(self, size: int) -> None:
        self.sets += 2 * size
        self.entries += self.pools.entries()


def run(pools: TwoPools, task: Task) -> Outcome:
    """Choose seeds whose spread is at least `wanted` times the best, with a certificate.

    Parameters
    ----------
    pools : TwoPools
    task : Task

    Returns
    -------
    Outcome
    """
    state = _Run(task, pools)
    nothing = np.empty(0, np.uint32)
    pools.restart((0, 1), task.chosen)
    found = _phase(state, nothing, task.sentinels)
    if state.settled is not None:
        pools.restart((2, 3), np.concatenate([task.chosen, state.settled]))
        found = _phase(state, state.settled, False)
        if found.ratio < task.wanted:
            pools.restart((0, 1), task.chosen)
            found = _phase(state, nothing, False)
    return found


def _phase(state: _Run, settled: Nodes, may_settle: bool) -> Outcome:
    """Look at growing sizes until the ratio is reached, the sizes end, or sentinels can be settled."""
    task, pools = state.task, state.pools
    step, before = 0, None
    while True:
        size = task.plan.sizes[step]
        pools.grow(size)
        choice = pools.choose(settled)
        nodes = np.concatenate([settled, choice.nodes])
        now = task.look(step, nodes, pools.covered(nodes), choice.bound)
        ratio = now.ratio(task.plan.doubt)
        if ratio >= task.wanted or step == len(task.plan.sizes) - 1:
            break
        looks = (before, now)
        if may_settle and _is_heavy(state, looks):
            state.settled = _sentinels(state, nodes, now)
            if state.settled is not None:
                break
        step, before = _bounds.next_look(task.plan, looks, task.wanted), looks[1]
    state.close(size)
    first = pools.covered_first(nodes)
    alone = task.worth_alone(size, nodes)
    return Outcome(nodes, first, alone, ratio, size, state.sets, state.entries, settled.size)


def _is_heavy(state: _Run, looks: tuple[Look | None, Look]) -> bool:
    """Whether the sets still to come would fill more than is worth keeping."""
    plan = state.task.plan
    mean = state.pools.entries() / (2 * plan.sizes[looks[1].step])
    return mean >= LARGE_SET and mean * plan.sizes[_bounds.foreseen(plan, looks, state.task.wanted)] >= SENTINELS_FROM


def _sentinels(state: _Run, nodes: Nodes, now: Look) -> Nodes | None:
    """The longest beginning of the seeds that is surely as good as greedy seeds must be, give or take ε / 2."""
    task = state.task
    covered = np.cumsum(state.pools.covered_first(nodes))
    alone = np.cumsum(task.worth_alone(task.plan.sizes[now.step], nodes))
    best = now.best(task.plan.doubt)
    for length in range(nodes.size, 0, -1):
        asked = 1.0 - (1.0 - 1.0 / task.k) ** length - task.eps / 2.0
        sure = _bounds.at_least(float(covered[length]), task.plan.doubt) + float(alone[length])
        if sure >= asked * best:
            return nodes[:length]
    return None

"""How sure a count of covered sets makes one of a spread, and how many sets are enough."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

LIMIT = 1.0 - 1.0 / math.e
STEPS_PER_DOUBLING = 4
FIRST_GAIN = 0.1


@dataclass(frozen=True)
class Schedule:
    """The numbers of sets at which the run may stop, and how much doubt each look may take.

    Sizes grow by 2^(1/4). The probability that any bound fails is shared by all of them, whether they are looked at
    or skipped, so choosing the next size by what has been seen costs nothing in rigour.

    Attributes
    ----------
    sizes : tuple of int
        Increasing; the guarantee holds unconditionally at the last.
    doubt : float
        log(3 · len(sizes) / δ): what each one-sided bound is given.
    """

    sizes: tuple[int, ...]
    doubt: float


def schedule(
    limit: float,
    total: float,
    least: float,
    log_choices: float,
    doubts: tuple[float, float],
    sampled: float = 1.0,
) -> Schedule:
    """The sizes for a guarantee of `limit` − ε with probability 1 − δ.

    Parameters
    ----------
    limit : float
        What the greedy choice guarantees when coverage is known exactly: 1 − 1/e for k seeds.
    total : float
        The weight that all sets stand for together (the number of nodes, when they weigh the same).
    least : float
        A lower bound of the best spread (k, when nodes weigh the same).
    log_choices : float
        Logarithm of the number of sets of seeds there are to choose from.
    doubts : (float, float)
        ε and δ.
    sampled : float
        The share of all sets that is sampled, the others being known: the first look is at as much fewer.

    Source: Tang, Tang, Xiao and Yuan, *Online processing algorithms for influence maximization*, SIGMOD 2018, θmax
    and θ0 of Algorithm 2, with the union bound over all sizes.
    """
    eps, delta = doubts
    doubt = math.log(6.0 / delta)
    spreadout = (limit * math.sqrt(doubt) + math.sqrt(limit * (log_choices + doubt))) ** 2
    most = 2.0 * total * spreadout / (least * eps**2)
    size = max(1.0, min(2.0 * spreadout * sampled, most))
    steps = max(1, math.ceil(STEPS_PER_DOUBLING * math.log2(most / size)) + 1)
    sizes = [math.ceil(size * 2.0 ** (step / STEPS_PER_DOUBLING)) for step in range(steps)]
    return Schedule(tuple(sizes), math.log(3.0 * steps / delta))


class Look(NamedTuple):
    """What was seen at one size, in sets: what the seeds are worth, and what any seeds could be.

    Attributes
    ----------
    step : int
        Which size.
    covered : float
        Sets of the second pool that hold one of the seeds.
    bound : float
        What any seeds could cover in the first, what they are worth alone included.
    alone, least : float
        What the seeds are worth alone, and what any seeds are at least (see `_alone.py`); it does not vary.
    """

    step: int
    covered: float
    bound: float
    alone: float = 0.0
    least: float = 0.0

    @property
    def share(self) -> float:
        """What the seeds are worth of what any could be, as far as the pools tell."""
        return (self.covered + self.alone) / self.bound

    def ratio(self, doubt: float) -> float:
        """A lower bound of (what the seeds reach) / (what any could), from two independent pools of one size."""
        return (self.alone + max(0.0, at_least(self.covered, doubt))) / self.best(doubt)

    def best(self, doubt: float) -> float:
        """What no seeds exceed: the less of the bound is known for certain, the more chance may have added to it."""
        return self.least + at_most(self.bound - self.least, doubt)

    def grown(self, growth: float, share: float) -> Look:
        """The same at a size so many times as great, the seeds being worth that share of the bound."""
        bound, alone = growth * self.bound, growth * self.alone
        return Look(self.step, max(0.0, share * bound - alone), bound, alone, growth * self.least)


def next_look(plan: Schedule, looks: tuple[Look | None, Look], wanted: float) -> int:
    """The step to look at next: the one foreseen to be enough, at most a doubling away (two after the first look).

    Further only when nothing nearer could do even if the seeds were as good as the bound (whose share of the sets
    only falls as they grow).
    """
    before, now = looks
    reach = STEPS_PER_DOUBLING * (2 if before is None else 1)
    likely = min(foreseen(plan, looks, wanted), now.step + reach)
    return max(likely, foreseen(plan, (None, now.grown(1.0, 1.0)), wanted))


def foreseen(plan: Schedule, looks: tuple[Look | None, Look], wanted: float) -> int:
    """The step of the smallest size that should be enough.

    The share of the bound that the seeds cover grows with the sets they are chosen on, as chance flatters the choice
    less: per doubling, it is taken to gain half of what it gained between the last two looks, and a tenth of the
    bound after the first.
    """
    before, now = looks
    gain = FIRST_GAIN
    if before is not None:
        doublings = math.log2(plan.sizes[now.step] / plan.sizes[before.step])
        gain = max(0.0, now.share - before.share) / doublings / 2.0

    def likely(step: int) -> float:
        growth = plan.sizes[step] / plan.sizes[now.step]
        share = min(1.0, now.share + gain * math.log2(growth))
        return now.grown(growth, share).ratio(plan.doubt)

    last = len(plan.sizes) - 1
    return bisect_left(range(last), wanted, now.step + 1, last, key=likely)


def at_least(covered: float, doubt: float) -> float:
    """What the expected count of covered sets exceeds with probability 1 − e^−doubt (Tang et al. 2018, Eq. 5)."""
    return float((math.sqrt(covered + 2.0 * doubt / 9.0) - math.sqrt(doubt / 2.0)) ** 2 - doubt / 18.0)


def at_most(covered: float, doubt: float) -> float:
    """What the expected count of covered sets stays below with probability 1 − e^−doubt (Tang et al. 2018, Eq. 8)."""
    return float((math.sqrt(covered + doubt / 2.0) + math.sqrt(doubt / 2.0)) ** 2)


def log_choose(n: int, k: int) -> float:
    """Logarithm of the number of ways of choosing k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def wilson(hits: float, trials: int, confidence: float) -> tuple[float, float]:
    """Wilson's interval of a proportion (JASA 22, 1927)."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    share = hits / trials
    middle = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1.0 - share) / trials + z * z / (4 * trials * trials))
    scale = 1.0 + z * z / trials
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)

"""A question to `maximize`, checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _bounds, errors
from ._alone import Alone, split
from ._opim import Task
from .graph import Graph
from .models import Prepared

Nodes = NDArray[np.uint32]
_COUNTABLE = 1 << 24  # sets as which a node may count alone; more when hardly anybody tells anybody


@dataclass(frozen=True)
class Request:
    """A question to `maximize`, checked: indices instead of ids, weights and bounds worked out."""

    k: int
    eps: float
    delta: float
    rng_seed: int
    weights: NDArray[np.float64] | None
    excluded: Nodes
    chosen: Nodes
    total: float
    least: float
    log_choices: float
    wanted: float
    quality: float = 1.0
    costs: NDArray[np.float64] | None = None
    budget: float = 0.0
    alone: Alone | None = None

    def task(self) -> Task:
        """What the stopping rule needs to know; δ is shared by the phases with and without sentinels."""
        plan = self._plan(self.sampled)
        may_settle = self.k > 1 and self.costs is None and self.quality >= 1.0
        return Task(self.k, self.wanted, self.eps, plan, self.chosen, may_settle, self.alone, self._least_alone())

    @property
    def sampled(self) -> float:
        """The weight that all sets of a pool stand for together."""
        return self.total if self.alone is None else self.alone.total

    @property
    def roots(self) -> NDArray[np.float64] | None:
        """In proportion to what roots are drawn."""
        return self.weights if self.alone is None else self.alone.roots

    def on(self, prepared: Prepared) -> Request:
        """The same, knowing how the word passes: sets of one node are not sampled where that pays."""
        if self.costs is not None or self.quality < 1.0:
            return self
        alone = split(prepared, self.weights)
        if alone is None:
            return self
        most = float(alone.worth.max()) * self._plan(alone.total).sizes[-1] / alone.total
        return replace(self, alone=alone) if most < _COUNTABLE else self

    def _plan(self, total: float) -> _bounds.Schedule:
        limit = self.wanted + self.eps
        doubts = (self.eps, self.delta / 2.0)
        return _bounds.schedule(limit, total, self.least, self.log_choices, doubts, total / self.total)

    def _least_alone(self) -> float:
        """What any k seeds that may be chosen are worth alone, with those chosen already."""
        if self.alone is None:
            return 0.0
        free = np.delete(self.alone.worth, np.concatenate([self.excluded, self.chosen]))
        return float(np.partition(free, self.k - 1)[: self.k].sum() + self.alone.worth[self.chosen].sum())


@dataclass(frozen=True)
class Rules:
    """Who may be chosen, who is already, and what reaching each node is worth, as the caller gave them."""

    weights: ArrayLike | None = None
    excluded: Iterable[Any] = ()
    chosen: Iterable[Any] = ()


def checked(
    graph: Graph, k: int, certainty: tuple[float, float | None, int], rules: Rules, quality: float = 1.0
) -> Request:
    """A request for k seeds, or why it cannot be answered; certainty is (ε, δ, seed of the random numbers)."""
    eps, delta, rng_seed = certainty
    delta = checked_slack(graph, eps, delta, _bounds.LIMIT)
    barred, taken = indices(graph, rules.excluded), indices(graph, rules.chosen)
    free = graph.n - np.union1d(barred, taken).size
    if k < 1:
        raise errors.BadParameter(f"k is {k}: ask for at least one seed")
    if quality <= 0.0:
        raise errors.BadParameter("q is 0: no word arrives favourable, whatever the seeds; give a q above 0")
    if k > free:
        raise errors.TooManySeeds(f"{k:,} seeds are asked for and {free:,} nodes may be chosen: lower k")
    values, total = worth(graph, rules.weights)
    own = np.ones(graph.n) if values is None and barred.size + taken.size else values
    least = quality * (float(k) if own is None else _best_own(own, k, barred, taken))
    choices = _bounds.log_choose(free, k)
    wanted = _bounds.LIMIT - eps
    return Request(k, eps, delta, rng_seed, values, barred, taken, total, least, choices, wanted, quality)


def checked_slack(graph: Graph, eps: float, delta: float | None, limit: float) -> float:
    """δ, 1 / n when it is left out; ε and δ refused when they make no guarantee."""
    if not 0.0 < eps < limit:
        raise errors.BadParameter(f"eps is {eps}: give a number above 0 and below {limit:.3f}")
    if delta is None:
        return 1.0 / max(graph.n, 2)
    if not 0.0 < delta < 1.0:
        raise errors.BadParameter(f"delta is {delta}: give a probability above 0 and below 1")
    return delta


def indices(graph: Graph, ids: Iterable[Any]) -> Nodes:
    """Indices of ids, each once, increasing."""
    listed = ids if isinstance(ids, np.ndarray) else list(ids)
    return np.unique(graph.index_of(listed)) if len(listed) else np.empty(0, np.uint32)


def worth(graph: Graph, weights: ArrayLike | None) -> tuple[NDArray[np.float64] | None, float]:
    """Weights and their sum: one finite number per node, none negative, some positive."""
    if weights is None:
        return None, float(graph.n)
    values = per_node(graph, weights, "weight")
    if not values.any():
        raise errors.BadWeight("every node weighs 0: give the nodes that matter a weight")
    return values, float(values.sum())


def per_node(graph: Graph, given: ArrayLike, noun: str) -> NDArray[np.float64]:
    """A finite number, zero or more, for every node."""
    values = np.ascontiguousarray(given, np.float64)
    if values.shape != (graph.n,):
        raise errors.UnequalColumns(f"{values.size:,} {noun}s for {graph.n:,} nodes: give one {noun} per node")
    fine = np.isfinite(values) & (values >= 0.0)
    if not fine.all():
        node = int(np.argmin(fine))
        name = graph.name_of(node).tolist()[0]
        raise errors.BadWeight(f"node {name!r} has {noun} {values[node]}: {noun}s are finite and not negative")
    return values


def _best_own(own: NDArray[np.float64], k: int, barred: Nodes, taken: Nodes) -> float:
    """What the best k seeds and those taken are worth even if nobody listens to them."""
    free = own.copy()
    free[barred] = 0.0
    free[taken] = 0.0
    least = float(np.partition(free, own.size - k)[own.size - k :].sum() + own[taken].sum())
    if least <= 0.0:
        raise errors.BadWeight("no node that may be chosen has a weight above 0: give the nodes that matter a weight")
    return least

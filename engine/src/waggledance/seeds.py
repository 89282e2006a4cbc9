"""Whom to ask first: the seeds from which the word goes furthest, with a certificate."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _bounds, errors
from ._cover import Choice, Counts, LocalSets, choose, count_covered, count_first
from ._frames import frame
from ._memory import peak_bytes
from ._opim import Outcome, Task, run
from ._pools import Pool, Sampler, bitmap
from .graph import Graph
from .models import Model
from .rrsets import checked_weights

Nodes = NDArray[np.uint32]


@dataclass(frozen=True, eq=False, repr=False)
class Seeds:
    """The seeds chosen, and how good they are known to be.

    Attributes
    ----------
    ids : array[k]
        The seeds, the most useful first.
    nodes : uint32[k]
        Their indices.
    reach : float64[k]
        Estimated spread of the first 1, 2 … k seeds, after those chosen already.
    spread : float
        Estimated spread of all seeds and of those chosen already, in nodes (or in weight, when nodes have weights).
    low, high : float
        An interval that holds the true spread with probability `confidence`.
    ratio : float
        The spread is at least this share of what the best seeds reach, with probability `confidence`.
    asked : float
        The ratio that was asked for (1 − 1/e − ε).
    confidence : float
        1 − δ.
    sets, entries : int
        Sets sampled in both pools, and the nodes in them.
    sentinels : int
        Seeds settled early so that later sets could be given up at them; 0 when it did not pay.
    cpu_seconds : float
        Process time of the call.
    peak_bytes : int
        The most memory this process has held so far.
    parameters : dict
        All that the result depends on.
    """

    ids: NDArray[Any]
    nodes: Nodes
    reach: NDArray[np.float64]
    spread: float
    low: float
    high: float
    ratio: float
    asked: float
    confidence: float
    sets: int
    entries: int
    sentinels: int
    cpu_seconds: float
    peak_bytes: int
    parameters: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        first = ", ".join(map(repr, self.ids[:5].tolist())) + (", …" if self.ids.size > 5 else "")
        return (
            f"Seeds({self.ids.size:,}: {first}; spread {self.spread:,.1f} [{self.low:,.1f}, {self.high:,.1f}], "
            f"at least {self.ratio:.3f} of the best (asked {self.asked:.3f}), {self.sets:,} sets)"
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain Python, for JSON."""
        plain = {name: value for name, value in self.__dict__.items() if name not in ("ids", "nodes", "reach")}
        return {"ids": self.ids.tolist(), "nodes": self.nodes.tolist(), "reach": self.reach.tolist(), **plain}

    def to_polars(self) -> Any:
        """A table with one row per seed: rank, id, node, reach.

        Raises
        ------
        MissingPackage
            When polars is not installed.
        """
        ranks = np.arange(1, self.ids.size + 1)
        return frame({"rank": ranks, "id": self.ids, "node": self.nodes, "reach": self.reach})


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

    def task(self, n: int) -> Task:
        """What the stopping rule needs to know; δ is shared by the phases with and without sentinels."""
        barred = np.union1d(self.excluded, self.chosen).size
        log_choices = _bounds.log_choose(n - barred, self.k)
        plan = _bounds.schedule(self.total, self.least, log_choices, self.eps, self.delta / 2.0)
        return Task(self.k, _bounds.LIMIT - self.eps, self.eps, plan, self.chosen, self.k > 1)


def maximize(
    graph: Graph,
    k: int,
    model: Model,
    *,
    eps: float = 0.1,
    delta: float | None = None,
    rng_seed: int = 1,
    threads: int | None = None,
    weights: ArrayLike | None = None,
    excluded: Iterable[Any] = (),
    chosen: Iterable[Any] = (),
) -> Seeds:
    """The k seeds from which the word goes furthest, to within a proven ratio of the best.

    Parameters
    ----------
    graph : Graph
    k : int
        Number of seeds, 1 … 10,000 or more.
    model : Model
        How the word passes (see `waggledance.models`).
    eps : float
        Slack: the spread is at least 1 − 1/e − eps times that of the best seeds. The ratio reached is usually better
        and is reported.
    delta : float, optional
        Probability that the guarantee fails; 1 / n when left out.
    rng_seed : int
        The result depends on this and on the parameters, never on the number of threads.
    threads : int, optional
        All processors when left out.
    weights : array_like[n], optional
        What reaching each node is worth (in the order of indices); 1 each when left out.
    excluded : iterable of ids
        Nodes that must not be seeds.
    chosen : iterable of ids
        Seeds taken already: the k new ones are the best beside them, and spread and ratio are those of all together.

    Returns
    -------
    Seeds

    Raises
    ------
    TooManySeeds, BadParameter, BadWeight, UnknownNode

    Notes
    -----
    OPIM-C (Tang, Tang, Xiao and Yuan, SIGMOD 2018) on reverse-reachable sets made by subset sampling, with sentinels
    where sets are large (Guo, Wang, Wei and Chen, SIGMOD 2020).

    Examples
    --------
    >>> from waggledance import Graph, maximize, models
    >>> graph = Graph.from_edges(["ann"] * 3 + ["bob", "eve"], ["bob", "cid", "dan", "fay", "gil"])
    >>> found = maximize(graph, 2, models.Uniform(1.0))
    >>> found.ids.tolist(), round(found.spread)
    (['ann', 'eve'], 7)
    """
    started = time.process_time()
    request = checked(graph, k, eps, delta, rng_seed, weights, excluded, chosen)
    sampler = Sampler(model.prepare(graph), rng_seed=rng_seed, threads=threads, weights=request.weights)
    outcome = run(OwnPools(sampler, request, graph.out_degrees), request.task(graph.n))
    return told(graph, model, request, outcome, time.process_time() - started)


def checked(
    graph: Graph,
    k: int,
    eps: float,
    delta: float | None,
    rng_seed: int,
    weights: ArrayLike | None,
    excluded: Iterable[Any],
    chosen: Iterable[Any],
) -> Request:
    """The request, or the reason why it cannot be answered."""
    delta = 1.0 / max(graph.n, 2) if delta is None else delta
    if not 0.0 < eps < _bounds.LIMIT:
        raise errors.BadParameter(f"eps is {eps}: give a number above 0 and below 1 − 1/e = {_bounds.LIMIT:.3f}")
    if not 0.0 < delta < 1.0:
        raise errors.BadParameter(f"delta is {delta}: give a probability above 0 and below 1")
    barred, taken = _indices(graph, excluded), _indices(graph, chosen)
    free = graph.n - np.union1d(barred, taken).size
    if k < 1:
        raise errors.BadParameter(f"k is {k}: ask for at least one seed")
    if k > free:
        raise errors.TooManySeeds(f"{k:,} seeds are asked for and {free:,} nodes may be chosen: lower k")
    values, total, least = _worth(graph, k, weights, barred, taken)
    return Request(k, eps, delta, rng_seed, values, barred, taken, total, least)


def _indices(graph: Graph, ids: Iterable[Any]) -> Nodes:
    listed = ids if isinstance(ids, np.ndarray) else list(ids)
    return np.unique(graph.index_of(listed)) if len(listed) else np.empty(0, np.uint32)


def _worth(
    graph: Graph, k: int, weights: ArrayLike | None, barred: Nodes, taken: Nodes
) -> tuple[NDArray[np.float64] | None, float, float]:
    """Weights, their sum, and what k seeds and those taken are worth even if nobody listens to them."""
    if weights is None:
        return None, float(graph.n), float(k + taken.size)
    values = checked_weights(graph, weights)
    free = values.copy()
    free[barred] = 0.0
    free[taken] = 0.0
    least = float(np.sort(np.partition(free, graph.n - k)[graph.n - k :]).sum() + values[taken].sum())
    if least <= 0.0:
        raise errors.BadWeight("no node that may be chosen has a weight above 0: give the nodes that matter a weight")
    return values, float(values.sum()), least


class OwnPools:
    """The two pools of a run in this process."""

    def __init__(self, sampler: Sampler, request: Request, tie: NDArray[np.uint32]) -> None:
        self.sampler, self.request, self.tie = sampler, request, tie
        self.restart((0, 1), request.chosen)

    def restart(self, pools: tuple[int, int], stops: Nodes) -> None:
        """Forget all sets; take streams of these numbers, giving up sets that meet one of the stops."""
        self.numbers = pools
        self.stops = bitmap(self.sampler.nodes, stops) if stops.size else np.empty(0, np.uint64)
        self.pools = (Pool(), Pool())
        self.sets = LocalSets(self.sampler.nodes)

    def grow(self, size: int) -> None:
        """Have this many sets in each pool."""
        for number, pool in zip(self.numbers, self.pools, strict=True):
            if size > pool.count:
                pool.extend(self.sampler.parts(number, pool.count, size - pool.count, self.stops))
        self.sets.follow(self.pools[0].entries)

    def choose(self, settled: Nodes) -> Choice:
        """Seeds beyond those settled, from the first pool; nodes in no set when the others run out."""
        request = self.request
        taken = np.concatenate([request.chosen, settled])
        wanted = request.k - settled.size
        choice = choose(
            self.sets,
            self.pools[0].offsets,
            wanted,
            self.tie,
            excluded=request.excluded,
            chosen=taken,
            most=request.k,
        )
        return filled(choice, wanted, self.tie, np.concatenate([request.excluded, taken]))

    def covered(self, nodes: Nodes) -> int:
        """How many sets of the second pool hold one of the nodes."""
        pool = self.pools[1]
        return count_covered(pool.entries, pool.offsets, bitmap(self.sampler.nodes, nodes))

    def covered_first(self, nodes: Nodes) -> Counts:
        """How many sets of the second pool each node, in order, is the first to cover: int64[1 + k]."""
        pool = self.pools[1]
        return count_first(pool.entries, pool.offsets, bitmap(self.sampler.nodes, nodes), nodes)

    def entries(self) -> int:
        """Entries of both pools."""
        return sum(pool.entries.size for pool in self.pools)


def filled(choice: Choice, wanted: int, tie: NDArray[np.uint32], barred: Nodes) -> Choice:
    """The choice, completed with nodes that are in no set: those with the most out-arcs, then the lowest indices."""
    missing = wanted - choice.nodes.size
    if missing == 0:
        return choice
    rank = np.argsort(-tie.astype(np.int64), kind="stable").astype(np.uint32)
    more = rank[~np.isin(rank, np.concatenate([choice.nodes, barred]))][:missing]
    covered = np.concatenate([choice.covered, np.full(missing, choice.covered[-1])])
    return Choice(np.concatenate([choice.nodes, more]), covered, choice.bound)


def told(graph: Graph, model: Model, request: Request, outcome: Outcome, seconds: float) -> Seeds:
    """The outcome in the units of the question."""
    scale = request.total / outcome.size
    covered = np.cumsum(outcome.first)
    doubt = request.task(graph.n).plan.doubt
    parameters = {
        "k": request.k,
        "model": model.to_dict(),
        "eps": request.eps,
        "delta": request.delta,
        "rng_seed": request.rng_seed,
        "weighted": request.weights is not None,
        "excluded": int(request.excluded.size),
        "chosen": int(request.chosen.size),
    }
    return Seeds(
        ids=graph.name_of(outcome.nodes),
        nodes=outcome.nodes,
        reach=np.asarray(covered[1:] * scale, np.float64),
        spread=float(covered[-1]) * scale,
        low=max(0.0, _bounds.at_least(float(covered[-1]), doubt)) * scale,
        high=min(_bounds.at_most(float(covered[-1]), doubt) * scale, request.total),
        ratio=outcome.ratio,
        asked=_bounds.LIMIT - request.eps,
        confidence=1.0 - request.delta,
        sets=outcome.sets,
        entries=outcome.entries,
        sentinels=outcome.sentinels,
        cpu_seconds=seconds,
        peak_bytes=peak_bytes(),
        parameters=parameters,
    )

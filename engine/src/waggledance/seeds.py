"""Whom to ask first: the seeds from which the word goes furthest, with a certificate."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _bounds, errors
from ._frames import frame
from ._memory import peak_bytes
from ._opim import Outcome, run
from ._own_pools import FavourPools, OwnPools
from ._pools import Sampler
from ._request import Request, Rules, checked
from .budget import within_budget
from .graph import Graph
from .models import Model, Prepared

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

    def __str__(self) -> str:
        rows = zip(range(1, self.ids.size + 1), self.ids.tolist(), self.reach.tolist(), strict=True)
        wide = max((len(str(one)) for one in self.ids.tolist()), default=2)
        lines = [f"{rank:>6,}  {one!s:<{wide}}  {reach:>14,.1f}" for rank, one, reach in rows]
        return "\n".join([repr(self), f"{'rank':>6}  {'id':<{wide}}  {'reach':>14}", *lines])

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


def maximize(
    graph: Graph,
    k: int | None,
    model: Model,
    *,
    eps: float = 0.1,
    delta: float | None = None,
    rng_seed: int = 1,
    threads: int | None = None,
    weights: ArrayLike | None = None,
    excluded: Iterable[Any] = (),
    chosen: Iterable[Any] = (),
    costs: ArrayLike | None = None,
    budget: float | None = None,
) -> Seeds:
    """The k seeds from which the word goes furthest, to within a proven ratio of the best.

    Parameters
    ----------
    graph : Graph
    k : int or None
        Number of seeds, 1 … 10,000 or more; None with a budget.
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
    costs : array_like[n], optional
        What each node would cost as a seed (in the order of indices), more than 0; 1 each when left out.
    budget : float, optional
        What the seeds may cost together, instead of k. The guarantee is then weaker, (1 − 1/e) / 2 − eps: see
        `waggledance.budget`.

    Returns
    -------
    Seeds

    Raises
    ------
    TooManySeeds, BadParameter, BadWeight, UnknownNode, UnequalColumns

    Notes
    -----
    OPIM-C (Tang, Tang, Xiao and Yuan, SIGMOD 2018) on reverse-reachable sets made by subset sampling, with sentinels
    where sets are large (Guo, Wang, Wei and Chen, SIGMOD 2020), and without the sets of one node where most are such
    (Nguyen, Nguyen, Phan and Dinh, ICDM 2017).

    Examples
    --------
    >>> from waggledance import Graph, maximize, models
    >>> graph = Graph.from_edges(["ann"] * 3 + ["bob", "eve"], ["bob", "cid", "dan", "fay", "gil"])
    >>> found = maximize(graph, 2, models.Uniform(1.0))
    >>> found.ids.tolist(), round(found.spread)
    (['ann', 'eve'], 7)
    """
    started = time.process_time()
    rules = Rules(weights, excluded, chosen)
    prepared = model.prepare(graph)
    if budget is not None or costs is not None:
        if k is not None or prepared.quality < 1.0:
            raise errors.BadParameter("a budget is given: leave k out, and use a model whose word does not turn")
        request = within_budget(graph, costs, budget, (eps, delta, rng_seed), rules)
    elif k is None:
        raise errors.BadParameter("neither k nor a budget is given: say how many seeds, or what they may cost")
    else:
        request = checked(graph, k, (eps, delta, rng_seed), rules, prepared.quality)
    request = request.on(prepared)
    outcome = run(pools_of(graph, prepared, request, threads), request.task())
    return told(graph, model, request, outcome, time.process_time() - started)


def pools_of(graph: Graph, prepared: Prepared, request: Request, threads: int | None) -> OwnPools:
    """Pools in this process."""
    turns = request.quality < 1.0
    told = request.alone is not None
    options = {"threads": threads, "weights": request.roots, "steps": turns, "told": told}
    sampler = Sampler(prepared, rng_seed=request.rng_seed, **options)  # type: ignore[arg-type]
    return (FavourPools if turns else OwnPools)(sampler, request, graph.out_degrees)


def told(graph: Graph, model: Model, request: Request, outcome: Outcome, seconds: float) -> Seeds:
    """The outcome in the units of the question."""
    scale = request.sampled / outcome.size
    covered = np.cumsum(outcome.first)
    worth = covered + np.cumsum(outcome.alone)
    alone = float(outcome.alone.sum())
    doubt = request.task().plan.doubt
    parameters = {
        **({"budget": request.budget} if request.costs is not None else {"k": request.k}),
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
        reach=worth[1:] * scale,
        spread=float(worth[-1]) * scale,
        low=(max(0.0, _bounds.at_least(float(covered[-1]), doubt)) + alone) * scale,
        high=min((_bounds.at_most(float(covered[-1]), doubt) + alone) * scale, request.total),
        ratio=outcome.ratio,
        asked=request.wanted,
        confidence=1.0 - request.delta,
        sets=outcome.sets,
        entries=outcome.entries,
        sentinels=outcome.sentinels,
        cpu_seconds=seconds,
        peak_bytes=peak_bytes(),
        parameters=parameters,
    )

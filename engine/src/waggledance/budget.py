"""Seeds that cost something: the best for a budget.

With costs the greedy choice takes the node that adds most per unit of cost while it fits, and compares the result
with the best single node that can be afforded. The better of the two reaches at least (1 − 1/e) / 2 ≈ 0.316 of what
any affordable seeds could, against 1 − 1/e ≈ 0.632 for k seeds of equal cost; either alone can be arbitrarily bad.
The ratio *reached* is computed from the budget filled with fractions of nodes and is usually far above the guarantee:
`Seeds.ratio` tells it.

Sources: Khuller, Moss and Naor, *The budgeted maximum coverage problem*, Information Processing Letters 70(1), 1999;
Leskovec et al., *Cost-effective outbreak detection in networks*, KDD 2007.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _bounds, errors
from ._request import Request, Rules, checked_slack, indices, per_node, worth
from .graph import Graph

LIMIT: Final = _bounds.LIMIT / 2.0


def within_budget(
    graph: Graph,
    costs: ArrayLike | None,
    budget: float | None,
    certainty: tuple[float, float | None, int],
    rules: Rules,
) -> Request:
    """A request for affordable seeds, or the reason why it cannot be answered.

    Parameters
    ----------
    graph : Graph
    costs : array_like[n] or None
        More than 0 each; 1 each when None.
    budget : float
        What the seeds may cost together.
    certainty : (float, float or None, int)
        ε, δ (1 / n when None) and the seed of the random numbers.
    rules : Rules

    Returns
    -------
    Request

    Raises
    ------
    BadParameter, BadWeight, UnequalColumns, UnknownNode, TooManySeeds

    Examples
    --------
    >>> from waggledance import Graph, maximize, models
    >>> graph = Graph.from_edges([0, 0, 0, 4, 6, 8], [1, 2, 3, 5, 7, 9])
    >>> found = maximize(graph, None, models.Uniform(1.0), costs=[3] + [1] * 9, budget=3)
    >>> sorted(found.ids.tolist()), found.low < 6 < found.high
    ([4, 6, 8], True)
    """
    eps, delta, rng_seed = certainty
    delta = checked_slack(graph, eps, delta, LIMIT)
    prices = np.ones(graph.n) if costs is None else _prices(graph, costs)
    if budget is None or not math.isfinite(budget) or budget <= 0.0:
        raise errors.BadParameter(f"budget is {budget}: give what the seeds may cost together, more than 0")
    barred, taken = indices(graph, rules.excluded), indices(graph, rules.chosen)
    affordable = prices <= budget
    affordable[barred] = False
    affordable[taken] = False
    cheapest = np.sort(prices[affordable])
    if not cheapest.size:
        raise errors.TooManySeeds(f"no node that may be chosen costs {budget} or less: raise the budget")
    most = int(np.searchsorted(np.cumsum(cheapest), budget * (1 + 1e-12), side="right"))
    values, total = worth(graph, rules.weights)
    own = np.ones(graph.n) if values is None else values
    least = float(own[affordable].max() + own[taken].sum())
    if least <= 0.0:
        raise errors.BadWeight("no node that can be afforded has a weight above 0: give those that matter one")
    some = min(most, cheapest.size // 2)
    choices = _bounds.log_choose(cheapest.size, some) + math.log(most + 1)
    return Request(
        most,
        eps,
        delta,
        rng_seed,
        values,
        barred,
        taken,
        total,
        least,
        choices,
        LIMIT - eps,
        costs=prices,
        budget=float(budget),
    )


def _prices(graph: Graph, costs: ArrayLike) -> NDArray[np.float64]:
    prices = per_node(graph, costs, "cost")
    if not prices.all():
        name = graph.name_of(int(np.argmin(prices))).tolist()[0]
        raise errors.BadWeight(f"node {name!r} costs 0: give every node a cost above 0, or make it a chosen seed")
    return prices

"""How far the word would go, straight from what was seen, without a model of how it passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._parents import Parents, possible_parents
from .actions import ActionLog


@dataclass(frozen=True, eq=False, repr=False)
class CreditDistribution:
    """Who owes his actions to whom, over a log; `spread` sums it up for a set of seeds.

    Attributes
    ----------
    log : ActionLog
        What was seen.
    window : float
        A possible parent acted at most this long before.

    Examples
    --------
    Cid acts after both Ann and Bob; half the credit is Ann's, half Bob's, who owes his own to Ann:

    >>> from waggledance import ActionLog, Graph, credit_distribution
    >>> graph = Graph.from_edges(["ann", "ann", "bob"], ["bob", "cid", "cid"])
    >>> credit = credit_distribution(ActionLog.from_rows(graph, [1, 1, 1], ["ann", "bob", "cid"], [0, 1, 2]))
    >>> credit.spread("ann"), credit.spread("bob")
    (3.0, 1.5)
    """

    log: ActionLog
    window: float = np.inf

    @cached_property
    def _parents(self) -> Parents:
        return possible_parents(self.log, self.window)

    @cached_property
    def _sources(self) -> NDArray[np.uint32]:
        return self.log.graph.in_neighbours[self._parents.arcs]

    @cached_property
    def _rates(self) -> NDArray[np.float64]:
        activity = self.log.activity
        return np.divide(1.0, activity, out=np.zeros(activity.size), where=activity > 0)

    def per_node(self, seeds: Any) -> NDArray[np.float64]:
        """Share of every node's actions owed to the seeds, 0 to 1: float64[n]."""
        graph = self.log.graph
        chosen = np.zeros(graph.n, np.bool_)
        chosen[graph.index_of(seeds)] = True
        owed = np.zeros(graph.n)
        rows = (self.log.offsets, self.log.nodes)
        _owe(rows, (self._parents.offsets, self._sources), chosen, self._rates, owed)
        return owed

    def spread(self, seeds: Any) -> float:
        """Members expected to act when the seeds do; a seed that never acted in the log counts for nothing.

        Raises
        ------
        UnknownNode
            When a seed is not one of the graph's nodes.
        """
        return float(self.per_node(seeds).sum())

    def to_dict(self) -> dict[str, Any]:
        """What it rests on."""
        return {"window": self.window, "cascades": len(self.log), "credits": int(self._parents.arcs.size)}

    def __repr__(self) -> str:
        return f"CreditDistribution({len(self.log):,} cascades, {self._parents.arcs.size:,} direct credits)"


def credit_distribution(log: ActionLog, *, window: float = np.inf) -> CreditDistribution:
    """Credit distribution: every action's credit goes in equal parts to its possible parents, and on to theirs.

    Predicts the spread of any seeds without probabilities or simulation, in one pass over the log: a check on the
    models that owes nothing to them.

    Parameters
    ----------
    log : ActionLog
        Parents are not read.
    window : float
        A possible parent acted at most this long before, in the log's unit of time.

    Raises
    ------
    BadParameter
        When the window is not positive.

    Notes
    -----
    Goyal, Bonchi and Lakshmanan, "A data-based approach to social influence maximization", PVLDB 5(1), 2011:
    σ(S) = Σ_u (1 / A_u) Σ_a Γ_S,u(a), with equal direct credits.
    """
    if not window > 0:
        raise errors.BadParameter(f"window is {window}: a length of time above zero")
    return CreditDistribution(log, window)


@njit(nogil=True, cache=True)
def _owe(rows, parents, chosen, rates, owed):  # type: ignore[no-untyped-def]
    """Walk every cascade in the order of time: an action owes the mean of what its possible parents owe."""
    offsets, nodes = rows
    starts, sources = parents
    share = np.zeros(chosen.size)
    for cascade in range(offsets.size - 1):
        for row in range(offsets[cascade], offsets[cascade + 1]):
            total = 0.0
            if chosen[nodes[row]]:
                total = 1.0
            elif starts[row + 1] > starts[row]:
                for place in range(starts[row], starts[row + 1]):
                    total += share[sources[place]]
                total /= starts[row + 1] - starts[row]
            share[nodes[row]] = total
            owed[nodes[row]] += total * rates[nodes[row]]

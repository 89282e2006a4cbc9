"""Probabilities of arcs from what was seen: counts when parents are known, expectation-maximisation when not.

Split the log by time first (`ActionLog.split_by_time`) and keep the later part for `compare`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._frames import frame
from ._layout import NOBODY
from ._parents import Parents, possible_parents
from .actions import ActionLog
from .graph import Graph

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Learned:
    """Probabilities of the arcs of a graph.

    Attributes
    ----------
    graph : Graph
        The graph that was learnt on; per-arc values are in the order of its in-arcs.
    probabilities : float64[m]
        That a word passes along each arc.
    successes : float64[m]
        Times it did, as counted, credited or expected.
    exposures : int64[m]
        Times it could: the source acted while the target had not.
    method : str
        How they were learnt.
    log_likelihood : float64
        After every round, where there are rounds.
    parameters : dict
        What was asked for and what was fitted.
    """

    graph: Graph
    probabilities: Floats
    successes: Floats
    exposures: NDArray[np.int64]
    method: str
    log_likelihood: Floats = field(default_factory=lambda: np.empty(0))
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def weighted(self) -> Graph:
        """The graph with the probabilities as weights: for `models.IndependentCascade`."""
        return replace(self.graph, in_weights=self.probabilities.astype(np.float32))

    def to_dict(self) -> dict[str, Any]:
        """A summary of plain values; the arcs are in `to_polars`."""
        seen = self.exposures > 0
        return {
            "method": self.method,
            "arcs": self.graph.m,
            "arcs_exposed": int(seen.sum()),
            "arcs_used": int((self.successes > 0).sum()),
            "mean_probability": float(self.probabilities.mean()) if self.graph.m else 0.0,
            "mean_probability_exposed": float(self.probabilities[seen].mean()) if seen.any() else 0.0,
            "rounds": int(self.log_likelihood.size),
            "log_likelihood": float(self.log_likelihood[-1]) if self.log_likelihood.size else None,
            "parameters": self.parameters,
        }

    def columns(self) -> dict[str, NDArray[Any]]:
        """A value per arc: `source`, `target`, `probability`, `successes`, `exposures`."""
        return {
            "source": self.graph.name_of(self.graph.in_neighbours),
            "target": self.graph.name_of(self.graph.in_targets),
            "probability": self.probabilities,
            "successes": self.successes,
            "exposures": self.exposures,
        }

    def to_polars(self) -> Any:
        """The columns as a table (needs polars)."""
        return frame(self.columns())

    def __repr__(self) -> str:
        told = self.to_dict()
        rounds = f", {told['rounds']} rounds" if told["rounds"] else ""
        return (
            f"Learned({self.method}: {told['arcs_used']:,} of {told['arcs']:,} arcs used, "
            f"{told['arcs_exposed']:,} exposed, mean p {told['mean_probability_exposed']:.4f} of these{rounds})"
        )


def learn_counts(log: ActionLog, *, groups: ArrayLike | None = None, strength: float | None = None) -> Learned:
    """Beta-binomial: p = (successes + strength · mean of its group) / (exposures + strength).

    For logs whose parents are known. An arc seen often keeps its own rate, one seen rarely leans on its group, whose
    mean leans on the mean of all in the same way.

    Parameters
    ----------
    log : ActionLog
        With parents.
    groups : array_like of int[m], optional
        Group of every in-arc (by circle, by kind of tie); all in one when left out.
    strength : float, optional
        How many exposures the group's mean counts for; fitted by moments when left out.

    Returns
    -------
    Learned

    Raises
    ------
    BadParameter
        When the log has no parents, or a setting is outside its values.
    UnequalColumns
        When there is not one group per arc.

    Notes
    -----
    The moment estimate of the strength is Kleinman's ("Proportions with extraneous variance", JASA 68, 1973),
    between 1 and 10,000.

    Examples
    --------
    >>> from waggledance import ActionLog, Graph, learn_counts
    >>> graph = Graph.from_edges(["ann", "ann"], ["bob", "cid"])
    >>> rows = [(1, "ann", 0, None), (1, "bob", 1, "ann"), (2, "ann", 3, None), (3, "ann", 5, None)]
    >>> learnt = learn_counts(ActionLog.from_rows(graph, *zip(*rows)), strength=1)
    >>> learnt.probabilities.round(3).tolist()
    [0.292, 0.042]
    """
    if log.parents is None:
        raise errors.BadParameter("the log has no parents to count: record who passed it on, or use learn_em")
    if strength is not None and not strength >= 0:
        raise errors.BadParameter(f"strength is {strength}: a number of exposures, zero or more")
    exposures = possible_parents(log).exposures
    successes = np.zeros(log.graph.m)
    records, sources = log.graph.in_records, log.graph.in_neighbours
    _count_passes((records[:, 2], log.graph.in_offsets, sources), log.nodes, log.parents, successes)
    exposures = np.maximum(exposures, successes.astype(np.int64))
    fitted = _fit_strength(successes, exposures) if strength is None else float(strength)
    means = _group_means(successes, exposures, _as_groups(groups, log.graph.m), fitted)
    probabilities = _shrunk(successes, exposures, means, fitted)
    return Learned(log.graph, probabilities, successes, exposures, "counts", parameters={"strength": fitted})


def partial_credit(log: ActionLog, *, window: float = np.inf) -> Learned:
    """Each action's credit shared equally among its possible parents: p = credit / actions of the source.

    One pass; the start of `learn_em`. Underestimates: credit that is shared is counted once.

    Parameters
    ----------
    log : ActionLog
        Parents are not read.
    window : float
        A possible parent acted at most this long before, in the log's unit of time.

    Returns
    -------
    Learned

    Raises
    ------
    BadParameter
        When the window is not positive.

    Notes
    -----
    Goyal, Bonchi and Lakshmanan, "Learning influence probabilities in social networks", WSDM 2010, section 4.2.

    Examples
    --------
    >>> from waggledance import ActionLog, Graph, partial_credit
    >>> graph = Graph.from_edges([0, 1], [2, 2])
    >>> partial_credit(ActionLog.from_rows(graph, [1, 1, 1], [0, 1, 2], [0, 0, 1])).probabilities.tolist()
    [0.5, 0.5]
    """
    parents = _parents_within(log, window)
    credit = np.zeros(log.graph.m)
    _share_credit(parents.offsets, parents.arcs, credit)
    actions = log.activity[log.graph.in_neighbours]
    probabilities = np.divide(credit, actions, out=np.zeros(log.graph.m), where=actions > 0)
    return Learned(log.graph, probabilities, credit, parents.exposures, "partial credit")


def learn_em(
    log: ActionLog,
    *,
    window: float = np.inf,
    prior: tuple[float, float] = (0.0, 0.0),
    rounds: int = 200,
    tolerance: float = 1e-4,
) -> Learned:
    """Expectation-maximisation: the probabilities under which what was seen is most likely, parents unknown.

    Each round shares every action among its possible parents in proportion to their present probabilities, then
    p = (expected successes + a) / (exposures + a + b). The likelihood never falls. Linear per round.

    Parameters
    ----------
    log : ActionLog
        Parents are not read. An action without a possible parent is spontaneous and says nothing of arcs.
    window : float
        A possible parent acted at most this long before, in the log's unit of time.
    prior : (float, float)
        Successes and failures a, b imagined for every arc: against certainties drawn from one sight. With (0, 0) an
        arc that was never exposed has p = 0.
    rounds : int
        At most so many.
    tolerance : float
        Done when no probability moves by more.

    Returns
    -------
    Learned

    Raises
    ------
    BadParameter
        When a setting is outside its values.

    Notes
    -----
    Saito, Nakano and Kimura, "Prediction of information diffusion probabilities for independent cascade model", KES
    2008; their time steps replaced by a window.

    Examples
    --------
    >>> from waggledance import ActionLog, Graph, learn_em
    >>> graph = Graph.from_edges([0, 1], [2, 2])
    >>> rows = [(1, 0, 0), (1, 1, 0), (1, 2, 1), (2, 1, 5), (3, 0, 6), (3, 2, 7)]
    >>> learn_em(ActionLog.from_rows(graph, *zip(*rows))).probabilities.round(2).tolist()
    [1.0, 0.0]
    """
    if min(prior) < 0 or rounds < 1 or not tolerance >= 0:
        raise errors.BadParameter(
            f"prior is {prior}, rounds {rounds}, tolerance {tolerance}: none is negative, and there is a round"
        )
    start = partial_credit(log, window=window)
    parents = possible_parents(log, window)
    exposures = parents.exposures
    unseen = prior[0] / (prior[0] + prior[1]) if prior[0] else 0.0
    p = np.where(start.successes > 0, np.clip(start.probabilities, 1e-6, 1.0 - 1e-6), unseen)
    sights = np.bincount(parents.arcs, minlength=log.graph.m)
    told = []
    expected = start.successes
    for _ in range(rounds):
        expected = np.zeros(log.graph.m)
        likelihood = _expect(parents.offsets, parents.arcs, p, expected)
        told.append(likelihood + _failures(p, exposures - sights) + _prior_term(p, prior))
        below = exposures + prior[0] + prior[1]
        fresh = np.divide(expected + prior[0], below, out=np.zeros(log.graph.m), where=below > 0)
        moved = float(np.abs(fresh - p).max(initial=0.0))
        p = fresh
        if moved <= tolerance:
            break
    parameters = {"window": window, "prior": list(prior), "tolerance": tolerance}
    return Learned(log.graph, p, expected, exposures, "EM", np.array(told), parameters)


def _parents_within(log: ActionLog, window: float) -> Parents:
    if not window > 0:
        raise errors.BadParameter(f"window is {window}: a length of time above zero")
    return possible_parents(log, window)


def _as_groups(groups: ArrayLike | None, m: int) -> NDArray[np.int64]:
    if groups is None:
        return np.zeros(m, np.int64)
    given = np.asarray(groups)
    if given.shape != (m,):
        raise errors.UnequalColumns(f"{given.size:,} groups for {m:,} arcs: give one per in-arc")
    return np.unique(given, return_inverse=True)[1]


def _fit_strength(successes: Floats, exposures: NDArray[np.int64]) -> float:
    """Kleinman's moment estimate: how much rates vary between arcs beyond what chance in each explains."""
    seen = exposures > 0
    n, k = exposures[seen].astype(np.float64), successes[seen]
    total = n.sum()
    if n.size < 2 or not 0 < k.sum() < total:
        return 1.0
    mean = k.sum() / total
    weight = n / total
    scatter = float((weight * (k / n - mean) ** 2).sum())
    chance = mean * (1 - mean) * float((weight * (1 - weight) / n).sum())
    beyond = mean * (1 - mean) * float((weight * (1 - weight) * (1 - 1 / n)).sum())
    share = (scatter - chance) / beyond if beyond > 0 else 0.0  # = 1 / (strength + 1)
    return float(np.clip(1 / share - 1, 1.0, 1e4)) if share > 0 else 1e4


def _group_means(
    successes: Floats, exposures: NDArray[np.int64], groups: NDArray[np.int64], strength: float
) -> Floats:
    total = exposures.sum()
    mean = float(successes.sum() / total) if total else 0.0
    k = np.bincount(groups, weights=successes).astype(np.float64)
    n = np.bincount(groups, weights=exposures)
    return _shrunk(k, n, np.full(k.size, mean), strength)[groups]


def _shrunk(successes: Floats, exposures: NDArray[Any], means: Floats, strength: float) -> Floats:
    below = exposures + strength
    return np.divide(successes + strength * means, below, out=np.zeros(means.size), where=below > 0)


def _failures(p: Floats, misses: NDArray[np.int64]) -> float:
    """Log-likelihood of the exposures that led to nothing."""
    met = misses > 0
    with np.errstate(divide="ignore"):
        return float((misses[met] * np.log1p(-p[met])).sum())


def _prior_term(p: Floats, prior: tuple[float, float]) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        for_it = prior[0] * np.log(p).sum() if prior[0] else 0.0
        against = prior[1] * np.log1p(-p).sum() if prior[1] else 0.0
    return float(for_it + against)


@njit(nogil=True, cache=True)
def _count_passes(lists, nodes, parents, successes):  # type: ignore[no-untyped-def]
    """Count, per arc, the actions whose parent is its source; parents without an arc are nobody's success."""
    degrees, offsets, neighbours = lists
    for row in range(nodes.size):
        if parents[row] == NOBODY:
            continue
        low = np.int64(offsets[nodes[row]])
        end = low + np.int64(degrees[nodes[row]])
        high = end
        while low < high:
            middle = (low + high) // 2
            if neighbours[middle] < parents[row]:
                low = middle + 1
            else:
                high = middle
        if low < end and neighbours[low] == parents[row]:
            successes[low] += 1.0


@njit(nogil=True, cache=True)
def _share_credit(offsets, arcs, credit):  # type: ignore[no-untyped-def]
    for action in range(offsets.size - 1):
        for place in range(offsets[action], offsets[action + 1]):
            credit[arcs[place]] += 1.0 / (offsets[action + 1] - offsets[action])


@njit(nogil=True, cache=True)
def _expect(offsets, arcs, p, expected):  # type: ignore[no-untyped-def]
    """Share every action among its possible parents; returns the log-likelihood of the actions."""
    likelihood = 0.0
    for action in range(offsets.size - 1):
        if offsets[action] == offsets[action + 1]:
            continue
        none = 1.0
        for place in range(offsets[action], offsets[action + 1]):
            none *= 1.0 - p[arcs[place]]
        some = max(1.0 - none, 1e-300)
        likelihood += np.log(some)
        for place in range(offsets[action], offsets[action + 1]):
            expected[arcs[place]] += p[arcs[place]] / some
    return likelihood

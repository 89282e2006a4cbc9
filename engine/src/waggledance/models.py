"""How the word passes along an arc: the models, and what kernels are given of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._layout import Records, degree_of, fraction, none_live, start_of
from .graph import Graph

WC: Final = 0
UNIFORM: Final = 1
ARCS: Final = 2
LT: Final = 3


@dataclass(frozen=True, eq=False, repr=False)
class Prepared:
    """A model applied to a graph: what kernels read.

    Attributes
    ----------
    records : uint32[n, 4]
        As `Graph.in_records`, with the model's own P(no live in-arc).
    neighbours : uint32[m]
        `Graph.in_neighbours`, not copied.
    probabilities : float32[m] or None
        Per in-arc, when not implied by `kind`. Under LT: the share of each arc, summing to at most 1 per target;
        None for 1 / in-degree.
    kind : int
        `WC` (1 / in-degree), `UNIFORM` (`p`), `ARCS` (`probabilities`) or `LT`.
    p : float
        The probability of every arc under `UNIFORM`, else −1.
    quality : float
        P(one who hears a favourable word passes a favourable one), 1 unless the model is `Reluctant`.
    """

    records: Records
    neighbours: NDArray[np.uint32]
    probabilities: NDArray[np.float32] | None
    kind: int
    p: float = -1.0
    quality: float = 1.0

    def __repr__(self) -> str:
        names = ("WC", "UNIFORM", "ARCS", "LT")
        return f"Prepared({names[self.kind]}, n={self.records.shape[0]:,}, m={self.neighbours.size:,})"


class Model(Protocol):
    """Anything that prepares a graph and tells its parameters."""

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read."""

    def to_dict(self) -> dict[str, Any]:
        """The model's name and parameters, for JSON."""


class _Told:
    """The name and the parameters of a model."""

    def to_dict(self) -> dict[str, Any]:
        """The model's name and parameters, for JSON."""
        return {"model": type(self).__name__, **asdict(self)}  # type: ignore[call-overload]


@dataclass(frozen=True)
class WeightedCascade(_Told):
    """Every node is told by each of its in-neighbours with probability 1 / in-degree.

    Source: Kempe, Kleinberg and Tardos, *Maximizing the spread of influence through a social network*, KDD 2003.

    Examples
    --------
    >>> from waggledance import Graph, models
    >>> models.WeightedCascade().prepare(Graph.from_edges([0, 1], [2, 2]))
    Prepared(WC, n=3, m=2)
    """

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read: the graph's own records."""
        return Prepared(graph.in_records, graph.in_neighbours, None, WC)


@dataclass(frozen=True)
class Uniform(_Told):
    """Every arc passes the word with the same probability.

    Parameters
    ----------
    p : float
        Between 0 and 1.

    Examples
    --------
    >>> from waggledance import models
    >>> models.Uniform(1.5)
    Traceback (most recent call last):
    ...
    waggledance.errors.BadProbability: p is 1.5: give a number from 0 to 1
    """

    p: float = 0.01

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        _check_probability("p", self.p)

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read: records with thresholds (1 − p)^in-degree."""
        records = graph.in_records.copy()
        _thresholds_of_uniform(records, self.p)
        return Prepared(records, graph.in_neighbours, None, UNIFORM, self.p)


@dataclass(frozen=True)
class IndependentCascade(_Told):
    """Every arc has its own probability: the graph's weights.

    Source: Goldenberg, Libai and Muller, *Talk of the network*, Marketing Letters 12(3), 2001.

    Raises
    ------
    BadProbability
        From `prepare`, when a weight is greater than 1 or there are none.

    Examples
    --------
    >>> from waggledance import Graph, models
    >>> graph = Graph.from_edges([0, 1], [2, 2], [0.5, 0.25])
    >>> models.IndependentCascade().prepare(graph).probabilities.tolist()
    [0.5, 0.25]
    """

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read: records with thresholds ∏(1 − p), and the probabilities."""
        values = graph.in_weights
        if values is None:
            raise errors.BadProbability(
                "the graph has no weights to read as probabilities: give them, or use WeightedCascade or Uniform"
            )
        _check_arcs(graph, values)
        records = graph.in_records.copy()
        _thresholds_of_arcs(records, values)
        return Prepared(records, graph.in_neighbours, values, ARCS)


@dataclass(frozen=True)
class LinearThreshold(_Told):
    """A node passes the word on when those who told it weigh more, together, than its threshold, drawn in [0, 1).

    Parameters
    ----------
    normalise : bool
        Divide the weights of each node's in-arcs by their sum. Otherwise they are taken as they are, and their sum
        must not exceed 1. Without weights every in-arc weighs 1 / in-degree.

    Source: Granovetter, *Threshold models of collective behavior*, AJS 83(6), 1978; equivalence with choosing at most
    one live in-arc: Kempe, Kleinberg and Tardos, KDD 2003.

    Examples
    --------
    >>> from waggledance import Graph, models
    >>> graph = Graph.from_edges([0, 1], [2, 2], [3, 1])
    >>> models.LinearThreshold().prepare(graph).probabilities.tolist()
    [0.75, 0.25]
    """

    normalise: bool = True

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read: the share of each in-arc, and records with the threshold 1 − their sum."""
        records = graph.in_records.copy()
        if graph.in_weights is None:
            _thresholds_of_shares(records, np.empty(0, np.float32))
            return Prepared(records, graph.in_neighbours, None, LT)
        shares = graph.in_weights.copy()
        if self.normalise:
            _normalise(records, shares)
        else:
            _check_sums(graph, shares)
        _thresholds_of_shares(records, shares)
        return Prepared(records, graph.in_neighbours, shares, LT)


@dataclass(frozen=True)
class Reluctant:
    """A word that may turn unfavourable at each step, and stays so.

    Each who hears a favourable word finds it good with probability `q`; from an unfavourable one nothing good is
    passed. A node at d steps from the seeds along live arcs is favourable with probability q^(d + 1).

    Parameters
    ----------
    q : float
        The quality factor, between 0 and 1.
    base : Model
        How the word passes at all.

    Source: Chen et al., *Influence maximization in social networks when negative opinions may emerge and propagate*,
    SDM 2011 (IC-N).

    Examples
    --------
    >>> from waggledance import models
    >>> models.Reluctant(0.9, models.Uniform(0.1)).to_dict()
    {'model': 'Reluctant', 'q': 0.9, 'base': {'model': 'Uniform', 'p': 0.1}}
    """

    q: float
    base: Model = WeightedCascade()

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        _check_probability("q", self.q)

    def prepare(self, graph: Graph) -> Prepared:
        """What kernels read of the base model, with the quality."""
        base = self.base.prepare(graph)
        return Prepared(base.records, base.neighbours, base.probabilities, base.kind, base.p, self.q * base.quality)

    def to_dict(self) -> dict[str, Any]:
        """The model's name and parameters, for JSON."""
        return {"model": "Reluctant", "q": self.q, "base": self.base.to_dict()}


def _check_probability(name: str, value: float) -> None:
    if not 0.0 <= value <= 1.0:  # NaN fails too
        raise errors.BadProbability(f"{name} is {value}: give a number from 0 to 1")


def _check_arcs(graph: Graph, values: NDArray[np.float32]) -> None:
    fine = (values >= 0.0) & (values <= 1.0)
    if not fine.all():
        arc = int(np.argmin(fine))
        raise errors.BadProbability(
            f"{_arc_name(graph, arc)} has weight {values[arc]}, and a probability is from 0 to 1: scale the weights, "
            "learn probabilities from cascades, or build with duplicates='max' if repeated arcs were added up"
        )


def _arc_name(graph: Graph, arc: int) -> str:
    target = int(np.searchsorted(graph.in_offsets, arc, side="right")) - 1
    source, target = graph.name_of([graph.in_neighbours[arc], target]).tolist()
    return f"arc {source!r} → {target!r}"


def _check_sums(graph: Graph, shares: NDArray[np.float32]) -> None:
    if not graph.m:
        return
    sums = np.bincount(graph.in_targets, weights=shares, minlength=graph.n)
    node = int(np.argmax(sums))
    if sums[node] > 1.0 + 1e-5:
        raise errors.BadProbability(
            f"in-weights of node {graph.name_of(node).tolist()[0]!r} sum to {sums[node]:.6g}, and under the linear "
            "threshold they sum to at most 1: scale them, or say normalise=True"
        )


@njit(nogil=True, cache=True)
def _thresholds_of_uniform(records, p):  # type: ignore[no-untyped-def]
    for node in range(records.shape[0]):
        records[node, 3] = fraction(none_live(degree_of(records, node), p))


@njit(nogil=True, cache=True)
def _thresholds_of_arcs(records, values):  # type: ignore[no-untyped-def]
    for node in range(records.shape[0]):
        start = start_of(records, node)
        none = 1.0
        for arc in range(start, start + degree_of(records, node)):
            none *= 1.0 - np.float64(values[arc])
        records[node, 3] = fraction(none)


@njit(nogil=True, cache=True)
def _thresholds_of_shares(records, shares):  # type: ignore[no-untyped-def]
    for node in range(records.shape[0]):
        start, degree = start_of(records, node), degree_of(records, node)
        total = 1.0 if degree > 0 and shares.size == 0 else 0.0
        if shares.size:
            for arc in range(start, start + degree):
                total += np.float64(shares[arc])
        records[node, 3] = fraction(1.0 - total)


@njit(nogil=True, cache=True)
def _normalise(records, shares):  # type: ignore[no-untyped-def]
    for node in range(records.shape[0]):
        start, degree = start_of(records, node), degree_of(records, node)
        total = 0.0
        for arc in range(start, start + degree):
            total += np.float64(shares[arc])
        if total > 0.0:
            for arc in range(start, start + degree):
                shares[arc] = np.float32(np.float64(shares[arc]) / total)

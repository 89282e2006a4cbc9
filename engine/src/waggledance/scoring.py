"""What each node is worth: whom it tells, how far its word goes, whom it links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from . import errors
from ._frames import frame
from ._threads import share, spans, thread_count
from ._twosteps import arc_chances, direct, indirect, paths, triangles, upward
from .graph import Graph
from .models import LT, Model, Prepared
from .rrsets import sample

if TYPE_CHECKING:
    import polars as pl

_WORK: Final = 4_000_000_000  # two-step paths walked one by one, a few seconds' worth per billion

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Scores:
    """Four figures per node, float64[n] each, in the order of the graph's indices.

    Attributes
    ----------
    reach_1 : float64[n]
        Expected number of others told at the first step.
    reach_2 : float64[n]
        Expected number of others told within two steps.
    alone : float64[n]
        Expected spread as the only seed, itself included; estimated from sampled sets.
    bridging : float64[n]
        Effective size: ties less those that lead to people who know one another.
    two_steps : {"exact", "paths"}
        Whether `reach_2` is exact, or on very large graphs the sum over paths, which exceeds it.
    model : dict
        The model's name and parameters.
    sets, rng_seed : int
        Number of sampled sets behind `alone`, and the seed of their random numbers.
    graph : Graph
        Whose nodes they are.
    """

    reach_1: Values
    reach_2: Values
    alone: Values
    bridging: Values
    two_steps: str
    model: dict[str, Any]
    sets: int
    rng_seed: int
    graph: Graph = field(repr=False)

    def top(self, count: int = 10, by: str = "alone") -> list[tuple[Any, float]]:
        """The ids of the greatest nodes with their figure, greatest first, ties in the order of ids.

        Parameters
        ----------
        count : int
            How many.
        by : {"reach_1", "reach_2", "alone", "bridging"}
            Which figure.
        """
        if by not in ("reach_1", "reach_2", "alone", "bridging"):
            raise errors.BadParameter(f"by is {by!r}: say reach_1, reach_2, alone or bridging")
        values: Values = getattr(self, by)
        places = np.argsort(-values, kind="stable")[:count]
        return list(zip(self.graph.name_of(places).tolist(), values[places].tolist(), strict=True))

    def to_dict(self, count: int = 20) -> dict[str, Any]:
        """The parameters and the first nodes by each figure."""
        return {
            "model": self.model,
            "sets": self.sets,
            "rng_seed": self.rng_seed,
            "two_steps": self.two_steps,
            **{by: self.top(count, by) for by in ("alone", "reach_1", "reach_2", "bridging")},
        }

    def to_polars(self) -> pl.DataFrame:
        """A row per node: `node`, `reach_1`, `reach_2`, `alone`, `bridging`."""
        names = self.graph.name_of(np.arange(self.graph.n))
        figures = {by: getattr(self, by) for by in ("reach_1", "reach_2", "alone", "bridging")}
        table: pl.DataFrame = frame({"node": names, **figures})
        return table

    def __repr__(self) -> str:
        lines = [f"Scores of {self.graph.n:,} nodes; first by expected spread alone:"]
        for name, _ in self.top(5):
            at = int(self.graph.index_of([name])[0])
            lines.append(
                f"  {name!r}: {self.alone[at]:,.2f} alone, {self.reach_1[at]:,.2f} at the first step, "
                f"{self.reach_2[at]:,.2f} within two, bridging {self.bridging[at]:,.2f}"
            )
        return "\n".join(lines)


def score(
    graph: Graph, model: Model, *, sets: int = 100_000, rng_seed: int = 1, threads: int | None = None
) -> Scores:
    """Score every node.

    Parameters
    ----------
    graph : Graph
        Who can tell whom.
    model : Model
        How the word passes. Under `models.Reluctant` only favourable words count.
    sets : int
        Sampled sets for the expected spread alone: its standard error is about √(n · spread / sets).
    rng_seed : int
        Of the sampled sets.
    threads : int, optional
        All cores when left out.

    Returns
    -------
    Scores

    Raises
    ------
    BadProbability, BadParameter

    Notes
    -----
    *Reach* is exact: the chance that w is told by u within two steps is 1 − (1 − p_uw) ∏_v (1 − p_uv p_vw) when arcs
    are independent, and p_uw + Σ_v p_uv p_vw under the linear threshold. Above 4 G paths of two arcs their expected
    number is taken instead.

    *Bridging* is the effective size of a node's network, d − 2t / d for d ties and t ties among its neighbours: its
    neighbours less the mean number of other neighbours each of them knows. Burt, *Structural Holes*, Harvard
    University Press, 1992, in the form of Borgatti, *Structural holes: unpacking Burt's redundancy measures*,
    Connections 20(1), 1997. Arcs count as ties whatever their direction.

    Examples
    --------
    >>> from waggledance import Graph, models, score
    >>> graph = Graph.from_edges(["ann", "ann", "bob", "cid"], ["bob", "cid", "dan", "dan"])
    >>> found = score(graph, models.Uniform(0.5))
    >>> dict(found.top(4, "reach_2"))
    {'ann': 1.4375, 'bob': 0.5, 'cid': 0.5, 'dan': 0.0}
    >>> dict(found.top(4, "bridging"))
    {'ann': 2.0, 'bob': 2.0, 'cid': 2.0, 'dan': 2.0}
    """
    count = thread_count(threads)
    prepared = model.prepare(graph)
    first, second, exact = _steps(graph, prepared, count)
    quality = prepared.quality
    pool = sample(graph, model, sets, rng_seed=rng_seed, threads=threads)
    return Scores(
        reach_1=first * quality**2,
        reach_2=first * quality**2 + second * quality**3,
        alone=pool.alone(),
        bridging=bridging(graph, threads=threads),
        two_steps="exact" if exact else "paths",
        model=model.to_dict(),
        sets=sets,
        rng_seed=rng_seed,
        graph=graph,
    )


def bridging(graph: Graph, *, threads: int | None = None) -> Values:
    """The effective size of every node's network: float64[n], 0 for a node without ties (see `score`).

    Examples
    --------
    >>> from waggledance import Graph
    >>> from waggledance.scoring import bridging
    >>> bridging(Graph.from_edges([0, 0, 0, 1], [1, 2, 3, 2])).round(2).tolist()
    [2.33, 1.0, 1.0, 1.0]
    """
    count = thread_count(threads)
    ties = graph.undirected()  # symmetric: in-lists are out-lists too
    starts, ends = upward(ties.in_offsets.astype(np.int64), ties.in_neighbours)
    parts = share(lambda span: triangles(starts, ends, span), spans(ties.n, 4 * count), count)
    degrees = ties.in_degrees.astype(np.float64)
    shared = np.divide(2.0 * sum(parts), degrees, out=np.zeros(ties.n), where=degrees > 0)
    return degrees - shared


def _steps(graph: Graph, prepared: Prepared, threads: int) -> tuple[Values, Values, bool]:
    """Expected numbers told at the first step and at the second one, and whether the latter are exact."""
    given = prepared.probabilities if prepared.probabilities is not None else np.empty(0, np.float32)
    chances = arc_chances(prepared.records, given, (graph.m, prepared.p))
    first = direct(prepared.neighbours, chances, graph.n)
    out = (graph.out.offsets.astype(np.int64), graph.out.targets, graph.out.arcs)
    work = int(np.dot(graph.in_degrees.astype(np.float64), graph.out_degrees.astype(np.float64)))
    if work > _WORK:
        return first, paths(out, chances, first), False
    pieces = spans(graph.n, 16 * threads)
    parts = share(lambda span: indirect(out, chances, span, prepared.kind == LT), pieces, threads)
    return first, np.concatenate(parts), True

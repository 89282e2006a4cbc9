"""Is influence spread over many or held by few, and which way is it going?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._frames import frame


@dataclass(frozen=True)
class Period:
    """Influence in one period.

    Attributes
    ----------
    start, end : float
        From `start` to before `end`.
    total : float
        All influence of the period.
    influencing : int
        Influence nodes: members with any influence in the period.
    effective : float
        Their effective number.
    gini : float
        Over all members, those without influence included.
    top : float
        Share of the influence held by the most influential hundredth of all members (at least one).
    """

    start: float
    end: float
    total: float
    influencing: int
    effective: float
    gini: float
    top: float


@dataclass(frozen=True)
class Democratisation:
    """Influence period by period.

    Attributes
    ----------
    members : int
        All members.
    periods : tuple of Period
        In order of time.
    """

    members: int
    periods: tuple[Period, ...]

    @property
    def trend(self) -> float:
        """Mean growth of the effective number per period, as a ratio: above 1, influence spreads; NaN without two."""
        numbers = [period.effective for period in self.periods if period.effective > 0]
        return float((numbers[-1] / numbers[0]) ** (1 / (len(numbers) - 1))) if len(numbers) > 1 else float("nan")

    def to_dict(self) -> dict[str, Any]:
        """All of it, as plain values."""
        return asdict(self) | {"trend": self.trend}

    def to_polars(self) -> Any:
        """A row per period (needs polars)."""
        rows = [asdict(period) for period in self.periods]
        return frame({name: [row[name] for row in rows] for name in rows[0]})

    def __repr__(self) -> str:
        lines = [f"{'from':>12}{'influence':>11}{'nodes':>8}{'effective':>11}{'Gini':>7}{'top 1 %':>9}"]
        for one in self.periods:
            lines.append(
                f"{one.start:>12g}{one.total:>11g}{one.influencing:>8,}{one.effective:>11.1f}{one.gini:>7.2f}"
                f"{one.top:>9.0%}"
            )
        return "\n".join(lines)


def gini(values: ArrayLike) -> float:
    """Gini coefficient: 0 when all have the same, (n − 1) / n when one of n has all; 0 when nobody has any.

    Parameters
    ----------
    values : array_like[n]
        Finite, zero or more. Include those who have none: they count.

    Raises
    ------
    BadParameter
        When there is no value, or one is negative or not finite.

    Notes
    -----
    Σ (2i − n − 1) x_i / (n Σ x) over increasing x: half the relative mean difference (Gini, 1914).

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4])
    (0.0, 0.75)
    """
    amounts = np.sort(_amounts(values))
    total = float(amounts.sum())
    if not total:
        return 0.0
    n = amounts.size
    return float(((2.0 * np.arange(1, n + 1) - n - 1.0) * amounts).sum() / (n * total))


def effective_number(values: ArrayLike) -> float:
    """How many equal members would be as concentrated: 1 / Σ share²; 0 when nobody has any.

    Parameters
    ----------
    values : array_like[n]
        Finite, zero or more. Those who have none do not count.

    Raises
    ------
    BadParameter
        When there is no value, or one is negative or not finite.

    Notes
    -----
    The inverse of Herfindahl's index; Laakso and Taagepera, "Effective number of parties", Comparative Political
    Studies 12(1), 1979; Hill's number of order two.

    Examples
    --------
    >>> effective_number([5, 5, 5, 0]), effective_number([98, 1, 1])
    (3.0, 1.0410...)
    """
    amounts = _amounts(values)
    total = float(amounts.sum())
    return total * total / float((amounts * amounts).sum()) if total else 0.0


def democratisation(
    nodes: ArrayLike, times: ArrayLike, *, members: int, edges: ArrayLike, amounts: ArrayLike | None = None
) -> Democratisation:
    """Gini coefficient and effective number of the influence nodes, period by period.

    A member is an influence node of a period when somebody acted on his word in it. Count one per such action: for a
    log with parents, `nodes` are the parents and `times` the times of the actions.

    Parameters
    ----------
    nodes : array_like of int[rows]
        Index of the member who had the influence, below `members`.
    times : array_like[rows]
        When.
    members : int
        All members, with influence or without.
    edges : array_like[k + 1]
        Where periods begin and end, increasing; rows outside are left out.
    amounts : array_like[rows], optional
        How much influence; one per row when left out.

    Returns
    -------
    Democratisation

    Raises
    ------
    BadParameter, UnequalColumns, UnknownNode

    Examples
    --------
    >>> democratisation([0, 0, 0, 1, 0, 1, 2, 3], [1, 2, 3, 4, 11, 12, 13, 14], members=4, edges=[0, 10, 20])
            from  influence   nodes  effective   Gini  top 1 %
               0          4       2        1.6   0.62      75%
              10          4       4        4.0   0.00      25%
    """
    who, when, cuts = np.asarray(nodes), np.asarray(times, np.float64), np.asarray(edges, np.float64)
    weights = np.ones(who.size) if amounts is None else _amounts(amounts)
    if not who.size == when.size == weights.size:
        raise errors.UnequalColumns(
            f"{who.size:,} nodes, {when.size:,} times and {weights.size:,} amounts: give one of each per row"
        )
    if who.size and (int(who.min()) < 0 or int(who.max()) >= members):
        raise errors.UnknownNode(f"node {int(who.max())} with {members:,} members: indices go from 0 to members − 1")
    if cuts.size < 2 or not (np.diff(cuts) > 0).all():
        raise errors.BadParameter(f"edges are {cuts.tolist()}: give at least two, increasing")
    periods = []
    for start, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        here = (when >= start) & (when < end)
        held = np.bincount(who[here], weights=weights[here], minlength=members).astype(np.float64)
        periods.append(_period(start, end, held))
    return Democratisation(members, tuple(periods))


def _period(start: float, end: float, held: NDArray[np.float64]) -> Period:
    total = float(held.sum())
    first = max(1, held.size // 100)
    top = float(np.sort(held)[-first:].sum()) / total if total else 0.0
    return Period(start, end, total, int(np.count_nonzero(held)), effective_number(held), gini(held), top)


def _amounts(values: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(values, np.float64).ravel()
    if not given.size:
        raise errors.BadParameter("there is no value: give one per member")
    fine = np.isfinite(given) & (given >= 0)
    if not fine.all():
        row = int(np.argmin(fine))
        raise errors.BadParameter(f"value {row} is {given[row]}: give finite numbers, zero or more")
    return given

"""Graphs whose overlapping circles are known, and how well circles found match them: for tests, benches, examples."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._covers import overlaps
from ._random import bounded, draw, key, unit
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class Planted:
    """A graph and the circles it was made from.

    Attributes
    ----------
    graph : Graph
        Every tie in both directions.
    offsets : int64[k + 1]
        Circle `c` has the members `members[offsets[c]:offsets[c + 1]]`.
    members : uint32
        Indices, increasing within a circle.
    """

    graph: Graph
    offsets: NDArray[np.int64]
    members: NDArray[np.uint32]

    def __repr__(self) -> str:
        return (
            f"Planted({self.graph.n:,} members, {self.graph.m // 2:,} ties, {self.offsets.size - 1:,} circles, "
            f"{self.members.size / self.graph.n:.2f} circles each)"
        )


def planted_overlap(
    n: int,
    *,
    memberships: float = 2.2,
    sizes: tuple[int, int] = (4, 60),
    exponent: float = 3.0,
    density: float = 0.75,
    accidental: float = 0.1,
    visible: float = 1.0,
    rng_seed: int = 1,
) -> Planted:
    """Members in overlapping circles whose members mostly know each other, and some accidental ties.

    Parameters
    ----------
    n : int
        Number of members.
    memberships : float
        Mean number of circles per member, 1 or more: one, and a Poisson number of others.
    sizes : (int, int)
        Smallest and largest circle.
    exponent : float
        P(size = s) is proportional to s**−exponent.
    density : float
        Probability that two members of a circle have a tie.
    accidental : float
        Share of all ties that join two members drawn at random.
    visible : float
        Share of the ties that the graph shows; the others are missing, at random.
    rng_seed : int
        The graph depends on it and on the other parameters only.

    Returns
    -------
    Planted

    Raises
    ------
    BadParameter, BadProbability

    Examples
    --------
    >>> from waggledance.planted import planted_overlap
    >>> planted_overlap(1_000)
    Planted(1,000 members, 8,136 ties, 335 circles, 2.17 circles each)
    """
    _check(n, memberships, sizes, {"density": density, "accidental": accidental, "visible": visible})
    offsets, members = _assign(n, memberships, sizes, exponent, rng_seed)
    chances = (density, density * accidental / (1.0 - accidental), visible)
    count = _draw_ties(offsets, members, (n, rng_seed), chances, np.empty((2, 0), np.uint32))
    ties = np.empty((2, count), np.uint32)
    _draw_ties(offsets, members, (n, rng_seed), chances, ties)
    graph = Graph.from_edges(ties[0], ties[1], n=n, undirected=True)
    return Planted(graph, offsets, members)


def best_match_f1(
    found: tuple[NDArray[np.int64], NDArray[np.uint32]], truth: tuple[NDArray[np.int64], NDArray[np.uint32]], n: int
) -> float:
    """How well two covers match, 0 to 1: the mean over circles of the best F1 with one of the other cover, both ways.

    Parameters
    ----------
    found, truth : (int64[k + 1], uint32)
        Offsets and members of the circles.
    n : int
        Number of members.

    Notes
    -----
    Yang and Leskovec, "Overlapping community detection at scale", WSDM 2013, section 5.

    Examples
    --------
    >>> import numpy as np
    >>> one = (np.array([0, 3, 6]), np.array([0, 1, 2, 2, 3, 4], np.uint32))
    >>> best_match_f1(one, (np.array([0, 3]), np.array([0, 1, 2], np.uint32)), 5)
    0.8333333333333333
    """
    forth, back = _best_matches(found, truth, n), _best_matches(truth, found, n)
    return (float(forth.mean() if forth.size else 0.0) + float(back.mean() if back.size else 0.0)) / 2


def _check(n: int, memberships: float, sizes: tuple[int, int], shares: dict[str, float]) -> None:
    if n < 1 or memberships < 1 or not 2 <= sizes[0] <= sizes[1]:
        raise errors.BadParameter(
            f"n is {n}, memberships {memberships}, sizes {sizes}: give 1 or more, 1 or more, and a range from 2 up"
        )
    for name, share in shares.items():
        if not 0.0 <= share <= 1.0 or (name == "accidental" and share == 1.0):
            raise errors.BadProbability(f"{name} is {share}: a share from 0 to 1 (accidental below 1)")


def _assign(
    n: int, memberships: float, sizes: tuple[int, int], exponent: float, rng_seed: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Deal the members, each as often as he has circles, into circles of random sizes."""
    random = np.random.default_rng(rng_seed)
    deck = np.repeat(np.arange(n, dtype=np.uint32), 1 + random.poisson(memberships - 1.0, n))
    random.shuffle(deck)
    choices = np.arange(sizes[0], sizes[1] + 1)
    weights = choices.astype(np.float64) ** -exponent
    ends = np.cumsum(random.choice(choices, deck.size // sizes[0] + 1, p=weights / weights.sum()))
    ends = ends[ends <= deck.size]
    owners = np.repeat(np.arange(ends.size, dtype=np.uint64), np.diff(ends, prepend=0))
    dealt = np.sort((owners << np.uint64(32)) | deck[: owners.size])
    fresh = np.ones(dealt.size, bool)  # somebody dealt twice into one circle is in it once
    fresh[1:] = dealt[1:] != dealt[:-1]
    dealt = dealt[fresh]
    offsets = np.zeros(ends.size + 1, np.int64)
    np.cumsum(np.bincount((dealt >> np.uint64(32)).astype(np.int64), minlength=ends.size), out=offsets[1:])
    return offsets, (dealt & np.uint64(0xFFFFFFFF)).astype(np.uint32)


@njit(nogil=True, cache=True)
def _draw_ties(offsets, members, setting, chances, ties):
    """Draw the ties of every circle, and accidental ones in proportion; writes them as far as there is room."""
    n, rng_seed = setting
    density, accidents, visible = chances
    count = 0
    for circle in range(offsets.size - 1):
        stream = key(rng_seed, circle)
        step = 0
        for i in range(offsets[circle], offsets[circle + 1]):
            for j in range(i + 1, offsets[circle + 1]):
                here = unit(draw(stream, step)) < density * visible
                one, other = members[i], members[j]
                if not here and unit(draw(stream, step + 1)) < accidents * visible / (1.0 - density * visible):
                    one, other = bounded(draw(stream, step + 2), n), bounded(draw(stream, step + 3), n)
                    here = one != other
                step += 4
                if here:
                    if count < ties.shape[1]:
                        ties[0, count] = one
                        ties[1, count] = other
                    count += 1
    return count


def _best_matches(
    cover: tuple[NDArray[np.int64], NDArray[np.uint32]], other: tuple[NDArray[np.int64], NDArray[np.uint32]], n: int
) -> NDArray[np.float64]:
    """The best F1 of every circle of one cover with a circle of the other."""
    one, match, shared = overlaps(cover, other, n).T
    best = np.zeros(cover[0].size - 1)
    np.maximum.at(best, one, 2.0 * shared / (np.diff(cover[0])[one] + np.diff(other[0])[match]))
    return best

"""Graphs made up, for examples and measurements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._layout import MAX_NODES
from ._random import bounded, draw, key, unit
from .graph import Graph

_CHUNK = 1 << 22
_PLACES, _SOURCES, _TARGETS = 1, 2, 3  # streams of random numbers


def chung_lu(n: int, arcs: int, *, exponent: float = 2.3, rng_seed: int = 1) -> Graph:
    """A random directed graph whose expected degrees follow a power law.

    Every arc starts at a node drawn by its weight and leads to one drawn likewise and independently; a node's weight
    is the same both ways. Repeated arcs and loops are dropped, so that somewhat fewer than `arcs` remain.

    Parameters
    ----------
    n : int
        Number of nodes.
    arcs : int
        Number of arcs drawn.
    exponent : float
        Of the distribution of degrees, above 2; the largest expected degree is √(n · mean degree).
    rng_seed : int
        The same seed makes the same graph.

    Returns
    -------
    Graph
        With ids 0 … n−1, in no order of degree.

    Source: Chung and Lu, *The average distances in random graphs with given expected degrees*, PNAS 99(25), 2002.

    Examples
    --------
    >>> chung_lu(1_000, 8_000)
    Graph(n=1,000, m=7,804, unweighted, ids 0 … 999)
    """
    columns = list(chung_lu_chunks(n, arcs, exponent=exponent, rng_seed=rng_seed, chunk=max(arcs, 1)))
    sources, targets, _ = columns[0] if columns else (np.empty(0, np.uint32), np.empty(0, np.uint32), None)
    del columns
    return Graph.from_edges(sources, targets, n=n)


def chung_lu_chunks(
    n: int, arcs: int, *, exponent: float = 2.3, rng_seed: int = 1, chunk: int = _CHUNK
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32], None]]:
    """The arcs of `chung_lu`, repeats and loops included, in chunks for `waggledance.external.build_file`."""
    if not 2 <= n <= MAX_NODES or arcs < 0:
        raise errors.BadParameter(f"n is {n:,} and arcs {arcs:,}: give at least 2 nodes and no negative number")
    if not exponent > 2.0:
        raise errors.BadParameter(f"exponent is {exponent}: give a number above 2, below which no mean exists")
    law = _law(n, arcs / n, exponent)
    places = _shuffled(n, rng_seed)
    for start in range(0, arcs, chunk):
        size = min(chunk, arcs - start)
        yield (
            _drawn(places, law, (rng_seed, _SOURCES), (start, size)),
            _drawn(places, law, (rng_seed, _TARGETS), (start, size)),
            None,
        )


def _law(n: int, mean: float, exponent: float) -> tuple[float, float, float]:
    """(shift, power, span): rank r weighs (r + shift)^−(1 − power), shifted so that the largest degree is bounded."""
    power = 1.0 - 1.0 / (exponent - 1.0)
    largest = max(np.sqrt(n * mean), mean + 1.0)
    low, high = 1e-9, float(n) * 1e6
    for _ in range(200):
        shift = np.sqrt(low * high)
        top = mean * n * power * shift ** (power - 1.0) / ((n + shift) ** power - shift**power)
        low, high = (shift, high) if top > largest else (low, shift)
    return shift, power, (n + shift) ** power - shift**power


@njit(nogil=True, cache=True)
def _shuffled(n, rng_seed):  # type: ignore[no-untyped-def]
    """A permutation of 0 … n−1 (Fisher and Yates)."""
    places = np.arange(n).astype(np.uint32)
    stream = key(rng_seed, _PLACES)
    for i in range(n - 1, 0, -1):
        j = bounded(draw(stream, i), i + 1)
        places[i], places[j] = places[j], places[i]
    return places


@njit(nogil=True, cache=True)
def _drawn(places, law, stream, span):  # type: ignore[no-untyped-def]
    """Nodes drawn by weight: the inverse of the cumulated weights at uniform numbers."""
    shift, power, width = law
    start, size = span
    base = shift**power
    last = places.size - 1
    counted = key(stream[0], stream[1])
    nodes = np.empty(size, np.uint32)
    for i in range(size):
        rank = np.int64((unit(draw(counted, start + i)) * width + base) ** (1.0 / power) - shift)
        nodes[i] = places[min(max(rank, 0), last)]
    return nodes

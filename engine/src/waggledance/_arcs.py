"""Which in-arcs of a node are live: exact draws that cost what is found, not what is looked at.

The record of a node holds P(no in-arc is live), so most nodes cost one 64-bit word. Otherwise the number of live arcs is
read off the same word by inverting the binomial distribution (equal probabilities, few expected), the gaps between them
are geometric (equal, many expected), or the list is walked once with products only, stopping behind the last live arc
(a probability per arc).

Source: Guo, Wang, Wei and Chen, *Influence maximization revisited*, SIGMOD 2020 (subset sampling).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from ._layout import degree_of, start_of, threshold_of
from ._random import bounded, draw, low32, unit
from .models import ARCS, LT, WC

_FRACTION = 1.0 / 4294967296.0  # 2**-32
_FEW = 6.0  # expected live arcs above which gaps are cheaper than counting
_MOST = 63  # P(binomial > 63 | mean <= 6) is below 1e-40
_SURE = 2.0**-12  # P(none live) below which its 32 bits are too coarse to be divided
_HALF = 2.0**-54
_ROOM = 64  # positions that one node of the counting branch may add


@njit(nogil=True, cache=True)
def roomier(positions, used):  # type: ignore[no-untyped-def]
    """The same positions in twice the room."""
    larger = np.empty(2 * positions.size, np.int64)
    larger[:used] = positions[:used]
    return larger


@njit(forceinline=True)
def live_arcs(graph, law, node, key, counter, positions, used):  # type: ignore[no-untyped-def]
    """Append the positions (in the neighbours) of the node's live in-arcs.

    Returns the positions (a larger array when they outgrew it), how many are used, and the counter of the next draw.
    """
    records = graph[0]
    degree = degree_of(records, node)
    if degree == 0:
        return positions, used, counter
    word = draw(key, counter)
    counter += 1
    low = low32(word)
    if low < threshold_of(records, node):
        return positions, used, counter
    if used + _ROOM > positions.size:
        positions = roomier(positions, used)
    start = start_of(records, node)
    kind = law[0]
    if kind == LT and graph[2].size == 0:
        positions[used] = start + np.int64(bounded(word, degree))
        return positions, used + 1, counter
    if kind == WC and degree == 1:
        positions[used] = start
        return positions, used + 1, counter
    none = np.float64(threshold_of(records, node)) * _FRACTION
    if kind == LT:
        return _chosen(graph[2], start, degree, np.float64(low) * _FRACTION - none, positions, used, counter)
    if kind == ARCS:
        return _walked(graph[2], (start, degree), (np.float64(low) + 0.5) * _FRACTION, none, key, counter, positions, used)
    p = 1.0 / np.float64(degree) if kind == WC else law[1]
    if p * np.float64(degree) > _FEW or p > 0.5:
        return _gaps((start, degree), law[2], none, key, counter, positions, used)
    return _counted((start, degree), p / (1.0 - p), word, none, key, counter, positions, used)


@njit(forceinline=True)
def _counted(arcs, odds, word, none, key, counter, positions, used):  # type: ignore[no-untyped-def]
    """Binomial count by inversion from the low half of the word, then as many distinct places."""
    start, degree = arcs
    aim = np.float64(low32(word)) * _FRACTION
    chance = none
    reached = none
    count = 0
    while reached <= aim and count < degree and count < _MOST:
        count += 1
        chance *= odds * np.float64(degree + 1 - count) / np.float64(count)
        reached += chance
        if chance < 1e-13:
            break  # rounding has eaten what is left of the tail
    for nth in range(count):
        place = start + np.int64(bounded(word, degree))
        while _among(positions, used, used + nth, place):
            word = draw(key, counter)
            counter += 1
            place = start + np.int64(bounded(word, degree))
        positions[used + nth] = place
        if nth + 1 < count:
            word = draw(key, counter)
            counter += 1
    return positions, used + count, counter


@njit(forceinline=True)
def _among(positions, begin, end, place):  # type: ignore[no-untyped-def]
    for earlier in range(begin, end):
        if positions[earlier] == place:
            return True
    return False


@njit(nogil=True, cache=True)
def _gaps(arcs, log_miss, none, key, counter, positions, used):  # type: ignore[no-untyped-def]
    """Geometric gaps; the first is conditioned on there being a live arc at all."""
    start, degree = arcs
    if log_miss == 0.0:
        return positions, used, counter
    at_least = 1.0 - (unit(draw(key, counter)) + _HALF) * (1.0 - none)
    counter += 1
    place = min(np.int64(math.log(at_least) / log_miss), degree - 1)
    while place < degree:
        if used == positions.size:
            positions = roomier(positions, used)
        positions[used] = start + place
        used += 1
        gap = math.log(unit(draw(key, counter)) + _HALF) / log_miss
        counter += 1
        place = place + 1 + np.int64(gap) if gap < degree else degree
    return positions, used, counter


@njit(nogil=True, cache=True)
def _walked(probabilities, arcs, aim, none, key, counter, positions, used):  # type: ignore[no-untyped-def]
    """Walk the list: the next live arc is the first at which P(none so far) falls to the aim."""
    start, degree = arcs
    missed = 1.0
    if none < _SURE:
        none = 0.0
    for arc in range(start, start + degree):
        missed *= 1.0 - np.float64(probabilities[arc])
        if missed > aim:
            continue
        if used == positions.size:
            positions = roomier(positions, used)
        positions[used] = arc
        used += 1
        none = none / missed if missed > 0.0 else 0.0
        missed = 1.0
        aim = unit(draw(key, counter)) + _HALF
        counter += 1
        if aim < none:
            break  # nothing live further on
    return positions, used, counter


@njit(nogil=True, cache=True)
def _chosen(shares, start, degree, aim, positions, used, counter):  # type: ignore[no-untyped-def]
    """The one in-arc on which a uniform number falls (linear threshold)."""
    for arc in range(start, start + degree):
        aim -= np.float64(shares[arc])
        if aim < 0.0:
            positions[used] = arc
            return positions, used + 1, counter
    return positions, used, counter

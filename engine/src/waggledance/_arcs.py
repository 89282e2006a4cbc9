"""Which in-arcs of a node are live: exact draws that cost what is found, not what is looked at.

The record of a node holds P(no in-arc is live), so most nodes cost one 64-bit word. Otherwise the number of live
arcs is read off the same word by inverting the binomial distribution (equal probabilities, few expected), the gaps
between them are geometric (equal, many expected), or the list is walked once with products only, stopping behind
the last live arc (a probability per arc).

Source: Guo, Wang, Wei and Chen, *Influence maximization revisited*, SIGMOD 2020 (subset sampling).
"""

from __future__ import annotations

import math

import numpy as np

from ._compiling import bare, inlined
from ._layout import degree_of, start_of, threshold_of
from ._prefetch import prefetch
from ._random import bounded, draw, low32, unit
from .models import LT, UNIFORM, WC

_FRACTION = 1.0 / 4294967296.0  # 2**-32
_FEW = 6.0  # expected live arcs above which gaps are cheaper than counting
_MOST = 63  # P(binomial > 63 | mean <= 6) is below 1e-40
_SURE = 2.0**-12  # P(none live) below which its 32 bits are too coarse to be divided
_HALF = 2.0**-54
_NEXT = np.uint64(1)
_THIRD = 1.0 / 3.0
_ROOM = 64  # positions that the counting branch may need for one node


@inlined
def room_for(graph, law, node):  # type: ignore[no-untyped-def]
    """How many positions `live_arcs` may write for this node, at most."""
    return _ROOM if law[0] == WC or law[0] == LT else max(_ROOM, degree_of(graph[0], node))


@inlined
def live_arcs(graph, law, node, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """Write the positions (in the neighbours) of the node's live in-arcs to positions[used:].

    Parameters: graph (records, neighbours, probabilities or empty), law (kind, p, log(1 − p)), stream (the key of the
    set's draws) and the counter of the next draw. Returns how many positions are used, and the counter.
    """
    records, neighbours = graph[0], graph[1]
    degree = degree_of(records, node)
    word = draw(stream, counter)
    counter += _NEXT
    kind = law[0]
    if kind == WC:
        odds = 1.0 / np.float64(max(degree - 1, 1))
    else:
        if kind == LT and graph[2].size == 0:
            positions[used] = start_of(records, node) + np.int64(bounded(word, degree))
            prefetch(neighbours, positions[used])
            return used + min(degree, 1), counter
        p = law[1]
        if kind != UNIFORM or p * np.float64(degree) > _FEW or p > 0.5:
            return _other(graph, law, node, word, stream, counter, positions, used)
        odds = p / (1.0 - p)
    count = _binomial(np.float64(low32(word)) * _FRACTION, threshold_of(records, node), degree, odds)
    last = used + count
    start = start_of(records, node)
    for at in range(used, last):
        place = start + np.int64(bounded(word, degree))
        while _among(positions, used, at, place):
            word = draw(stream, counter)
            counter += _NEXT
            place = start + np.int64(bounded(word, degree))
        positions[at] = place
        prefetch(neighbours, place)
        word = draw(stream, counter)
        counter += _NEXT
    return last, counter


@inlined
def _binomial(aim, threshold, degree, odds):  # type: ignore[no-untyped-def]
    """The number of live arcs by inversion; up to four without a branch, which the processor could not foresee."""
    size = np.float64(degree)
    none = np.float64(threshold) * _FRACTION
    chance = none * odds * size
    one = none + chance
    chance *= odds * 0.5 * (size - 1.0)
    two = one + chance
    chance *= odds * _THIRD * (size - 2.0)
    three = two + chance
    count = np.int64(aim >= none) + np.int64(aim >= one) + np.int64(aim >= two) + np.int64(aim >= three)
    if count == 4:
        reached = three
        while count < degree and count < _MOST:
            chance *= odds * np.float64(degree + 1 - count) / np.float64(count)
            reached += chance
            if aim < reached or chance < 1e-13:  # or rounding has eaten what is left of the tail
                break
            count += 1
    return min(count, degree)


@inlined
def _among(positions, begin, end, place):  # type: ignore[no-untyped-def]
    for earlier in range(begin, end):  # noqa: SIM110  (compiled: no generators)
        if positions[earlier] == place:
            return True
    return False


@bare
def _other(graph, law, node, word, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """The live arcs where counting does not do."""
    low = low32(word)
    if low < threshold_of(graph[0], node) or degree_of(graph[0], node) == 0:
        return used, counter
    arcs = (start_of(graph[0], node), degree_of(graph[0], node))
    none = np.float64(threshold_of(graph[0], node)) * _FRACTION
    aim = (np.float64(low) + 0.5) * _FRACTION
    if law[0] == UNIFORM:
        return _spaced(graph[1], arcs, law[2], none, stream, counter, positions, used)
    if law[0] == LT:
        return _chosen(graph, arcs, aim - none, positions, used), counter
    return _walked(graph, arcs, (aim, none), stream, counter, positions, used)


@inlined
def _spaced(neighbours, arcs, log_miss, none, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """Geometric gaps; the first is conditioned on there being a live arc at all."""
    start, degree = arcs
    if log_miss == 0.0:
        return used, counter
    missed = 1.0 - (unit(draw(stream, counter)) + _HALF) * (1.0 - none)
    counter += _NEXT
    place = min(np.int64(math.log(missed) / log_miss), degree - 1)
    while place < degree:
        positions[used] = start + place
        prefetch(neighbours, start + place)
        used += 1
        gap = math.log(unit(draw(stream, counter)) + _HALF) / log_miss
        counter += _NEXT
        place = place + 1 + np.int64(gap) if gap < degree else degree
    return used, counter


@inlined
def _walked(graph, arcs, first, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """Walk the list: the next live arc is the first at which P(none so far) falls to the aim."""
    start, degree = arcs
    aim, none = first
    missed = 1.0
    if none < _SURE:
        none = 0.0
    for arc in range(start, start + degree):
        missed *= 1.0 - np.float64(graph[2][arc])
        if missed > aim:
            continue
        positions[used] = arc
        prefetch(graph[1], arc)
        used += 1
        none = none / missed if missed > 0.0 else 0.0
        missed = 1.0
        aim = unit(draw(stream, counter)) + _HALF
        counter += _NEXT
        if aim < none:
            break  # nothing live further on
    return used, counter


@inlined
def _chosen(graph, arcs, aim, positions, used):  # type: ignore[no-untyped-def]
    """The one in-arc on which a uniform number falls (linear threshold)."""
    start, degree = arcs
    for arc in range(start, start + degree):
        aim -= np.float64(graph[2][arc])
        if aim < 0.0:
            positions[used] = arc
            prefetch(graph[1], arc)
            return used + 1
    return used

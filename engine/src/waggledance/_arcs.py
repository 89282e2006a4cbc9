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

from ._compiling import bare, inlined, kernel
from ._layout import degree_of, fraction, none_live, start_of, threshold_of
from ._prefetch import prefetch
from ._random import bounded, draw, low32, unit
from .models import LT, UNIFORM, WC

_FRACTION = 1.0 / 4294967296.0  # 2**-32
_FEW = 6.0  # expected live arcs above which gaps are cheaper than counting
_MOST = 63  # P(binomial > 63 | mean <= 6) is below 1e-40
_SURE = 2.0**-12  # P(none live) below which its 32 bits are too coarse to be divided
_HALF = 2.0**-54
_NEXT = np.uint64(1)
_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(0xFFFFFFFF00000000)
_RANGE = np.uint64(0x100000000)
FURTHER = np.uint64(2**40)
_THIRD = 1.0 / 3.0
_SHARES = (1.0, 0.5, _THIRD, 0.0)
COUNTED = 4  # live arcs up to which counts are compared without a branch
_LOOKED_UP = 512  # degrees whose comparisons are kept: 8 KB
_ROOM = 64  # positions that the counting branch may need for one node


@inlined
def room_for(graph, law, node):  # type: ignore[no-untyped-def]
    """How many positions `live_arcs` may write for this node, at most."""
    return _ROOM if law[0] == WC or law[0] == LT else max(_ROOM, degree_of(graph[0], node))


@inlined
def word_of(stream, nth):  # type: ignore[no-untyped-def]
    """The word that decides how many in-arcs of the nth node of a set are live.

    It depends on the node's place in the set alone, not on the draws of those before it, so that many nodes can be
    decided side by side. The root took draw 0; what places need beyond their word is drawn from `FURTHER` on.
    """
    return draw(stream, np.uint64(nth) + _NEXT)


@inlined
def word_at(graph, law, node, stream, nth):  # type: ignore[no-untyped-def]
    """The same; of a root that somebody is known to tell (`law[4]`), as it is when it is a word that says so."""
    word = word_of(stream, nth)
    if law[4] and nth == 0:
        none = np.uint64(threshold_of(graph[0], node))
        word = (word & _HIGH) | (none + (((word & _LOW) * (_RANGE - none)) >> _S32))
    return word


@inlined
def count_live(graph, law, node, word):  # type: ignore[no-untyped-def]
    """How many in-arcs of the node are live, or −1 when only walking them will tell.

    Without a branch that the processor could not foresee: the counts of many nodes are worked out side by side. Small
    degrees are looked up (`levels_of`), others computed.
    """
    degree = degree_of(graph[0], node)
    kind, levels = law[0], law[3]
    if degree < levels.shape[0]:
        low, row = low32(word), levels[degree]
        count = np.int64(low >= row[0]) + np.int64(low >= row[1]) + np.int64(low >= row[2]) + np.int64(low >= row[3])
        if count < COUNTED:
            return count
    if kind == WC:
        odds = 1.0 / np.float64(max(degree - 1, 1))
    elif kind == UNIFORM:
        p = law[1]
        if p * np.float64(degree) > _FEW or p > 0.5:
            return np.int64(-1)
        odds = p / (1.0 - p)
    elif kind == LT and graph[2].size == 0:
        return min(degree, 1)
    else:
        return np.int64(-1)
    return _binomial(np.float64(low32(word)) * _FRACTION, threshold_of(graph[0], node), degree, odds)


@kernel
def levels_of(kind, p):  # type: ignore[no-untyped-def]
    """By degree, the words from which on 1, 2, 3 and 4 of so many in-arcs are live: uint32[d, 4].

    The same sums as `_binomial`, so that what is looked up is what would have been computed. Empty for laws in which
    the degree does not say it all.
    """
    size = 0
    if kind == WC:
        size = _LOOKED_UP
    elif kind == UNIFORM and p <= 0.5:
        size = _LOOKED_UP if p * _LOOKED_UP <= _FEW else int(_FEW / p) + 1
    levels = np.full((size, COUNTED), 0xFFFFFFFF, np.uint32)
    for degree in range(1, size):
        one = p if kind == UNIFORM else 1.0 / np.float64(degree)
        odds = p / (1.0 - p) if kind == UNIFORM else 1.0 / np.float64(max(degree - 1, 1))
        chance = np.float64(fraction(none_live(degree, one))) * _FRACTION
        reached = 0.0
        for count in range(COUNTED):
            reached += chance
            levels[degree, count] = np.uint32(min(math.ceil(reached / _FRACTION), 4294967295.0))
            chance *= odds * _SHARES[count] * np.float64(degree - count)
    return levels


@inlined
def place_live(graph, law, found, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """Write the positions (in the neighbours) of so many live in-arcs, all different, to positions[used:].

    Parameters: graph (records, neighbours, probabilities or empty), law as of `sample_plain`, found (node, its word,
    count), stream (the key of the set's draws) and the counter of its next further draw. Returns how many positions
    are used, and the counter.
    """
    node, word, count = found
    if count < 0:
        return _walk_live(graph, law, node, word, stream, counter, positions, used)
    if count == 0:
        return used, counter
    degree, start = degree_of(graph[0], node), start_of(graph[0], node)
    positions[used] = start + np.int64(bounded(word, degree))
    prefetch(graph[1], positions[used])
    for at in range(used + 1, used + count):
        place = start + np.int64(bounded(draw(stream, counter), degree))
        counter += _NEXT
        while _among(positions, used, at, place):
            place = start + np.int64(bounded(draw(stream, counter), degree))
            counter += _NEXT
        positions[at] = place
        prefetch(graph[1], place)
    return used + count, counter


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
    if count == COUNTED:
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
def _walk_live(graph, law, node, word, stream, counter, positions, used):  # type: ignore[no-untyped-def]
    """The live arcs where counting does not do: many, or each with a probability of its own."""
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

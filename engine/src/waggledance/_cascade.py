"""Kernels of simulation: many cascades, one after the other, on lists of out-arcs.

A cascade is walked in the order in which nodes are told, generation by generation. Its random numbers hang on the
run's number alone: draws are counted within a run (arcs), or are the node's own (thresholds).

An arc is one 64-bit word, (chance or base) << 32 | target, and so is the state of a node,
run << 32 | hits. Indices are unsigned: signed ones would be checked for being negative at every access.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ._compiling import bare, inlined, kernel
from ._prefetch import prefetch
from ._random import draw, key, unit

BY_ARC: Final = 0  # every arc has its own chance
ALIKE: Final = 1  # all arcs have the same chance
CHOSEN: Final = 2  # every node chooses one in-arc at most, by its share: the linear threshold

CERTAIN: Final = 1 << 31  # chances and shares are fractions of 2**31, which leaves the certain one exact

_ZERO, _ONE, _TWO = np.uint64(0), np.uint64(1), np.uint64(2)
_S32, _S33 = np.uint64(32), np.uint64(33)
_LOW31, _LOW32 = np.uint64(0x7FFFFFFF), np.uint64(0xFFFFFFFF)
_FAR = np.uint64(12)  # places in the queue whose offsets are asked for in advance
_NEAR = np.uint64(6)  # places whose arcs are


@kernel
def walk(kind, out, seeds, span, law):
    """Run the cascades `span` = (first, last) and tally them.

    `out` is (offsets uint64[n + 1], arcs uint64[m], shares uint32[m], empty unless arcs are chosen); `law` is
    (rng_seed, p, quality). Returns (sizes uint32[runs], favourable float64[runs], nodes per generation int64[g], hits
    uint32[n], favourable hits uint64[n] in units of 2**-32, empty when quality is 1).
    """
    n = out[0].size - 1
    state = np.zeros(n, np.uint64)
    good = np.zeros(n if law[2] < 1.0 else 0, np.uint64)
    queue = np.empty(n + 1, np.uint32)
    sizes = np.empty(span[1] - span[0], np.uint32)
    favourable = np.zeros(sizes.size)
    told = np.zeros(64, np.int64)
    for run in range(span[0], span[1]):
        place = run - span[0]
        mark = np.uint64(place + 1)
        tail = _start(seeds, state, queue, mark)
        head, counter, generation = _ZERO, _ZERO, 0
        while head < tail:
            share = law[2] ** (generation + 1)
            favourable[place] += np.int64(tail - head) * share
            if good.size:
                _tally(good, queue, (head, tail), share)
            if generation == told.size:
                told = np.append(told, np.zeros(told.size, np.int64))
            told[generation] += np.int64(tail - head)
            end = tail
            counter, tail = _pass_on(
                kind, out, (state, queue, mark), (head, tail), (key(law[0], run), counter, law[1])
            )
            head = end
            generation += 1
        sizes[place] = np.uint32(tail)
    return sizes, favourable, told, (state & _LOW32).astype(np.uint32), good


@bare
def _pass_on(kind, out, lists, span, chance):
    """One generation tells the next; returns the counter of draws and the end of the queue."""
    offsets, arcs, shares = out
    queue = lists[1]
    head, tail = span
    end = tail
    stream, counter, p = chance
    while head < end:
        if head + _FAR < tail:
            _look_ahead(offsets, arcs, queue, head)
        node = np.uint64(queue[head])
        head += _ONE
        place = (offsets[node], offsets[node + _ONE])
        if kind == BY_ARC:
            counter, tail = _by_arc(arcs, place, lists, (stream, counter, tail))
        elif kind == ALIKE:
            counter, tail = _alike(arcs, place, lists, (stream, counter, tail), p)
        else:
            tail = _chosen((arcs, shares), place, lists, (stream, tail))
    return counter, tail


@bare
def _start(seeds, state, queue, mark):
    """The seeds are told."""
    for i in range(seeds.size):
        seed = np.uint64(seeds[i])
        state[seed] = (mark << _S32) | ((state[seed] & _LOW32) + _ONE)
        queue[i] = seeds[i]
    return np.uint64(seeds.size)


@bare
def _tally(good, queue, span, share):
    """Add a generation's chance to find the word favourable."""
    weight = np.uint64(share * 4294967296.0)
    for i in range(span[0], span[1]):
        good[queue[i]] += weight


@inlined
def _look_ahead(offsets, arcs, queue, head):
    """Ask for the memory of nodes whose turn is near."""
    prefetch(offsets, np.int64(queue[head + _FAR]))
    place = np.int64(offsets[queue[head + _NEAR]])
    prefetch(arcs, place)
    prefetch(arcs, place + 8)


@inlined
def _tell(arc, lists, tail):
    """Put the arc's target in the queue unless it was told before; returns the queue's end."""
    state, queue, mark = lists
    target = arc & _LOW32
    known = state[target]
    fresh = np.uint64((known >> _S32) != mark)
    queue[tail] = np.uint32(target)
    state[target] = (mark << _S32) | ((known & _LOW32) + fresh)
    return tail + fresh


@inlined
def _by_arc(arcs, place, lists, counts):
    """Try every arc against its own chance, two to a random word."""
    arc, stop = place
    stream, counter, tail = counts
    while arc + _ONE < stop:
        word = draw(stream, counter)
        counter += _ONE
        one, other = arcs[arc], arcs[arc + _ONE]
        live = (word & _LOW31) < (one >> _S32)
        live_too = (word >> _S33) < (other >> _S32)
        if live | live_too:
            if live:
                tail = _tell(one, lists, tail)
            if live_too:
                tail = _tell(other, lists, tail)
        arc += _TWO
    if arc < stop:
        live = (draw(stream, counter) & _LOW31) < (arcs[arc] >> _S32)
        counter += _ONE
        if live:
            tail = _tell(arcs[arc], lists, tail)
    return counter, tail


@inlined
def _alike(arcs, place, lists, counts, p):
    """Jump from live arc to live arc: the gaps between them are geometric."""
    arc, stop = place
    stream, counter, tail = counts
    skip = 1.0 / math.log1p(-p) if 0.0 < p < 1.0 else 0.0
    while p > 0.0 and arc < stop:
        gap = math.log(1.0 - unit(draw(stream, counter))) * skip
        counter += _ONE
        if gap >= np.float64(stop - arc):
            break
        arc += np.uint64(np.int64(gap))
        tail = _tell(arcs[arc], lists, tail)
        arc += _ONE
    return counter, tail


@inlined
def _chosen(lists_out, place, lists, counts):
    """Follow the arcs that their targets have chosen.

    A target draws one number, and the shares of its in-arcs cut the line it falls on: an arc is chosen when the
    number falls between its base and the next one's.
    """
    arcs, shares = lists_out
    arc, stop = place
    stream, tail = counts
    while arc < stop:
        word = arcs[arc]
        drawn = draw(stream, word & _LOW32) & _LOW31
        if drawn - (word >> _S32) < np.uint64(shares[arc]):  # wraps around below the base
            tail = _tell(word, lists, tail)
        arc += _ONE
    return tail

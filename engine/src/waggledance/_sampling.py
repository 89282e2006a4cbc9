"""Reverse-reachable sets, one at a time: the nodes from which the word would have reached a random root.

Set number i of a pool is a function of (seed, pool, i) only. Draws are made in the order in which nodes leave the
queue, so the interleaved kernel (`_lanes.py`) makes the same sets.

Source: Borgs, Brautbar, Chayes and Lucier, *Maximizing social influence in nearly optimal time*, SODA 2014.
"""

from __future__ import annotations

import numpy as np

from ._arcs import FURTHER, count_live, place_live, room_for, word_at
from ._compiling import bare, inlined, kernel
from ._prefetch import prefetch
from ._random import bounded, draw, key, low32

POOL_SHIFT = np.uint64(40)  # a pool holds up to 2**40 sets
BLOCK = 32  # nodes of one queue whose memory is asked for together
_SIX = np.uint32(6)
_LOW6 = np.uint32(63)
_ONE = np.uint64(1)
EVERYTHING = np.int64(2**62)
_NONE = np.uint64(0)


@kernel
def sample_plain(graph, law, roots, span, bits, stops):  # type: ignore[no-untyped-def]
    """Sets `first … first + count` of a pool, one after the other.

    Parameters
    ----------
    graph : (records uint32[n, 4], neighbours uint32[m], probabilities float32[m] or [0])
    law : (kind, p, log(1 − p), levels uint32[d, 4] of `levels_of`, whether somebody tells every root)
    roots : (accept uint32[n], alias uint32[n]), both [0] when roots are uniform
    span : (seed, pool, first, count)
    bits : uint64[n / 64 + 1], clean; left clean
    stops : uint64[n / 64 + 1] bitmap of sentinels, or [0]: a set that meets one is given up and left empty

    Returns
    -------
    Entries uint32[e], begins int64[count], sizes uint32[count], and the number of live arcs seen.
    """
    world = (graph, law, bits, stops)
    count = span[3]
    flat = np.empty(max(1024, 8 * count), np.uint32)
    book = (np.zeros(count, np.int64), np.zeros(count, np.uint32))
    positions = np.empty(4096, np.int64)
    plan = new_plan()
    index, head, used, arcs, counter = 0, -1, 0, 0, FURTHER
    while index < count:
        state = (index, head, used, arcs, counter)
        index, head, used, arcs, counter, need = _walk(world, roots, span, (flat, positions, plan), book, state)
        while used + need > flat.size:
            flat = longer(flat, used)
        while need > positions.size:
            positions = longer(positions, 0)
    return flat[:used], book[0], book[1], arcs


@bare
def _walk(world, roots, span, room, book, state):  # type: ignore[no-untyped-def]
    """Walk sets until there are no more, or until room is short; head is −1 between two sets."""
    flat, positions, plan = room
    begins, sizes = book
    _, _, bits, stops = world
    index, head, used, arcs, counter = state
    while index < begins.size:
        stream = stream_of(span, span[2] + index)
        if head < 0:
            if used == flat.size:
                return index, head, used, arcs, counter, 1
            root = root_of(roots, world[0][0].shape[0], stream)
            begins[index] = used
            if stops.size and is_marked(stops, root):
                index += 1
                continue
            flat[used] = root
            mark(bits, root)
            head, used, counter = used, used + 1, FURTHER
        progress = (begins[index], head, used, arcs, EVERYTHING)
        head, used, arcs, counter, need = advance(world, flat, positions, plan, progress, stream, counter)
        if need > 0:
            return index, head, used, arcs, counter, need
        unmark(bits, flat, begins[index], used)
        if head < 0:  # a sentinel was met
            used = begins[index]
        sizes[index] = used - begins[index]
        head = -1
        index += 1
    return index, head, used, arcs, counter, 0


@inlined
def stream_of(span, index):  # type: ignore[no-untyped-def]
    """The key of the set's draws."""
    return key(np.uint64(span[0]), (np.uint64(span[1]) << POOL_SHIFT) + np.uint64(index))


@inlined
def root_of(roots, count, stream):  # type: ignore[no-untyped-def]
    """The root of a set: draw number 0 of its stream."""
    word = draw(stream, 0)
    node = bounded(word, count)
    if roots[0].size and low32(word) >= roots[0][node]:
        node = roots[1][node]
    return node


@inlined
def is_marked(bits, node):  # type: ignore[no-untyped-def]
    """Whether the node's bit is set."""
    return (bits[node >> _SIX] >> np.uint64(node & _LOW6)) & _ONE != _NONE


@inlined
def mark(bits, node):  # type: ignore[no-untyped-def]
    """Set the node's bit."""
    bits[node >> _SIX] |= _ONE << np.uint64(node & _LOW6)


@kernel
def longer(array, used):  # type: ignore[no-untyped-def]
    """The same content in twice the room."""
    larger = np.empty(2 * array.size, array.dtype)
    larger[:used] = array[:used]
    return larger


@kernel
def new_plan():  # type: ignore[no-untyped-def]
    """What is decided of a block of nodes before their arcs are placed: their words, and how many are live."""
    return np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.int64)


@bare
def advance(world, flat, positions, plan, state, stream, counter):  # type: ignore[no-untyped-def]
    """Walk on until the set is complete (need 0), a sentinel is met (need 0, head −1) or room is short (need > 0).

    State is (begin, head, used, arcs, end): nodes at `end` and beyond are left in the queue.
    Nodes leave the queue in blocks: first how many arcs of each are live, then where they are, asking for the
    neighbours' cache lines, then all that was found, asking for the records' lines. The order of entries does not
    depend on the block.
    """
    graph, law, _, _ = world
    begin, head, used, arcs, end = state
    words, counts = plan
    while head < min(used, end):
        last = min(head + BLOCK, used, end)
        need = 0
        for at in range(head, last):
            need += room_for(graph, law, flat[at])
        if need > positions.size or used + need > flat.size:
            return head, used, arcs, counter, need
        for at in range(head, last):
            words[at - head] = word_at(graph, law, flat[at], stream, at - begin)
            counts[at - head] = count_live(graph, law, flat[at], words[at - head])
        found = 0
        for at in range(head, last):
            live = (flat[at], words[at - head], counts[at - head])
            found, counter = place_live(graph, law, live, stream, counter, positions, found)
        head = last
        arcs += found
        used, stopped = take(world, flat, used, positions, 0, found)
        if stopped:
            return -1, used, arcs, counter, 0
    return head, used, arcs, counter, 0


@inlined
def take(world, flat, used, positions, begin, end):  # type: ignore[no-untyped-def]
    """Append the sources of the arcs at positions[begin:end] that are not in the set; True when one is a sentinel."""
    graph, _, bits, stops = world
    for nth in range(begin, end):
        node = graph[1][positions[nth]]
        if is_marked(bits, node):
            continue
        if stops.size and is_marked(stops, node):
            return used, True
        mark(bits, node)
        prefetch(graph[0], np.int64(node) * 4)
        flat[used] = node
        used += 1
    return used, False


@inlined
def unmark(bits, flat, begin, end):  # type: ignore[no-untyped-def]
    """Clear the words that hold the bits of a set."""
    for at in range(begin, end):
        bits[flat[at] >> _SIX] = _NONE

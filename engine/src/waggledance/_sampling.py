"""Reverse-reachable sets, one at a time: the nodes from which the word would have reached a random root.

Set number i of a pool is a function of (seed, pool, i) only. Draws are made in the order in which nodes leave the
queue, so the interleaved kernel (`_lanes.py`) makes the same sets.

Source: Borgs, Brautbar, Chayes and Lucier, *Maximizing social influence in nearly optimal time*, SODA 2014.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ._arcs import live_arcs
from ._prefetch import prefetch
from ._random import bounded, draw, key, low32

POOL_SHIFT = np.uint64(40)  # a pool holds up to 2**40 sets
_SIX = np.uint32(6)
_LOW6 = np.uint32(63)
_ONE = np.uint64(1)
_NOTHING = np.uint64(0)
BLOCK = 16


@njit(forceinline=True)
def stream_of(span, index):  # type: ignore[no-untyped-def]
    """The key of the set's draws: span is (seed, pool, …)."""
    return key(np.uint64(span[0]), (np.uint64(span[1]) << POOL_SHIFT) + np.uint64(index))


@njit(forceinline=True)
def root_of(roots, count, stream):  # type: ignore[no-untyped-def]
    """A root: uniform, or by alias table (accept: uint32[n], alias: uint32[n]) when nodes have weights."""
    word = draw(stream, 0)
    node = bounded(word, count)
    if roots[0].size and low32(word) > roots[0][node]:
        node = roots[1][node]
    return node


@njit(forceinline=True)
def is_marked(bits, node):  # type: ignore[no-untyped-def]
    """Whether the node's bit is set."""
    return (bits[node >> _SIX] >> np.uint64(node & _LOW6)) & _ONE != _NOTHING


@njit(forceinline=True)
def mark(bits, node):  # type: ignore[no-untyped-def]
    """Set the node's bit."""
    bits[node >> _SIX] |= _ONE << np.uint64(node & _LOW6)


@njit(forceinline=True)
def unmark_all(bits, flat, begin, end):  # type: ignore[no-untyped-def]
    """Clear the words that hold the bits of a set."""
    for at in range(begin, end):
        bits[flat[at] >> _SIX] = _NOTHING


@njit(nogil=True, cache=True)
def longer(flat, used):  # type: ignore[no-untyped-def]
    """The same entries in twice the room."""
    larger = np.empty(2 * flat.size, flat.dtype)
    larger[:used] = flat[:used]
    return larger


@njit(nogil=True, cache=True)
def sample_plain(graph, law, roots, span, bits, stops):  # type: ignore[no-untyped-def]
    """Sets `first … first + count` of a pool, one after the other.

    Parameters: graph (records, neighbours, probabilities), law (kind, p, log(1 − p)), roots (accept, alias), span
    (seed, pool, first, count), bits (uint64 bitmap of nodes, clean, left clean), stops (uint64 bitmap of sentinels, or
    empty): a set that meets a sentinel is given up and left empty.
    Returns flat uint32 entries, begins int64[count], sizes uint32[count] and the number of live arcs seen.
    """
    first, count = span[2], span[3]
    flat = np.empty(max(1024, 8 * count), np.uint32)
    begins = np.empty(count, np.int64)
    sizes = np.empty(count, np.uint32)
    positions = np.empty(1024, np.int64)
    used = 0
    arcs = 0
    world = (graph, law, bits, stops)
    for index in range(count):
        stream = stream_of(span, first + index)
        root = root_of(roots, graph[0].shape[0], stream)
        begin = used
        begins[index] = begin
        sizes[index] = 0
        if stops.size and is_marked(stops, root):
            continue
        if used == flat.size:
            flat = longer(flat, used)
        flat[used] = root
        used += 1
        mark(bits, root)
        places = (begin, begin, used)
        flat, positions, used, found = spread_back(world, flat, positions, places, stream, np.uint64(1))
        arcs += found
        sizes[index] = used - begin
    return flat[:used], begins, sizes, arcs


@njit(forceinline=True)
def take(world, flat, used, positions, begin, end):  # type: ignore[no-untyped-def]
    """Append the sources of the arcs at positions[begin:end] that are not in the set yet.

    Returns flat, used, and whether a sentinel was met. The records of new entries are asked for.
    """
    graph, _, bits, stops = world
    while used + end - begin > flat.size:
        flat = longer(flat, used)
    for nth in range(begin, end):
        node = graph[1][positions[nth]]
        if is_marked(bits, node):
            continue
        if stops.size and is_marked(stops, node):
            return flat, used, True
        mark(bits, node)
        prefetch(graph[0], np.int64(node) * 4)
        flat[used] = node
        used += 1
    return flat, used, False


@njit(nogil=True, cache=True)
def spread_back(world, flat, positions, places, stream, counter):  # type: ignore[no-untyped-def]
    """Walk a set to its end: places are (begin, head, used) in the flat entries, whose nodes are marked in bits.

    Returns flat, positions, used (= begin when a sentinel was met) and the live arcs seen.
    """
    begin, head, used = places
    arcs = 0
    stopped = False
    while head < used and not stopped:
        positions, found, counter = live_arcs(world[0], world[1], flat[head], stream, counter, positions, 0)
        head += 1
        arcs += found
        flat, used, stopped = take(world, flat, used, positions, 0, found)
    unmark_all(world[2], flat, begin, used)
    return flat, positions, begin if stopped else used, arcs


@njit(nogil=True, cache=True)
def spread_back_ahead(world, flat, positions, places, stream, counter):  # type: ignore[no-untyped-def]
    """As `spread_back`, for sets with a wide frontier in a graph far larger than the caches.

    Nodes leave the queue in blocks: first all their draws, asking for the neighbours' cache lines, then all their
    finds. The order of draws and of entries is the same.
    """
    begin, head, used = places
    arcs = 0
    stopped = False
    while head < used and not stopped:
        last = min(head + BLOCK, used)
        found = 0
        for at in range(head, last):
            before = found
            positions, found, counter = live_arcs(world[0], world[1], flat[at], stream, counter, positions, found)
            for nth in range(before, found):
                prefetch(world[0][1], positions[nth])
        head = last
        arcs += found
        flat, used, stopped = take(world, flat, used, positions, 0, found)
    unmark_all(world[2], flat, begin, used)
    return flat, positions, begin if stopped else used, arcs

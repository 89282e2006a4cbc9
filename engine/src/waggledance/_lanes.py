"""Reverse-reachable sets, many at a time: while one waits for memory, the others go on.

In a graph larger than the caches a visited node costs two or three waits for memory, one after the other. Here `LANES`
sets advance in turn, one node each: first every lane makes its draws and asks for the neighbours it will need, then
every lane takes its finds and asks for their records. By the time a line is read it has arrived. The sets are those of
`sample_plain`, entry for entry; only the order in which they are finished differs.

A lane knows its nodes by a hash table that grows with the set and starts small enough for the nearest cache; a set that
outgrows its lane is walked to its end alone, with a bitmap, asking ahead along its own queue.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ._arcs import live_arcs
from ._layout import NOBODY
from ._prefetch import prefetch
from ._sampling import is_marked, longer, mark, root_of, spread_back_ahead, stream_of, take

LANES = 32
_FIRST_BITS = 6  # a new set's table has 2**6 slots
_LAST_BITS = 12
_ROOM = 2048  # nodes in a lane: at most half of the slots
_HASH = np.uint32(0x9E3779B1)
_WORD = 32
HEAD, TAIL, BITS, INDEX = 0, 1, 2, 3


@njit(nogil=True, cache=True)
def sample_lanes(graph, law, roots, span, bits, stops):  # type: ignore[no-untyped-def]
    """Sets `first … first + count` of a pool, `LANES` at a time; parameters and results as `sample_plain`."""
    world = (graph, law, bits, stops)
    count = span[3]
    flat = np.empty(max(1024, 8 * count), np.uint32)
    begins = np.zeros(count, np.int64)
    sizes = np.zeros(count, np.uint32)
    positions = np.empty(4096, np.int64)
    spare = np.empty(4096, np.int64)
    ends = np.zeros(LANES + 1, np.int64)
    queue = np.empty((LANES, _ROOM), np.uint32)
    table = np.empty((LANES, 2 * _ROOM), np.uint32)
    state = np.zeros((LANES, 4), np.int64)
    streams = np.zeros((LANES, 2), np.uint64)
    lanes = (queue, table, state, streams)
    started = 0
    for lane in range(LANES):
        started = _open(lanes, lane, world, roots, span, started)
    used = 0
    arcs = 0
    while True:
        found = 0
        busy = False
        for lane in range(LANES):
            if state[lane, INDEX] >= 0:
                busy = True
                before = found
                node = queue[lane, state[lane, HEAD]]
                state[lane, HEAD] += 1
                positions, found, streams[lane, 1] = live_arcs(
                    graph, law, node, streams[lane, 0], streams[lane, 1], positions, found
                )
                for nth in range(before, found):
                    prefetch(graph[1], positions[nth])
            ends[lane + 1] = found
        if not busy:
            return flat[:used], begins, sizes, arcs
        arcs += found
        for lane in range(LANES):
            index = state[lane, INDEX]
            if index < 0:
                continue
            begins[index] = used
            if state[lane, TAIL] + ends[lane + 1] - ends[lane] > _ROOM:
                finds = (positions, ends[lane], ends[lane + 1])
                flat, spare, used, more = _outgrow(lanes, lane, world, finds, flat, spare, used)
                arcs += more
            else:
                stopped = _receive(lanes, lane, world, positions, ends[lane], ends[lane + 1])
                if not stopped and state[lane, HEAD] < state[lane, TAIL]:
                    continue
                if not stopped:
                    flat, used = _store(lanes, lane, flat, used)
            sizes[index] = used - begins[index]
            started = _open(lanes, lane, world, roots, span, started)


@njit(forceinline=True)
def _open(lanes, lane, world, roots, span, started):  # type: ignore[no-untyped-def]
    """Begin the next set whose root is no sentinel, if there is one; returns how many have been begun."""
    queue, table, state, streams = lanes
    records, stops = world[0][0], world[3]
    state[lane, INDEX] = -1
    while started < span[3]:
        stream = stream_of(span, span[2] + started)
        root = root_of(roots, records.shape[0], stream)
        started += 1
        if stops.size and is_marked(stops, root):
            continue
        prefetch(records, np.int64(root) * 4)
        streams[lane, 0] = stream
        streams[lane, 1] = 1
        table[lane, : 1 << _FIRST_BITS] = NOBODY
        queue[lane, 0] = root
        state[lane, HEAD], state[lane, TAIL] = 0, 1
        state[lane, BITS], state[lane, INDEX] = _FIRST_BITS, started - 1
        _enter(table, lane, root, _FIRST_BITS)
        break
    return started


@njit(forceinline=True)
def _enter(table, lane, node, bits):  # type: ignore[no-untyped-def]
    """Put a node in the lane's table; False when it is there already."""
    slot = np.int64((node * _HASH) >> np.uint32(_WORD - bits))
    while table[lane, slot] != NOBODY:
        if table[lane, slot] == node:
            return False
        slot = (slot + 1) & ((1 << bits) - 1)
    table[lane, slot] = node
    return True


@njit(forceinline=True)
def _receive(lanes, lane, world, positions, begin, end):  # type: ignore[no-untyped-def]
    """Take the sources of the lane's live arcs into its set; True when a sentinel was met."""
    queue, table, state, _ = lanes
    graph, stops = world[0], world[3]
    tail, bits = state[lane, TAIL], state[lane, BITS]
    for nth in range(begin, end):
        node = graph[1][positions[nth]]
        if not _enter(table, lane, node, bits):
            continue
        prefetch(graph[0], np.int64(node) * 4)
        if stops.size and is_marked(stops, node):
            return True
        queue[lane, tail] = node
        tail += 1
        if 2 * tail > 1 << bits and bits < _LAST_BITS:
            bits = _widen(queue, table, lane, tail, bits)
    state[lane, TAIL], state[lane, BITS] = tail, bits
    return False


@njit(nogil=True, cache=True)
def _widen(queue, table, lane, tail, bits):  # type: ignore[no-untyped-def]
    """Move the lane's nodes into a table four times as large."""
    bits += 2
    table[lane, : 1 << bits] = NOBODY
    for at in range(tail):
        _enter(table, lane, queue[lane, at], bits)
    return bits


@njit(forceinline=True)
def _store(lanes, lane, flat, used):  # type: ignore[no-untyped-def]
    """Copy the lane's set to the flat entries."""
    queue, _, state, _ = lanes
    size = state[lane, TAIL]
    while used + size > flat.size:
        flat = longer(flat, used)
    for at in range(size):
        flat[used + at] = queue[lane, at]
    return flat, used + size


@njit(nogil=True, cache=True)
def _outgrow(lanes, lane, world, finds, flat, spare, used):  # type: ignore[no-untyped-def]
    """Walk a set too large for its lane to its end; returns flat, spare positions, used and live arcs seen."""
    _, _, state, streams = lanes
    bits = world[2]
    begin = used
    flat, used = _store(lanes, lane, flat, used)
    for at in range(begin, used):
        mark(bits, flat[at])
    flat, used, stopped = take(world, flat, used, finds[0], finds[1], finds[2])
    # Nothing is left in the queue of a set that has stopped.
    places = (begin, used if stopped else begin + state[lane, HEAD], used)
    flat, spare, used, arcs = spread_back_ahead(world, flat, spare, places, streams[lane, 0], streams[lane, 1])
    return flat, spare, begin if stopped else used, arcs

"""Reverse-reachable sets, many at a time: while one waits for memory, the others go on.

In a graph larger than the caches a visited node costs two or three waits for memory, one after the other. Here
`LANES` sets advance in turn, one node each: first every lane makes its draws and asks for the neighbours it will
need, then every lane takes its finds and asks for their records. By the time a line is read it has arrived. The
sets are those of `sample_plain`, entry for entry; only the order in which they are finished differs.

A lane knows its nodes by a hash table that grows with the set and starts small enough for the nearest cache; a set
that outgrows its lane is walked to its end alone, with a bitmap, asking ahead along its own queue.
"""

from __future__ import annotations

import numpy as np

from ._arcs import FURTHER, count_live, place_live, room_for, word_of
from ._compiling import bare, inlined, kernel
from ._layout import NOBODY
from ._prefetch import prefetch
from ._sampling import finish, is_marked, longer, mark, root_of, stream_of, take

LANES = 24
_FIRST_BITS = 6  # a new set's table has 2**6 slots
_LAST_BITS = 12
_ROOM = 2048  # nodes in a lane: at most half of the slots
_HASH = np.uint32(0x9E3779B1)
_WIDTH = 32
HEAD, TAIL, BITS, INDEX, END, COUNT = range(6)  # columns of a lane's state
STREAM, COUNTER, WORD = range(3)  # and of its draws


@kernel
def sample_lanes(graph, law, roots, span, bits, stops):  # type: ignore[no-untyped-def]
    """Sets `first … first + count` of a pool, `LANES` at a time; parameters and results as `sample_plain`."""
    world = (graph, law, bits, stops)
    count = span[3]
    flat = np.empty(max(2 * LANES * _ROOM, 8 * count), np.uint32)
    book = (np.zeros(count, np.int64), np.zeros(count, np.uint32))
    positions = np.empty(4096, np.int64)
    spare = np.empty(4096, np.int64)
    lanes = (
        np.empty((LANES, _ROOM), np.uint32),
        np.empty((LANES, 2 * _ROOM), np.uint32),
        np.zeros((LANES, 6), np.int64),
        np.zeros((LANES, 3), np.uint64),
    )
    started, used, arcs = 0, 0, 0
    for lane in range(LANES):
        started = _open(lanes, lane, world, roots, span, started)
    while True:
        if not _count_round(lanes, world):
            return flat[:used], book[0], book[1], arcs
        lane, found = _place_round(lanes, world, positions, 0, 0)
        while lane < LANES:
            positions = longer(positions, found)
            lane, found = _place_round(lanes, world, positions, lane, found)
        arcs += found
        while used + LANES * _ROOM > flat.size:
            flat = longer(flat, used)
        state = (0, used, started)
        lane, used, started = _take_round(lanes, world, (roots, span), positions, flat, book, state)
        while lane < LANES:
            index = lanes[2][lane, INDEX]
            book[0][index] = used
            flat, spare, used, more = _outgrow(lanes, lane, world, positions, flat, spare, used)
            book[1][index] = used - book[0][index]
            arcs += more
            started = _open(lanes, lane, world, roots, span, started)
            while used + LANES * _ROOM > flat.size:
                flat = longer(flat, used)
            state = (lane + 1, used, started)
            lane, used, started = _take_round(lanes, world, (roots, span), positions, flat, book, state)


@bare
def _count_round(lanes, world):  # type: ignore[no-untyped-def]
    """One node of every open lane: its first draw, and how many in-arcs are live. False when no lane is open."""
    queue, _, state, streams = lanes
    busy = False
    for lane in range(LANES):
        if state[lane, INDEX] >= 0:
            busy = True
            word = word_of(streams[lane, STREAM], state[lane, HEAD])
            node = queue[lane, state[lane, HEAD]]
            streams[lane, WORD] = word
            state[lane, COUNT] = count_live(world[0], world[1], node, word)
    return busy


@bare
def _place_round(lanes, world, positions, lane, found):  # type: ignore[no-untyped-def]
    """Where those live in-arcs are, and a request for the neighbours they lead to.

    Returns the lane it stopped at for lack of room, and the positions used.
    """
    queue, _, state, streams = lanes
    graph, law, _, _ = world
    while lane < LANES:
        if state[lane, INDEX] >= 0:
            node = queue[lane, state[lane, HEAD]]
            if found + room_for(graph, law, node) > positions.size:
                return lane, found
            live = (node, streams[lane, WORD], state[lane, COUNT])
            found, streams[lane, COUNTER] = place_live(
                graph, law, live, streams[lane, STREAM], streams[lane, COUNTER], positions, found
            )
            state[lane, HEAD] += 1
        state[lane, END] = found
        lane += 1
    return lane, found


@bare
def _take_round(lanes, world, source, positions, flat, book, places):  # type: ignore[no-untyped-def]
    """The finds of every open lane: into its set, and on to the next set when it is complete.

    Returns the lane whose set has outgrown it (`LANES` when none has), the entries used and the sets begun.
    """
    _, _, state, _ = lanes
    lane, used, started = places
    while lane < LANES:
        index = state[lane, INDEX]
        if index >= 0:
            begin = state[lane - 1, END] if lane > 0 else 0
            end = state[lane, END]
            if state[lane, TAIL] + end - begin > _ROOM:
                return lane, used, started
            stopped = _receive(lanes, lane, world, positions, begin, end)
            if stopped or state[lane, HEAD] == state[lane, TAIL]:
                book[0][index] = used
                if not stopped:
                    used = _store(lanes, lane, flat, used)
                book[1][index] = used - book[0][index]
                started = _open(lanes, lane, world, source[0], source[1], started)
        lane += 1
    return lane, used, started


@inlined
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
        streams[lane, STREAM] = stream
        streams[lane, COUNTER] = FURTHER
        table[lane, : 1 << _FIRST_BITS] = NOBODY
        queue[lane, 0] = root
        state[lane, HEAD], state[lane, TAIL] = 0, 1
        state[lane, BITS], state[lane, INDEX] = _FIRST_BITS, started - 1
        _enter(table, lane, root, _FIRST_BITS)
        break
    return started


@inlined
def _enter(table, lane, node, bits):  # type: ignore[no-untyped-def]
    """Put a node in the lane's table; False when it is there already."""
    slot = np.int64(np.uint32(node * _HASH) >> np.uint32(_WIDTH - bits))
    while table[lane, slot] != NOBODY:
        if table[lane, slot] == node:
            return False
        slot = (slot + 1) & ((1 << bits) - 1)
    table[lane, slot] = node
    return True


@inlined
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


@bare
def _widen(queue, table, lane, tail, bits):  # type: ignore[no-untyped-def]
    """Move the lane's nodes into a table four times as large."""
    bits += 2
    table[lane, : 1 << bits] = NOBODY
    for at in range(tail):
        _enter(table, lane, queue[lane, at], bits)
    return bits


@inlined
def _store(lanes, lane, flat, used):  # type: ignore[no-untyped-def]
    """Copy the lane's set to the flat entries; returns how many are used."""
    queue, _, state, _ = lanes
    for at in range(state[lane, TAIL]):
        flat[used + at] = queue[lane, at]
    return used + state[lane, TAIL]


@kernel
def _outgrow(lanes, lane, world, positions, flat, spare, used):  # type: ignore[no-untyped-def]
    """Walk a set too large for its lane to its end; returns flat, spare positions, used and the live arcs seen."""
    _, _, state, streams = lanes
    begin = used
    first = state[lane - 1, END] if lane > 0 else 0
    while used + state[lane, TAIL] + state[lane, END] - first > flat.size:
        flat = longer(flat, used)
    used = _store(lanes, lane, flat, used)
    for at in range(begin, used):
        mark(world[2], flat[at])
    used, stopped = take(world, flat, used, positions, first, state[lane, END])
    # Nothing is left in the queue of a set that has stopped.
    places = (begin, used if stopped else begin + state[lane, HEAD], used)
    flat, spare, used, arcs = finish(world, flat, spare, places, streams[lane, STREAM], streams[lane, COUNTER])
    return flat, spare, begin if stopped else used, arcs

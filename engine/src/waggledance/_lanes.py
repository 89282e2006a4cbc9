"""Reverse-reachable sets, many at a time: while one waits for memory or for a guess, the others go on.

Up to `LANES` sets share one queue of nodes and one word per node of the graph, in which each set has a bit. Nodes
leave the queue in blocks that run through a line of short loops without branches that the processor could not
foresee: how many in-arcs of each are live, where these are, who is at their other end, who of them is new. Each loop
asks for the memory of the next, so that by the time a line is read it has arrived.

The sets are those of `sample_plain`, entry for entry: a node's draws depend on its place in its own set alone.
"""

from __future__ import annotations

import numpy as np

from ._arcs import FURTHER, count_live, place_live, room_for, word_at
from ._compiling import bare, inlined, kernel
from ._layout import degree_of, start_of
from ._prefetch import prefetch
from ._random import bounded, draw
from ._sampling import is_marked, longer, root_of, stream_of

LANES = 64
_BLOCK = 64  # nodes that leave the queue together
_FULL = 1 << 20  # nodes in the queue above which no set is begun, so that large ones do not fill the memory together
_LANE = np.uint64(63)
_SIX = np.uint64(6)
_ONE = np.uint64(1)
_NONE = np.uint64(0)


@kernel
def sample_lanes(graph, law, roots, span, reached, stops):  # type: ignore[no-untyped-def]
    """Sets `first … first + count` of a pool; parameters and results as `sample_plain`.

    But for `reached`, uint64[n], clean and left clean: the sets each node is in, a bit per lane.
    """
    world = (graph, law, reached, stops)
    count = span[3]
    flat = np.empty(max(1024, 8 * count), np.uint32)
    book = (np.zeros(count, np.int64), np.zeros(count, np.uint32))
    queue = (np.empty(8192, np.uint32), np.empty(8192, np.uint64))
    lanes = (np.empty(LANES, np.uint64), np.empty(LANES, np.uint64), np.empty(LANES, np.int64))
    finds = (np.empty(4096, np.int64), np.empty(4096, np.uint64), np.empty(4096, np.uint32))
    plan = (np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.int64), np.empty(_BLOCK, np.int64))
    done, used, arcs = 0, 0, 0
    while done < count:
        state = (done, 0, 0, 0, _NONE)
        while True:
            opened, head, tail, taken, dead, need = _walk(world, (roots, span), queue, lanes, plan, finds, state)
            arcs += taken
            if need == 0:
                break
            state = (done, opened, head, tail, dead)
            while tail + need > queue[0].size:
                queue = (longer(queue[0], tail), longer(queue[1], tail))
            while need > finds[0].size:
                finds = (longer(finds[0], 0), longer(finds[1], 0), longer(finds[2], 0))
        while used + tail > flat.size:
            flat = longer(flat, used)
        used = _settle(queue, lanes, (opened, tail, dead), reached, flat, book, (done, used))
        done += opened
    return flat[:used], book[0], book[1], arcs


@bare
def _walk(world, source, queue, lanes, plan, finds, state):  # type: ignore[no-untyped-def]
    """Walk until the sets of all lanes are complete (need 0) or room is short (need > 0).

    State is (sets before the first lane's, lanes opened, head and tail of the queue, lanes whose set is given up).
    """
    done, opened, head, tail, dead = state
    arcs = 0
    lanes_left = min(LANES, source[1][3] - done)
    while True:
        if tail + LANES > queue[0].size:
            return opened, head, tail, arcs, dead, LANES
        while tail - head < 2 * _BLOCK and opened < lanes_left and tail < _FULL:
            tail, dead = _open(world, source, queue, lanes, (done, opened, tail, dead))
            opened += 1
        if head == tail:
            return opened, head, tail, arcs, dead, 0
        last = min(head + _BLOCK, tail)
        need = LANES
        for at in range(head, last):
            need += room_for(world[0], world[1], queue[0][at])
        if need > finds[0].size or tail + need > queue[0].size:
            return opened, head, tail, arcs, dead, need
        if _decide(world, queue, lanes, plan, (head, last, dead)):
            found = _place(world[0], queue, lanes, plan, finds, (head, last))
        else:
            found = _place_one_by_one(world, queue, lanes, plan, finds, (head, last))
        head = last
        arcs += found
        tail, dead = _take(world, queue, lanes, finds, found, tail, dead)


@inlined
def _open(world, source, queue, lanes, state):  # type: ignore[no-untyped-def]
    """Begin the set of the next lane with its root in the queue; one whose root is a sentinel is given up."""
    roots, span = source
    streams, counters, sizes = lanes
    records, reached, stops = world[0][0], world[2], world[3]
    done, lane, tail, dead = state
    stream = stream_of(span, span[2] + done + lane)
    root = root_of(roots, records.shape[0], stream)
    streams[lane], counters[lane], sizes[lane] = stream, FURTHER, 0
    bit = _ONE << np.uint64(lane)
    if stops.size and is_marked(stops, root):
        return tail, dead | bit
    prefetch(records, np.int64(root) * 4)
    reached[root] |= bit
    queue[0][tail] = root
    queue[1][tail] = np.uint64(lane)
    sizes[lane] = 1
    return tail + 1, dead


@inlined
def _decide(world, queue, lanes, plan, block):  # type: ignore[no-untyped-def]
    """The words of a block of nodes, and how many in-arcs of each are live; False when some only a walk will tell."""
    graph, law, _, _ = world
    words, counts, _ = plan
    head, last, dead = block
    least = np.int64(0)
    for at in range(head, last):
        tag = queue[1][at]
        lane = tag & _LANE
        word = word_at(graph, law, queue[0][at], lanes[0][lane], tag >> _SIX)
        count = count_live(graph, law, queue[0][at], word)
        if dead != _NONE and (dead >> lane) & _ONE != _NONE:
            count = np.int64(0)
        words[at - head] = word
        counts[at - head] = count
        least = min(least, count)
    return least >= 0


@inlined
def _place(graph, queue, lanes, plan, finds, block):  # type: ignore[no-untyped-def]
    """Where the live in-arcs of a block are, the first of every node before the others; returns how many.

    What is written for a node without any is overwritten by the next.
    """
    words, counts, several = plan
    positions, owners, _ = finds
    head, last = block
    found, severals = np.int64(0), np.int64(0)
    for at in range(head, last):
        nth = at - head
        node = queue[0][at]
        positions[found] = start_of(graph[0], node) + np.int64(bounded(words[nth], degree_of(graph[0], node)))
        owners[found] = queue[1][at] & _LANE
        several[severals] = nth
        severals += np.int64(counts[nth] > 1)
        words[nth] = np.uint64(found)
        found = np.int64(found + counts[nth])
    for which in range(severals):
        nth = several[which]
        node, begin = queue[0][head + nth], np.int64(words[nth])
        degree, start, lane = degree_of(graph[0], node), start_of(graph[0], node), owners[begin]
        counter = lanes[1][lane]
        for at in range(begin + 1, begin + counts[nth]):
            place, fresh = np.int64(0), False
            while not fresh:
                place = start + np.int64(bounded(draw(lanes[0][lane], counter), degree))
                counter += _ONE
                fresh = True
                for earlier in range(begin, at):
                    fresh = fresh and positions[earlier] != place
            positions[at], owners[at] = place, lane
        lanes[1][lane] = counter
    return found


@inlined
def _place_one_by_one(world, queue, lanes, plan, finds, block):  # type: ignore[no-untyped-def]
    """As `_place`, where the arcs of some node have to be walked to know which are live."""
    words, counts, _ = plan
    positions, owners, _ = finds
    head, last = block
    found = 0
    for at in range(head, last):
        lane = queue[1][at] & _LANE
        live = (queue[0][at], words[at - head], counts[at - head])
        begin = found
        found, lanes[1][lane] = place_live(world[0], world[1], live, lanes[0][lane], lanes[1][lane], positions, found)
        owners[begin:found] = lane
    return found


@inlined
def _take(world, queue, lanes, finds, found, tail, dead):  # type: ignore[no-untyped-def]
    """Put those at the other ends of the arcs found into the queue, when their set has not met them yet."""
    graph, _, reached, stops = world
    positions, owners, sources = finds
    sizes = lanes[2]
    for nth in range(found):
        prefetch(graph[1], positions[nth])
    for nth in range(found):
        node = graph[1][positions[nth]]
        sources[nth] = node
        prefetch(reached, np.int64(node))
        prefetch(graph[0], np.int64(node) * 4)
    for nth in range(found):
        node, lane = sources[nth], owners[nth]
        before = reached[node]
        fresh = np.int64(((before >> lane) & _ONE) ^ _ONE)
        reached[node] = before | (_ONE << lane)
        queue[0][tail] = node
        queue[1][tail] = (np.uint64(sizes[lane]) << _SIX) | lane
        sizes[lane] += fresh
        tail += fresh
        if stops.size and fresh and is_marked(stops, node):
            dead |= _ONE << lane
    return tail, dead


@bare
def _settle(queue, lanes, walked, reached, flat, book, places):  # type: ignore[no-untyped-def]
    """Copy the sets of all lanes to the flat entries, one behind the other; returns how many entries are used."""
    begins, sizes = book
    opened, tail, dead = walked
    done, used = places
    for lane in range(opened):
        size = lanes[2][lane] if (dead >> np.uint64(lane)) & _ONE == _NONE else 0
        begins[done + lane], sizes[done + lane] = used, size
        lanes[2][lane] = used
        used += size
    for at in range(tail):
        node, tag = queue[0][at], queue[1][at]
        reached[node] = _NONE
        lane = tag & _LANE
        if (dead >> lane) & _ONE == _NONE:
            flat[lanes[2][lane] + np.int64(tag >> _SIX)] = node
    return used

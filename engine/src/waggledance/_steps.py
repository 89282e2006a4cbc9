"""Reverse-reachable sets that know how far each node is from the root: one byte more per entry.

The sets are those of `sample_plain`. Nodes enter a set in the order of their distance along live arcs, a level at a
time, so the level is the distance.
"""

from __future__ import annotations

import numpy as np

from ._arcs import FURTHER
from ._compiling import kernel
from ._sampling import advance, longer, mark, new_plan, root_of, stream_of, unmark

FURTHEST = 255


@kernel
def sample_steps(graph, law, roots, span, bits, stops):  # type: ignore[no-untyped-def]
    """As `sample_plain`, without stops (of which none may be given); and steps uint8[e], 255 for 255 or more."""
    world = (graph, law, bits, stops)
    count = span[3]
    flat = np.empty(max(1024, 8 * count), np.uint32)
    steps = np.empty(flat.size, np.uint8)
    begins = np.zeros(count, np.int64)
    sizes = np.zeros(count, np.uint32)
    positions = np.empty(4096, np.int64)
    plan = new_plan()
    used, arcs = 0, 0
    for index in range(count):
        stream = stream_of(span, span[2] + index)
        begin = used
        if used == flat.size:
            flat = longer(flat, used)
        flat[used] = root_of(roots, graph[0].shape[0], stream)
        mark(bits, flat[used])
        head, end, used, level, counter = used, used, used + 1, 0, FURTHER
        while end < used:
            while steps.size < flat.size:
                steps = longer(steps, end)
            steps[end:used] = min(level, FURTHEST)
            end = used
            while head < end:
                state = (begin, head, used, arcs, end)
                head, used, arcs, counter, need = advance(world, flat, positions, plan, state, stream, counter)
                while used + need > flat.size:
                    flat = longer(flat, used)
                while need > positions.size:
                    positions = longer(positions, 0)
            level += 1
        unmark(bits, flat, begin, used)
        begins[index] = begin
        sizes[index] = used - begin
    return flat[:used], begins, sizes, arcs, steps[:used]

"""Kernels of scores: who is told at the first and the second step, and who links people that nobody else links."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from ._compiling import kernel
from ._layout import degree_of, start_of


@kernel
def arc_chances(records, given, settings):
    """The probability of every in-arc, float32[m]: given, or `p`, or 1 / in-degree when p is negative."""
    size, p = settings
    if given.size:
        return given
    chances = np.empty(size, np.float32)
    for node in range(records.shape[0]):
        start, degree = start_of(records, node), degree_of(records, node)
        one = np.float32(p if p >= 0.0 else 1.0 / max(degree, 1))
        for arc in range(start, start + degree):
            chances[arc] = one
    return chances


@kernel
def direct(neighbours, chances, n):
    """Expected number told by each node at the first step."""
    reach = np.zeros(n)
    for arc in range(neighbours.size):
        reach[neighbours[arc]] += np.float64(chances[arc])
    return reach


@kernel
def indirect(out, chances, span, choosing):
    """Expected number told by nodes `span` at the second step and not before.

    Arcs u → v → w of different v share nothing, so that the chances to be missed multiply; when every node chooses
    one in-arc (`choosing`) the chances to be told add up.
    """
    offsets, targets, arcs = out
    n = offsets.size - 1
    first, last = span
    reach = np.zeros(last - first)
    missed = np.ones(n)
    met = np.empty(n, np.uint32)
    for node in range(first, last):
        count = 0
        for i in range(offsets[node], offsets[node + 1]):
            between, p = np.int64(targets[i]), np.float64(chances[arcs[i]])
            for j in range(offsets[between], offsets[between + 1]):
                end = np.int64(targets[j])
                both = p * np.float64(chances[arcs[j]])
                if end == node or 1.0 - both == 1.0:
                    continue
                if choosing:
                    reach[node - first] += both
                    continue
                if missed[end] == 1.0:
                    met[count] = end
                    count += 1
                missed[end] *= 1.0 - both
        if choosing:
            continue
        # Who may be told directly is told later only when missed the first time.
        for i in range(offsets[node], offsets[node + 1]):
            end = np.int64(targets[i])
            reach[node - first] -= np.float64(chances[arcs[i]]) * (1.0 - missed[end])
        for i in range(count):
            reach[node - first] += 1.0 - missed[met[i]]
            missed[met[i]] = 1.0
    return reach


@kernel
def paths(out, chances, reach):
    """Expected number of live paths of two arcs from each node, those that come back included: a bound from above."""
    offsets, targets, arcs = out
    found = np.zeros(offsets.size - 1)
    for node in range(found.size):
        for i in range(offsets[node], offsets[node + 1]):
            found[node] += np.float64(chances[arcs[i]]) * reach[targets[i]]
    return found


@kernel
def upward(offsets, targets):
    """The ties of a symmetric graph from the lesser to the greater end, by degree and then by index."""
    n = offsets.size - 1
    starts = np.zeros(n + 1, np.int64)
    for node in range(n):
        starts[node + 1] = starts[node]
        for i in range(offsets[node], offsets[node + 1]):
            starts[node + 1] += _above(offsets, targets[i], node)
    ends = np.empty(starts[n], np.uint32)
    place = 0
    for node in range(n):
        for i in range(offsets[node], offsets[node + 1]):
            if _above(offsets, targets[i], node):
                ends[place] = targets[i]
                place += 1
    return starts, ends


@kernel
def _above(offsets, other, node):
    mine, theirs = offsets[node + 1] - offsets[node], offsets[np.int64(other) + 1] - offsets[other]
    return theirs > mine or (theirs == mine and other > node)


@kernel
def triangles(starts, ends, span):
    """Number of triangles each node is in, of those whose least corner is in `span`."""
    n = starts.size - 1
    found = np.zeros(n, np.int64)
    marks = np.zeros(n, np.bool_)
    for node in range(span[0], span[1]):
        for i in range(starts[node], starts[node + 1]):
            marks[ends[i]] = True
        for i in range(starts[node], starts[node + 1]):
            other = np.int64(ends[i])
            closed = 0
            for j in range(starts[other], starts[other + 1]):
                if marks[ends[j]]:
                    found[ends[j]] += 1
                    closed += 1
            found[other] += closed
            found[node] += closed
        for i in range(starts[node], starts[node + 1]):
            marks[ends[i]] = False
    return found

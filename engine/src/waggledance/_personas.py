"""From members' own circles to everybody's: one persona per member and group of friends, then the personas grouped.

A member who is one person among colleagues and another at the choir is two nodes here; every tie joins the persona
each of its two ends shows the other. What was overlapping is now nearly separate, and label propagation in a fixed
order finds it in a few rounds, the same on every run.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

ROUNDS: Final = 20
_CROWDED = 0.1
_SETTLED = 10_000  # done when fewer than one persona in so many changes label


@njit(nogil=True, cache=True)
def persona_graph(lists, groups, firsts):
    """Lists of the persona graph; member u's personas are firsts[u] … firsts[u + 1] − 1.

    Ties of u are met in the order of their other ends' lists, so a cursor per member says where the opposite is.
    """
    offsets, neighbours = lists
    n = offsets.size - 1
    starts = np.zeros(firsts[n] + 1, np.int64)
    others = np.empty(neighbours.size, np.uint32)
    cursor = offsets[:-1].copy()
    for node in range(n):
        own = firsts[node]
        for place in range(offsets[node], offsets[node + 1]):
            starts[own + groups[place]] += 1
        end = offsets[node]
        for persona in range(own, firsts[node + 1]):
            end += starts[persona]
            starts[persona] = end - starts[persona]
        for place in range(offsets[node], offsets[node + 1]):
            other = np.int64(neighbours[place])
            opposite = cursor[other]
            cursor[other] = opposite + 1
            persona = own + groups[place]
            others[starts[persona]] = firsts[other] + groups[opposite]
            starts[persona] += 1
        for persona in range(firsts[node + 1] - 1, own, -1):
            starts[persona] = starts[persona - 1]
        if firsts[node + 1] > own:
            starts[own] = offsets[node]
    starts[firsts[n]] = neighbours.size
    return starts, others


@njit(inline="always")
def _asked(size, roomy):
    """Ties that a circle of so many personas asks of one more, before any is worth having."""
    return max(size - roomy, 0) * _CROWDED


@njit(inline="always")
def _best_label(lists, state, roomy, persona):
    """Where a persona has the most ties beyond those asked: its own label if none is better, else the first such."""
    starts, others = lists
    labels, sizes, scores = state
    for place in range(starts[persona], starts[persona + 1]):
        scores[labels[others[place]]] += 1
    own = labels[persona]
    best = own
    most = scores[own] - _asked(sizes[own] - 1, roomy)
    for place in range(starts[persona], starts[persona + 1]):
        label = labels[others[place]]
        if scores[label] > most and label != own:
            beyond = scores[label] - _asked(sizes[label], roomy)
            if beyond > most:
                most = beyond
                best = label
    for place in range(starts[persona], starts[persona + 1]):
        scores[labels[others[place]]] = 0
    return best


@njit(nogil=True, cache=True)
def spread_labels(starts, others, roomy):
    """Label propagation in the order of the personas; only those whose surroundings changed are looked at again.

    Plain label propagation floods dense networks with one label. Here a circle of more than `roomy` personas asks
    one tie more of whoever joins for every ten above: it grows only where it is dense.
    """
    lists = (starts, others)
    count = starts.size - 1
    labels = np.arange(count).astype(np.uint32)
    sizes = np.ones(count, np.int32)
    scores = np.zeros(count, np.int32)
    waiting = np.ones(count, np.uint8)
    for _ in range(ROUNDS):
        changed = 0
        for persona in range(count):
            if not waiting[persona]:
                continue
            waiting[persona] = 0
            best = _best_label(lists, (labels, sizes, scores), roomy, persona)
            if best == labels[persona]:
                continue
            sizes[labels[persona]] -= 1
            sizes[best] += 1
            labels[persona] = best
            changed += 1
            for place in range(starts[persona], starts[persona + 1]):
                waiting[others[place]] = 1
        if changed * _SETTLED <= count:
            break
    return labels


@njit(nogil=True, cache=True)
def count_ties(starts, others, labels):
    """Ties between personas of the same label, per label."""
    ties = np.zeros(starts.size - 1, np.uint32)
    for persona in range(starts.size - 1):
        label = labels[persona]
        for place in range(starts[persona], starts[persona + 1]):
            if others[place] > persona and labels[others[place]] == label:
                ties[label] += 1
    return ties


@njit(nogil=True, cache=True)
def gather(labels, firsts, smallest):
    """Members per label, each once and in order; labels with fewer than `smallest` members are left out.

    Returns the starts of the circles, their members, and the label of each.
    """
    n = firsts.size - 1
    starts = np.zeros(labels.size + 1, np.int64)
    last = np.full(labels.size, np.uint32(0xFFFFFFFF), np.uint32)
    for node in range(n):
        for persona in range(firsts[node], firsts[node + 1]):
            if last[labels[persona]] != node:
                last[labels[persona]] = node
                starts[labels[persona] + np.int64(1)] += 1
    kept = 0
    for label in range(labels.size):
        size = starts[label + 1]
        last[label] = 0xFFFFFFFF
        if size >= smallest:
            kept += 1
        else:
            size = 0
        starts[label + 1] = starts[label] + size
    members = np.empty(starts[labels.size], np.uint32)
    cursor = starts[:-1].copy()
    for node in range(n):
        for persona in range(firsts[node], firsts[node + 1]):
            label = labels[persona]
            if last[label] == node or starts[label] == starts[label + np.int64(1)]:
                continue
            last[label] = node
            members[cursor[label]] = node
            cursor[label] += 1
    names = np.empty(kept, np.uint32)
    kept = 0
    for label in range(labels.size):
        if starts[label + 1] > starts[label]:
            starts[kept] = starts[label]
            names[kept] = label
            kept += 1
    starts[kept] = members.size
    return starts[: kept + 1].copy(), members, names

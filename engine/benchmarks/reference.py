"""OPIM-C with subset sampling as published, ported line by line in spirit: what `maximize` is measured beside.

One set at a time; live arcs found by geometric jumps, a logarithm each; both pools indexed over all nodes; sizes
doubled. Same language and compiler as ours, so that the comparison is one of methods.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from waggledance import Graph, models
from waggledance._random import bounded, draw, key, unit

_LIMIT = 1.0 - 1.0 / math.e


@njit(nogil=True, cache=True)
def _sets(graph, law, rng_seed, count):  # type: ignore[no-untyped-def]
    offsets, neighbours = graph
    kind, p = law
    n = offsets.size - 1
    visited = np.zeros(n, np.bool_)
    flat = np.empty(16 * count, np.uint32)
    ends = np.zeros(count + 1, np.int64)
    used = 0
    stream, counter = key(rng_seed, 0), 0
    for index in range(count):
        head = used
        if used == flat.size:
            flat = np.append(flat, np.empty_like(flat))
        flat[used] = bounded(draw(stream, counter), n)
        counter += 1
        visited[flat[used]] = True
        used += 1
        while head < used:
            node = flat[head]
            head += 1
            start = np.int64(offsets[node])
            degree = np.int64(offsets[node + np.int64(1)]) - start
            if degree == 0:
                continue
            while used + degree > flat.size:
                flat = np.append(flat, np.empty_like(flat))
            chance = p if kind == models.UNIFORM else 1.0 / degree
            log_miss = math.log(1.0 - chance) if chance < 1.0 else -math.inf
            at = np.int64(0)
            while True:
                word = draw(stream, counter)
                counter += 1
                if kind == models.LT:
                    at = np.int64(bounded(word, degree))
                else:
                    at += np.int64(math.log(1.0 - unit(word)) / log_miss)
                if at >= degree:
                    break
                source = neighbours[start + at]
                if not visited[source]:
                    visited[source] = True
                    flat[used] = source
                    used += 1
                at += 1
                if kind == models.LT or at >= degree:
                    break
        ends[index + 1] = used
        for at in range(ends[index], used):
            visited[flat[at]] = False
    return flat[:used], ends


@njit(nogil=True, cache=True)
def _index(flat, ends, n):  # type: ignore[no-untyped-def]
    starts = np.zeros(n + 1, np.int64)
    for node in flat:
        starts[np.int64(node) + 1] += 1
    starts[:] = np.cumsum(starts)
    cursor = starts[:-1].copy()
    places = np.empty(flat.size, np.int64)
    for index in range(ends.size - 1):
        for at in range(ends[index], ends[index + 1]):
            places[cursor[flat[at]]] = index
            cursor[flat[at]] += 1
    return starts, places


@njit(nogil=True, cache=True)
def _select(flat, ends, starts, places, k):  # type: ignore[no-untyped-def]
    """Greedy by buckets of equal count, and the bound from the largest counts at every step."""
    n = starts.size - 1
    counts = starts[1:] - starts[:-1]
    order = np.argsort(-counts)
    done = np.zeros(ends.size - 1, np.bool_)
    seeds = np.empty(k, np.int64)
    total, bound = np.int64(0), np.int64(2**62)
    heads = np.full(counts.max() + 1, np.int64(-1))
    after = np.empty(n, np.int64)
    tally = np.bincount(counts)
    for node in order[::-1]:
        after[node] = heads[counts[node]]
        heads[counts[node]] = node
    level = heads.size - 1
    for nth in range(k):
        seed = np.int64(-1)
        while seed < 0:
            node = heads[level]
            if node < 0:
                level -= 1
                continue
            heads[level] = after[node]
            if counts[node] == level:
                seed = node
            else:
                after[node] = heads[counts[node]]
                heads[counts[node]] = node
        top, need, at = np.int64(0), k, level
        while need > 0 and at > 0:
            some = min(need, tally[at])
            top += some * at
            need -= some
            at -= 1
        bound = min(bound, total + top)
        seeds[nth] = seed
        total += counts[seed]
        for at in range(starts[seed], starts[seed + 1]):
            index = places[at]
            if not done[index]:
                done[index] = True
                for other in range(ends[index], ends[index + 1]):
                    count = counts[flat[other]]
                    tally[count] -= 1
                    tally[count - 1] += 1
                    counts[flat[other]] = count - 1
    return seeds, total, bound


@njit(nogil=True, cache=True)
def _covered(starts, places, seeds, count):  # type: ignore[no-untyped-def]
    done = np.zeros(count, np.bool_)
    for seed in seeds:
        for at in range(starts[seed], starts[seed + 1]):
            done[places[at]] = True
    return done.sum()


def choose(graph: Graph, k: int, model: models.Model, eps: float, rng_seed: int = 1) -> Any:
    """(seeds, sets sampled, ratio reached)."""
    prepared = model.prepare(graph)
    lists = (graph.in_offsets, graph.in_neighbours)
    n, delta = graph.n, 1.0 / graph.n
    choices = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    doubt = math.log(6.0 / delta)
    spread = (_LIMIT * math.sqrt(doubt) + math.sqrt(_LIMIT * (choices + doubt))) ** 2
    size, most = int(2 * spread), 2 * n * spread / (k * eps**2)
    steps = max(1, math.ceil(math.log2(most / size)))
    a = math.log(3 * steps / delta)
    pools: list[Any] = [None, None]
    for step in range(steps):
        indices = []
        for which in range(2):
            count = size if pools[which] is None else size - (pools[which][1].size - 1)
            flat, ends = _sets(lists, (prepared.kind, prepared.p), rng_seed * 1000 + step * 2 + which, count)
            if pools[which] is not None:
                earlier = pools[which]
                flat, ends = np.concatenate([earlier[0], flat]), np.append(earlier[1], ends[1:] + earlier[1][-1])
            pools[which] = (flat, ends)
            indices.append(_index(flat, ends, n))
        seeds, _, bound = _select(*pools[0], *indices[0], k)
        covered = _covered(*indices[1], seeds, size)
        low = (math.sqrt(covered + 2 * a / 9) - math.sqrt(a / 2)) ** 2 - a / 18
        ratio = low / (math.sqrt(bound + a / 2) + math.sqrt(a / 2)) ** 2
        if ratio >= _LIMIT - eps:
            break
        size *= 2
    return seeds, 2 * (pools[0][1].size - 1), ratio

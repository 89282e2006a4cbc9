"""Sets: what a visited node costs, plain and interleaved, beside what a random access costs."""

from __future__ import annotations

import statistics
import time
from functools import partial

import numpy as np
from numba import njit

from waggledance import models, sample
from waggledance._pools import Sampler

from .cases import Case, Figures, timed
from .graphs import loaded, synthetic
from .report import Row

TITLE = "Sampling: nanoseconds per visited node, one thread, beside random accesses in the same process"

GRAPHS = {
    "Chung-Lu 76 k / 0.8 M": partial(synthetic, 75_877, 860_000),
    "Chung-Lu 1 M / 16 M": partial(synthetic, 1_000_000, 16_200_000),
    "Chung-Lu 10 M / 100 M": partial(synthetic, 10_000_000, 101_000_000),
}
MODELS = {"WC": models.WeightedCascade(), "p = 0.01": models.Uniform(0.01), "LT": models.LinearThreshold()}
VISITS = 1_500_000  # nodes to visit, about
STEPS = 1_000_000


@njit(nogil=True, cache=True)
def _chase(links, steps):  # type: ignore[no-untyped-def]
    at = np.uint32(0)
    for _ in range(steps):
        at = links[at]
    return at


@njit(nogil=True, cache=True)
def _gather(links, places):  # type: ignore[no-untyped-def]
    total = np.uint64(0)
    for place in places:
        total += np.uint64(links[place])
    return total


def _floor(bytes_: int) -> Figures:
    """Nanoseconds of a random access to memory of this size: each waiting for the last, and each on its own."""
    rng = np.random.default_rng(1)
    order = rng.permutation(bytes_ // 4).astype(np.uint32)
    links = np.empty_like(order)
    links[order[:-1]] = order[1:]
    links[order[-1]] = order[0]
    places = rng.integers(0, order.size, STEPS).astype(np.uint32)
    _chase(links, 1), _gather(links, places[:1])
    chased = min(timed(partial(_chase, links, STEPS // 4)) for _ in range(3)) / (STEPS // 4)
    gathered = min(timed(partial(_gather, links, places)) for _ in range(3)) / STEPS
    return {"dependent": 1e9 * chased, "independent": 1e9 * gathered}


def _walks(name: str, label: str) -> Figures:
    graph = loaded(GRAPHS[name]())
    model = MODELS[label]
    prepared = model.prepare(graph)
    mean = sample(graph, model, 500, threads=1).entries.size / 500
    count = max(100, int(VISITS / mean))
    found: dict[str, list[float]] = {"plain": [], "interleaved": []}
    for turn in range(6):
        for kind, times in found.items():
            sampler = Sampler(prepared, rng_seed=turn, threads=1, interleaved=kind == "interleaved")
            sampler.parts(0, 0, 10)
            start = time.thread_time()
            entries = sampler.parts(0, 0, count)[0][0].size
            times.append((time.thread_time() - start) / entries)
    walks = {kind: 1e9 * statistics.median(times) for kind, times in found.items()}
    return {**walks, **_floor(graph.in_records.nbytes + graph.in_neighbours.nbytes), "mean": mean}


def _rows(name: str, label: str, found: Figures) -> list[Row]:
    title = f"{name}, {label}"
    three = 3 * found["independent"]
    return [
        Row(
            f"{title}: plain",
            found["plain"],
            "ns per visited node",
            "three dependent accesses",
            found["plain"] / found["dependent"] / 3,
        ),
        Row(
            f"{title}: interleaved",
            found["interleaved"],
            "ns per visited node",
            "plain",
            found["interleaved"] / found["plain"],
        ),
        Row(f"{title}: three independent accesses", three, "ns", "interleaved", three / found["interleaved"]),
        Row(f"{title}: one dependent access", found["dependent"], "ns"),
        Row(f"{title}: mean set", found["mean"], "nodes"),
    ]


CASES = [
    Case(f"{name} {label}", partial(_walks, name, label), partial(_rows, name, label), repeats=1)
    for name in GRAPHS
    for label in MODELS
]

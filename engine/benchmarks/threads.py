"""What a second thread brings: the same work on one and on two, in turn."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from waggledance import circles, models, simulate
from waggledance._pools import Sampler
from waggledance.planted import planted_overlap

from .cases import Case, Figures, Skipped
from .graphs import loaded, synthetic
from .report import Row

TITLE = "Threads: two beside one, pairs in turn, wall clock"

PAIRS = 11
Act = Callable[[int], object]  # of a number of threads


def _sampling() -> Act:
    prepared = models.WeightedCascade().prepare(loaded(synthetic(1_000_000, 16_200_000)))
    samplers = {threads: Sampler(prepared, rng_seed=1, threads=threads) for threads in (1, 2)}
    return lambda threads: samplers[threads].parts(0, 0, 60_000)


def _simulating(model: models.Model, runs: int) -> Act:
    graph = loaded(synthetic(1_000_000, 16_200_000))
    seeds = np.argsort(-graph.out_degrees.astype(np.int64), kind="stable")[:50]
    return lambda threads: simulate(graph, seeds, model, runs=runs, threads=threads)


def _circling() -> Act:
    graph = planted_overlap(60_000).graph
    return lambda threads: circles(graph, threads=threads)


WORK: dict[str, Callable[[], Act]] = {
    "sets, WC, 1 M / 16 M": _sampling,
    "simulation, WC, 1 M / 16 M": partial(_simulating, models.WeightedCascade(), 24),
    "simulation, LT, 1 M / 16 M": partial(_simulating, models.LinearThreshold(), 4),
    "circles, 60 k planted": _circling,
}


def _pairs(name: str) -> Figures:
    if (os.cpu_count() or 1) < 2:
        raise Skipped("there is one core only")
    act = WORK[name]()
    walls: dict[int, list[float]] = {1: [], 2: []}
    costs: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(PAIRS + 1):
        for threads in (1, 2) if turn % 2 else (2, 1):
            begun, spent = time.perf_counter(), time.process_time()
            act(threads)
            if turn:  # the first loads code and makes scratch memory
                walls[threads].append(time.perf_counter() - begun)
                costs[threads].append(time.process_time() - spent)
    return {
        "gain": statistics.median(one / two for one, two in zip(walls[1], walls[2], strict=True)),
        "best": min(walls[1]) / min(walls[2]),
        "cost": statistics.median(two / one for one, two in zip(costs[1], costs[2], strict=True)),
        "load": os.getloadavg()[0],
    }


def _rows(name: str, found: Figures) -> list[Row]:
    return [
        Row(f"{name}: two threads", found["gain"], f"× as fast as one, median of {PAIRS} pairs"),
        Row(f"{name}: the best of each", found["best"], "× as fast as one"),
        Row(f"{name}: CPU time of two", found["cost"], "× that of one"),
        Row(f"{name}: processes that wanted the cores meanwhile", found["load"], "load average"),
    ]


CASES = [Case(name, partial(_pairs, name), partial(_rows, name), repeats=1) for name in WORK]

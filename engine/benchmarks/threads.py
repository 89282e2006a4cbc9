"""What a second thread brings."""

from __future__ import annotations

import os
import statistics
import time
from functools import partial

import numpy as np

from waggledance import models, simulate

from .cases import Case, Figures, Skipped, timed
from .graphs import loaded, synthetic
from .report import Row

TITLE = "Threads: simulation on one and on two, 1 M nodes / 16 M arcs"

MODELS = {"WC": (models.WeightedCascade(), 24), "LT": (models.LinearThreshold(), 4)}


def _scaling(label: str) -> Figures:
    if (os.cpu_count() or 1) < 2:
        raise Skipped("there is one core only")
    graph = loaded(synthetic(1_000_000, 16_200_000))
    seeds = np.argsort(-graph.out_degrees.astype(np.int64), kind="stable")[:50]
    walls: dict[int, list[float]] = {1: [], 2: []}
    costs: dict[int, list[float]] = {1: [], 2: []}
    model, runs = MODELS[label]
    simulate(graph, seeds, model, runs=2, threads=2)
    for _ in range(5):
        for threads in (1, 2):
            start = time.perf_counter()
            costs[threads].append(timed(partial(simulate, graph, seeds, model, runs=runs, threads=threads)))
            walls[threads].append(time.perf_counter() - start)
    wall = {threads: min(times) for threads, times in walls.items()}
    cost = {threads: statistics.median(times) for threads, times in costs.items()}
    return {"one": wall[1], "two": wall[2], "cost": cost[2] / cost[1], "load": os.getloadavg()[0]}


def _rows(label: str, found: Figures) -> list[Row]:
    return [
        Row(f"{label}: one thread", found["one"], "s, wall clock, best of 5"),
        Row(f"{label}: two threads", found["two"], "s, wall clock, best of 5", "one", found["two"] / found["one"]),
        Row(f"{label}: CPU time of two threads", found["cost"], "× that of one"),
        Row(f"{label}: processes waiting for the cores meanwhile", found["load"], "load average"),
    ]


CASES = [Case(label, partial(_scaling, label), partial(_rows, label), repeats=3) for label in MODELS]

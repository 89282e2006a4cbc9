"""Seeds: `maximize` beside the published method in the same language, one thread, graph in memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import mean
from typing import Any

from waggledance import Graph, maximize, models, simulate

from . import reference
from .cases import Case, Figures, alternately
from .graphs import loaded, real, synthetic
from .report import Row

TITLE = "Seeds: guarantee 1 − 1/e − 0.1 at 1 − 1/n, beside the published method (OPIM-C, subset sampling) in numba"

SMALL: dict[str, Callable[[], Graph]] = {
    "lastfm": partial(real, "lastfm"),
    "facebook pages": partial(real, "facebook pages"),
    "Chung-Lu 76 k / 0.8 M": partial(synthetic, 75_877, 860_000),
}
LARGE: dict[str, Callable[[], Graph]] = {
    "Chung-Lu 1 M / 16 M": partial(synthetic, 1_000_000, 16_200_000),
    "Chung-Lu 10 M / 100 M": partial(synthetic, 10_000_000, 101_000_000),
}
FINDINGS = {True: 8, False: 2}  # seeds of the random numbers over which spreads are averaged, small and large
MODELS = {"WC": models.WeightedCascade(), "p = 0.01": models.Uniform(0.01), "LT": models.LinearThreshold()}
QUESTIONS = [
    *((graph, "WC", k) for graph in (*SMALL, *LARGE) for k in (50, 1000)),
    *((graph, "WC", 10_000) for graph in ("facebook pages", *LARGE)),
    *((graph, label, 50) for graph in (*SMALL, "Chung-Lu 1 M / 16 M") for label in ("p = 0.01", "LT")),
]
HUGE = 50_000_000  # arcs from which spreads are not simulated and one seed of the random numbers has to do
RUNS = {True: 300, False: 2}  # cascades that measure the seeds found, on small and on large graphs


def _measure(name: str, label: str, k: int) -> Figures:
    small = name in SMALL
    graph = {**SMALL, **LARGE}[name]()
    model = MODELS[label]
    peak = maximize(graph, k, model, threads=1).peak_bytes  # in a fresh process, on the mapped file
    graph = loaded(graph)
    _ = graph.out_degrees, graph.in_offsets  # counted as loading
    for threads in (1, 2):
        maximize(graph, 2, model, eps=0.5, threads=threads)
    reference.choose(graph, 2, model, 0.5)
    found = alternately(
        {
            "ours": partial(maximize, graph, k, model, rng_seed=1, threads=1),
            "theirs": partial(reference.choose, graph, k, model, 0.1),
        },
        rounds=5 if small else 3,
    )
    numbers = range(1, (FINDINGS[small] if graph.m < HUGE else 1) + 1)
    ours = [maximize(graph, k, model, rng_seed=seed, threads=1) for seed in numbers]
    theirs = [reference.choose(graph, k, model, 0.1, seed) for seed in numbers]
    figures = {
        **found,
        "wall": min(_wall(partial(maximize, graph, k, model, threads=2)) for _ in range(3)),
        "peak": peak,
        "graph": graph.in_records.nbytes + graph.in_neighbours.nbytes,
        "sets": mean(one.sets for one in ours),
        "their sets": mean(one[1] for one in theirs),
        "ratio": mean(one.ratio for one in ours),
        "their ratio": mean(one[2] for one in theirs),
    }
    if graph.m >= HUGE:
        return figures

    def reach(seeds: Any) -> float:
        """Mean spread in fresh cascades, independent of the sets."""
        return float(simulate(graph, seeds, model, runs=RUNS[small], rng_seed=7).sizes.mean())

    reached = {"reach": mean(reach(one.nodes) for one in ours), "their reach": mean(reach(one[0]) for one in theirs)}
    return {**figures, **reached}


def _wall(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _rows(name: str, label: str, k: int, found: Figures) -> list[Row]:
    title = f"{name}, {label}, k = {k:,}"
    rows = [
        Row(title, found["ours"], "CPU s", "published method", found["ours"] / found["theirs"]),
        Row(f"{title}: sets sampled", found["sets"], "sets", "published method", found["sets"] / found["their sets"]),
        Row(
            f"{title}: ratio reached",
            found["ratio"],
            "of the best, at least",
            "published method",
            found["ratio"] / found["their ratio"],
        ),
        Row(f"{title}: wall clock, two threads, best of 3", found["wall"], "s"),
        Row(f"{title}: peak memory", found["peak"] / 2**20, "MiB", "graph alone", found["peak"] / found["graph"]),
    ]
    if "reach" in found:
        gain = found["reach"] / found["their reach"]
        rows.append(Row(f"{title}: spread, simulated", found["reach"], "nodes", "published method", gain))
    return rows


CASES = [
    Case(f"{name} {label} {k}", partial(_measure, name, label, k), partial(_rows, name, label, k), repeats=1)
    for name, label, k in QUESTIONS
]

"""Circles and communities on planted graphs: time, memory, and how much of what was planted is found."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waggledance import Circles, Graph, LiveTies, circles, circles_of, partition
from waggledance.planted import best_match_f1, planted_overlap
from waggledance.reading import read_edges

from .cases import Case, Figures, Skipped, timed
from .graphs import loaded
from .report import FOLDER, Row

TITLE = "Circles and communities, planted: 2.2 circles of 4 to 60 each, 10 % accidental ties, two threads"

Truth = tuple[NDArray[np.int64], NDArray[np.uint32]]
Plan = Callable[[], tuple[Graph, Truth]]
APART = "1 M, one circle of 20 to 100 each, 30 % accidental"
LFR = "1 M, LFR, μ = 0.3"
WIDER = "1 M, LFR, μ = 0.3, communities of 50 to 500"
ALONE = {"memberships": 1.0, "sizes": (20, 100), "exponent": 1.0, "density": 0.26, "accidental": 0.3}


def _planted(n: int, visible: float = 1.0, alone: bool = False) -> tuple[Graph, Truth]:
    """A planted graph and its truth, made once and kept."""
    stem = FOLDER / "graphs" / f"planted-{n}-{visible}{'-alone' if alone else ''}"
    file, truth = stem.with_name(stem.name + ".waggle"), stem.with_name(stem.name + ".npz")
    if not truth.exists():
        stem.parent.mkdir(parents=True, exist_ok=True)
        plan = planted_overlap(n, visible=visible, **(ALONE if alone else {}))  # type: ignore[arg-type]
        plan.graph.save(file)
        np.savez(truth, offsets=plan.offsets, members=plan.members)
    kept = np.load(truth)
    return loaded(Graph.open(file)), (kept["offsets"], kept["members"])


def _lfr(n: int, sizes: tuple[int, int] = (20, 100)) -> tuple[Graph, Truth]:
    """A Lancichinetti-Fortunato-Radicchi graph by networkit: 19 ties each, a power law up to 100, μ = 0.3."""
    stem = FOLDER / "graphs" / (f"lfr-{n}" if sizes == (20, 100) else f"lfr-{n}-{sizes[0]}-{sizes[1]}")
    file, truth, listed = (stem.with_name(stem.name + end) for end in (".waggle", ".npz", ".txt"))
    if not truth.exists():
        networkit = _networkit()
        stem.parent.mkdir(parents=True, exist_ok=True)
        networkit.setSeed(1, False)
        plan = networkit.generators.LFRGenerator(n)
        plan.generatePowerlawDegreeSequence(19, 100, -2)
        plan.generatePowerlawCommunitySizeSequence(*sizes, -1)
        plan.setMu(0.3)
        networkit.writeGraph(plan.generate(), str(listed), networkit.Format.EdgeListTabZero)
        edges = read_edges(listed)
        Graph.from_edges(edges.sources, edges.targets, n=n, undirected=True).save(file)
        listed.unlink()
        labels = np.asarray(plan.getPartition().getVector(), np.int64)
        offsets = np.concatenate([[0], np.cumsum(np.bincount(labels))])
        np.savez(truth, offsets=offsets, members=np.argsort(labels, kind="stable").astype(np.uint32))
    kept = np.load(truth)
    return loaded(Graph.open(file)), (kept["offsets"], kept["members"])


def _networkit() -> Any:
    try:
        import networkit
    except ImportError:
        raise Skipped("networkit is not installed (the bench extra)") from None
    return networkit


def _ready() -> None:
    """Compiled code loaded from its cache before anything is measured."""
    small = planted_overlap(200).graph
    circles(small, threads=2)
    circles_of(small, 0)


def _make(plan: Plan) -> Figures:
    """Make the graph in a process of its own, so that its memory is not counted with what is measured."""
    graph, _ = plan()
    return {"ties": graph.m / 2}


def _ties_row(name: str, found: Figures) -> list[Row]:
    return [Row(f"{name}: ties", found["ties"], "")]


def _circles(n: int) -> Figures:
    graph, truth = _planted(n)
    _ready()
    found: list[Circles] = []
    begun, own = time.perf_counter(), time.thread_time()
    seconds = timed(lambda: found.append(circles(graph, threads=2)))
    wall, own, peak = time.perf_counter() - begun, time.thread_time() - own, _peak()
    reckoned = own + (seconds - own) / 2  # with two cores to itself: the serial part, and half of the threads' work
    score = best_match_f1((found[0].offsets, found[0].members), truth, n)
    figures = {"seconds": seconds, "wall": wall, "load": os.getloadavg()[0], "reckoned": reckoned}
    return {**figures, "peak_bytes": peak, "f1": score}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def _circles_rows(name: str, found: Figures) -> list[Row]:
    return [
        Row(f"{name}: circles", found["seconds"], "CPU s"),
        Row(f"{name}: circles, wall clock", found["wall"], "s"),
        Row(
            f"{name}: circles, two cores to itself", found["reckoned"], "s: the serial part's CPU, half the threads'"
        ),
        Row(f"{name}: processes that wanted the cores meanwhile", found["load"], "load average"),
        Row(f"{name}: peak memory, graph included", found["peak_bytes"] / 1e9, "GB"),
        Row(f"{name}: F1 with what was planted", found["f1"], "0 to 1"),
    ]


def _leiden(plan: Plan, n: int, apart: bool, objective: str = "modularity") -> Figures:
    graph, truth = plan()
    _networkit()
    found = [partition(planted_overlap(200).graph, objective=objective, threads=2)]
    begun = time.perf_counter()
    seconds = timed(lambda: found.append(partition(graph, objective=objective, threads=2)))
    wall, peak = time.perf_counter() - begun, _peak()
    figures = {"seconds": seconds, "wall": wall, "peak_bytes": peak, "modularity": found[1].modularity}
    if apart:
        return {**figures, "score": mutual_information(found[1].labels, _labels(truth, n))}
    return {**figures, "score": best_match_f1((found[1].offsets, found[1].members), truth, n)}


def _as_it_is(plan: Plan, n: int) -> Figures:
    """networkit alone on the same ties: its graph from two columns, its algorithm as it comes, two threads."""
    graph, truth = plan()
    networkit = _networkit()
    networkit.setNumberOfThreads(2)
    once = graph.in_neighbours < graph.in_targets
    ends = graph.in_neighbours[once].astype(np.uint64), graph.in_targets[once].astype(np.uint64)
    found: list[Any] = []

    def find() -> None:
        found.append(networkit.GraphFromCoo(ends, n=n, weighted=False, directed=False))
        found.append(networkit.community.ParallelLeiden(found[0]))
        found[1].run()

    begun = time.perf_counter()
    seconds = timed(find)
    wall = time.perf_counter() - begun
    labels = np.asarray(found[1].getPartition().getVector(), np.int64)
    return {"seconds": seconds, "wall": wall, "score": mutual_information(labels, _labels(truth, n))}


def _as_it_is_rows(name: str, found: Figures) -> list[Row]:
    return [
        Row(f"{name}: networkit called directly", found["seconds"], "CPU s"),
        Row(f"{name}: networkit called directly, wall clock", found["wall"], "s"),
        Row(f"{name}: networkit called directly, mutual information", found["score"], "0 to 1"),
    ]


def _labels(truth: Truth, n: int) -> NDArray[np.int64]:
    """The circle of each member of a truth without overlap; who was dealt none is alone."""
    labels = truth[0].size + np.arange(n)
    labels[truth[1]] = np.repeat(np.arange(truth[0].size - 1), np.diff(truth[0]))
    return labels


def mutual_information(one: NDArray[np.integer], other: NDArray[np.integer]) -> float:
    """Mutual information of two labellings over the mean of their entropies, 0 to 1."""
    first, second = (np.unique(labels, return_inverse=True)[1].astype(np.int64) for labels in (one, other))
    n = first.size
    joint = np.unique(first * (int(second.max()) + 1) + second, return_counts=True)[1] / n
    entropies = [_entropy(np.bincount(labels) / n) for labels in (first, second)]
    mean = sum(entropies) / 2
    return float((sum(entropies) - _entropy(joint)) / mean) if mean else 1.0


def _entropy(shares: NDArray[np.float64]) -> float:
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def _leiden_rows(name: str, score: str, found: Figures, algorithm: str = "ParallelLeiden") -> list[Row]:
    return [
        Row(f"{name}: networkit {algorithm}, conversion included", found["seconds"], "CPU s"),
        Row(f"{name}: {algorithm}, wall clock", found["wall"], "s"),
        Row(f"{name}: {algorithm}'s peak memory", found["peak_bytes"] / 1e9, "GB"),
        Row(f"{name}: {algorithm}'s {score}", found["score"], "0 to 1"),
        Row(f"{name}: {algorithm}'s modularity", found["modularity"], ""),
    ]


def _flow_rows(name: str, found: Figures) -> list[Row]:
    return _leiden_rows(name, "NMI", found, "LouvainMapEquation")


def _one_member(n: int) -> Figures:
    """Microseconds of CPU time of calls from Python, each measured alone: members drawn at random, each once.

    A tie of the member is written first, so his circles are those of a write. His friends' lists are in no cache.
    """
    graph, _ = _planted(n)
    live = LiveTies(graph)
    random = np.random.default_rng(1)
    pairs = random.integers(0, n, (20_000, 2)).tolist()
    live.tie(*pairs[0])
    live.circles_of(pairs[0][0])
    times = np.empty((2, len(pairs)))
    for row, (one, other) in enumerate(pairs):
        if one == other:
            other = (one + 1) % n
        started = time.thread_time_ns()
        live.tie(one, other)
        written = time.thread_time_ns()
        live.circles_of(one)
        times[:, row] = written - started, time.thread_time_ns() - written
    friends = np.array([live.circles_of(one).friends.size for one, _ in pairs])
    return {
        "friends": float(friends.mean()),
        "many": float(np.median(friends[times[1] >= np.quantile(times[1], 0.99)])),
        "write": float(times[0].mean()) / 1e3,
        "mean": float(times[1].mean()) / 1e3,
        "median": float(np.median(times[1])) / 1e3,
        "p99": float(np.quantile(times[1], 0.99)) / 1e3,
    }


def _one_rows(name: str, found: Figures) -> list[Row]:
    return [
        Row(f"{name}: a tie written", found["write"], "µs"),
        Row(f"{name}: one member's own circles, mean", found["mean"], "µs"),
        Row(f"{name}: one member's own circles, median", found["median"], "µs"),
        Row(f"{name}: one member's own circles, 99th hundredth", found["p99"], "µs"),
        Row(f"{name}: friends of a member asked for, mean", found["friends"], "of 20,000 members drawn at random"),
        Row(f"{name}: friends of those in the slowest hundredth, median", found["many"], "friends"),
    ]


def _visible(n: int, share: float, declaring: float) -> Figures:
    graph, truth = _planted(n, share)
    offsets, members = truth
    random = np.random.default_rng(2)
    told = np.flatnonzero(random.random(offsets.size - 1) < declaring)
    declared = [members[offsets[one] : offsets[one + 1]] for one in told]
    found = circles(graph, declared=declared)
    return {"f1": best_match_f1((found.offsets, found.members), truth, n)}


def _visible_rows(share: float, declaring: float, found: Figures) -> list[Row]:
    told = f", {declaring:.0%} of the circles declared" if declaring else ""
    return [Row(f"100 k: F1 when {share:.0%} of the ties are visible{told}", found["f1"], "0 to 1")]


MILLION = partial(_planted, 1_000_000)
SINGLE = partial(_planted, 1_000_000, alone=True)
KNOWN = partial(_lfr, 1_000_000)
LARGER = partial(_lfr, 1_000_000, (50, 500))
CASES = [
    Case("make 1 M", partial(_make, MILLION), partial(_ties_row, "1 M"), 1),
    Case("circles of 1 M", partial(_circles, 1_000_000), partial(_circles_rows, "1 M"), 3),
    Case("1 M leiden", partial(_leiden, MILLION, 1_000_000, False), partial(_leiden_rows, "1 M", "F1"), 3),
    Case("one of 1 M", partial(_one_member, 1_000_000), partial(_one_rows, "1 M")),
    Case("make 5 M", partial(_make, partial(_planted, 5_000_000)), partial(_ties_row, "5 M"), 1),
    Case("circles of 5 M", partial(_circles, 5_000_000), partial(_circles_rows, "5 M"), 1),
    Case("make alone", partial(_make, SINGLE), partial(_ties_row, APART), 1),
    Case("alone leiden", partial(_leiden, SINGLE, 1_000_000, True), partial(_leiden_rows, APART, "NMI"), 3),
    Case("make LFR", partial(_make, KNOWN), partial(_ties_row, LFR), 1),
    Case("LFR leiden", partial(_leiden, KNOWN, 1_000_000, True), partial(_leiden_rows, LFR, "NMI"), 1),
    Case("LFR direct", partial(_as_it_is, KNOWN, 1_000_000), partial(_as_it_is_rows, LFR), 1),
    Case("make wider LFR", partial(_make, LARGER), partial(_ties_row, WIDER), 1),
    Case("wider LFR leiden", partial(_leiden, LARGER, 1_000_000, True), partial(_leiden_rows, WIDER, "NMI"), 1),
    Case("wider LFR direct", partial(_as_it_is, LARGER, 1_000_000), partial(_as_it_is_rows, WIDER), 1),
    Case("LFR flow", partial(_leiden, KNOWN, 1_000_000, True, "flow"), partial(_flow_rows, LFR), 1),
    Case("wider LFR flow", partial(_leiden, LARGER, 1_000_000, True, "flow"), partial(_flow_rows, WIDER), 1),
    *(
        Case(f"see {share} {told}", partial(_visible, 100_000, share, told), partial(_visible_rows, share, told), 1)
        for share, told in ((1.0, 0.0), (0.9, 0.0), (0.7, 0.0), (0.5, 0.0), (0.7, 0.3), (0.5, 0.3))
    ),
]  # fmt: skip

"""50 M nodes and 1 G arcs, asked for by name (`python -m benchmarks billion`): minutes, and 30 GB of disk."""

from __future__ import annotations

import resource
import time

from waggledance import Seeds, maximize, models
from waggledance.external import build_file
from waggledance.synthetic import chung_lu, chung_lu_chunks

from .cases import Case, Figures, timed
from .graphs import synthetic
from .report import FOLDER, Row

TITLE = "A billion arcs: 50 M nodes / 1 G arcs"

NODES, ARCS = 50_000_000, 1_020_000_000


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _build() -> Figures:
    path = FOLDER / "graphs" / f"chung-lu-{NODES}-{ARCS}.waggle"
    path.parent.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    seconds = timed(lambda: build_file(chung_lu_chunks(NODES, ARCS), path, n=NODES, memory=2 << 30))
    return {
        "seconds": seconds,
        "minutes": (time.perf_counter() - start) / 60,
        "peak": _peak(),
        "arcs": synthetic(NODES, ARCS).m,
        "bytes": path.stat().st_size,
    }


def _build_rows(found: Figures) -> list[Row]:
    return [
        Row("arcs kept", found["arcs"] / 1e9, "G"),
        Row("drawing, sorting and writing them, 2 GiB granted", found["seconds"], "CPU s"),
        Row("the same, on a shared machine", found["minutes"], "minutes"),
        Row("peak memory of the build", found["peak"] / 2**30, "GiB"),
        Row("file", found["bytes"] / 2**30, "GiB"),
    ]


def _open() -> Figures:
    opened: list[object] = []
    seconds = timed(lambda: opened.append(synthetic(NODES, ARCS)))
    return {"seconds": seconds, "peak": _peak()}


def _open_rows(found: Figures) -> list[Row]:
    return [Row("opening the file", found["seconds"] * 1e3, "CPU ms")]


def _seeds() -> Figures:
    """Fifty seeds on the mapped file: the first look reads it from disk."""
    model = models.WeightedCascade()
    maximize(chung_lu(1_000, 8_000), 2, model)  # loads the compiled code
    graph = synthetic(NODES, ARCS)
    begun = time.perf_counter()
    degrees = timed(lambda: graph.out_degrees)
    answer: list[Seeds] = []
    seconds = timed(lambda: answer.append(maximize(graph, 50, model)))
    return {
        "degrees": degrees,
        "seconds": seconds,
        "minutes": (time.perf_counter() - begun) / 60,
        "peak": _peak(),
        "sets": answer[0].sets,
        "ratio": answer[0].ratio,
        "share": answer[0].spread / graph.n,
    }


def _seeds_rows(found: Figures) -> list[Row]:
    return [
        Row("counting out-arcs, once per graph", found["degrees"], "CPU s"),
        Row("50 seeds, WC, ε = 0.1", found["seconds"], "CPU s"),
        Row("50 seeds and counting, on a shared machine: minutes", found["minutes"], "minutes"),
        Row("50 seeds: peak memory, mapped pages of the file included", found["peak"] / 2**30, "GiB"),
        Row("sets sampled", found["sets"], "sets"),
        Row("ratio reached", found["ratio"], "of the best, at least"),
        Row("reached by the 50 seeds", found["share"], "of all nodes"),
    ]


CASES = [
    Case("build", _build, _build_rows, 1),
    Case("open", _open, _open_rows, 1),
    Case("seeds", _seeds, _seeds_rows, 1),
]

"""What graphs cost to build: seconds and memory."""

from __future__ import annotations

import resource
from functools import partial

from waggledance import Graph
from waggledance.external import build_file
from waggledance.synthetic import chung_lu_chunks

from .cases import Case, Figures, timed
from .report import FOLDER, Row

TITLE = "Building: arcs in memory, and arcs sorted on disk"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _in_memory(n: int, arcs: int) -> Figures:
    Graph.from_edges([0], [1])
    sources, targets, _ = next(iter(chung_lu_chunks(n, arcs, chunk=arcs)))
    before = _peak()
    kept: list[Graph] = []
    seconds = timed(lambda: kept.append(Graph.from_edges(sources, targets, n=n)))
    return {"seconds": seconds, "before": before, "peak": _peak(), "arcs": kept[0].m}


def _on_disk(n: int, arcs: int, memory: int) -> Figures:
    path = FOLDER / "graphs" / "built.waggle"
    path.parent.mkdir(parents=True, exist_ok=True)
    build_file(chung_lu_chunks(100, 1000), path, n=100)
    drawn = timed(lambda: [None for _ in chung_lu_chunks(n, arcs)])
    seconds = timed(lambda: build_file(chung_lu_chunks(n, arcs), path, n=n, memory=memory))
    path.unlink()
    return {"seconds": seconds - drawn, "peak": _peak()}


def _memory_rows(label: str, found: Figures) -> list[Row]:
    return [
        Row(f"{label}, in memory", found["seconds"], "CPU s"),
        Row(f"{label}, in memory: arcs kept", found["arcs"] / 1e6, "M"),
        Row(f"{label}, in memory: peak, columns included", found["peak"] / 2**20, "MiB"),
    ]


def _disk_rows(label: str, found: Figures) -> list[Row]:
    return [
        Row(f"{label}, on disk, 256 MiB granted", found["seconds"], "CPU s"),
        Row(f"{label}, on disk, 256 MiB granted: peak", found["peak"] / 2**20, "MiB"),
    ]


SIZES = {"1 M nodes / 16 M arcs": (1_000_000, 16_200_000), "10 M nodes / 100 M arcs": (10_000_000, 102_000_000)}
CASES = []
for _label, (_n, _arcs) in SIZES.items():
    _repeats = 5 if _n < 10_000_000 else 1
    CASES.append(Case(f"memory {_n}", partial(_in_memory, _n, _arcs), partial(_memory_rows, _label), _repeats))
    CASES.append(Case(f"disk {_n}", partial(_on_disk, _n, _arcs, 256 << 20), partial(_disk_rows, _label), _repeats))

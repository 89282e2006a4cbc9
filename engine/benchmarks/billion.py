"""50 M nodes and 1 G arcs, asked for by name (`python -m benchmarks billion`): minutes, and 30 GB of disk."""

from __future__ import annotations

import resource
import time

from waggledance.external import build_file
from waggledance.synthetic import chung_lu_chunks

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
    drawn = timed(lambda: [None for _ in chung_lu_chunks(NODES, 1 << 24)]) * ARCS / (1 << 24)
    start = time.perf_counter()
    seconds = timed(lambda: build_file(chung_lu_chunks(NODES, ARCS), path, n=NODES, memory=2 << 30))
    return {
        "seconds": seconds - drawn,
        "drawn": drawn,
        "minutes": (time.perf_counter() - start) / 60,
        "peak": _peak(),
        "arcs": synthetic(NODES, ARCS).m,
        "bytes": path.stat().st_size,
    }


def _build_rows(found: Figures) -> list[Row]:
    return [
        Row("arcs kept", found["arcs"] / 1e9, "G"),
        Row("sorting and writing, 2 GiB granted", found["seconds"], "CPU s"),
        Row("drawing the arcs", found["drawn"], "CPU s"),
        Row("both, on a shared machine", found["minutes"], "minutes"),
        Row("peak memory of the build", found["peak"] / 2**30, "GiB"),
        Row("file", found["bytes"] / 2**30, "GiB"),
    ]


def _open() -> Figures:
    opened: list[object] = []
    seconds = timed(lambda: opened.append(synthetic(NODES, ARCS)))
    return {"seconds": seconds, "peak": _peak()}


def _open_rows(found: Figures) -> list[Row]:
    return [Row("opening the file", found["seconds"] * 1e3, "CPU ms")]


CASES = [Case("build", _build, _build_rows, 1), Case("open", _open, _open_rows, 1)]

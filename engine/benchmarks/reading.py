"""How fast files are read."""

from __future__ import annotations

import gzip
import os
import shutil
from functools import partial
from pathlib import Path

import numpy as np

from waggledance import Graph
from waggledance.reading import read_edges

from .cases import Case, Figures, Skipped, timed
from .graphs import synthetic
from .report import FOLDER, Row

TITLE = "Reading: 5 M arcs between 1 M nodes"

ROWS = 5_000_000


def _columns() -> tuple[np.ndarray, np.ndarray]:
    graph = synthetic(1_000_000, 16_200_000)
    chosen = np.random.default_rng(1).integers(0, graph.m, ROWS)
    return graph.in_neighbours[chosen], graph.in_targets[chosen]


def _file(kind: str) -> Path:
    """The same arcs in each form, written once."""
    path = FOLDER / "graphs" / f"arcs.{kind}"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "txt.gz":
        with open(_file("txt"), "rb") as plain, gzip.open(path, "wb", 6) as packed:
            shutil.copyfileobj(plain, packed)
        return path
    try:
        import polars
    except ImportError:
        raise Skipped("polars is not installed (the tables extra)") from None
    sources, targets = _columns()
    if kind == "csv":  # ids that are words, a tenth of the rows
        table = polars.DataFrame({"from": sources[: ROWS // 10], "to": targets[: ROWS // 10]})
        table.select(polars.format("m{}", polars.all())).write_csv(path)
        return path
    table = polars.DataFrame({"from": sources, "to": targets})
    if kind == "parquet":
        table.write_parquet(path)
    else:
        table.write_csv(path, separator="\t", include_header=False)
    return path


def _read(kind: str) -> Figures:
    path = _file(kind)
    read_edges(path)
    edges = read_edges(path)
    seconds = timed(lambda: read_edges(path))
    Graph.from_edges(edges)
    return {
        "rows": edges.sources.size / seconds / 1e6,
        "bytes": os.path.getsize(path) / seconds / 1e6,
        "build": timed(lambda: Graph.from_edges(edges)),
    }


def _rows(kind: str, label: str, found: Figures) -> list[Row]:
    return [
        Row(f"{label}", found["rows"], "M rows / CPU s"),
        Row(f"{label}", found["bytes"], "MB of file / CPU s"),
        Row(f"{label}: from columns to graph", found["build"], "CPU s"),
    ]


FORMS = {
    "txt": "tab-separated numbers",
    "txt.gz": "the same, gzip",
    "parquet": "the same, Parquet",
    "csv": "CSV of words, 0.5 M rows",
}
CASES = [Case(kind, partial(_read, kind), partial(_rows, kind, label)) for kind, label in FORMS.items()]

"""The graphs that are measured on: real ones where there are, and synthetic ones kept between cases."""

from __future__ import annotations

import os
from pathlib import Path

from waggledance import Graph
from waggledance.external import build_file
from waggledance.synthetic import chung_lu, chung_lu_chunks

from .cases import Skipped
from .report import ENGINE, FOLDER

REAL = {
    "lastfm": "open/karateclub_social/lastfm/edges.csv",
    "facebook pages": "open/musae/edges/facebook_edges.csv",
    "twitch FR": "open/musae/edges/FR_edges.csv",
}


def real(name: str) -> Graph:
    """A real network, its ties taken in both directions."""
    folder = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ENGINE.parents[1] / "shared" / "data"))
    file = folder / REAL[name]
    if not file.exists():
        raise Skipped(f"no sample data in {folder} (set ESSAIM_SAMPLE_DATA)")
    return Graph.from_edges(file).undirected()


def synthetic(n: int, arcs: int) -> Graph:
    """A Chung-Lu graph, exponent 2.3, of about so many arcs; made once and mapped into memory afterwards."""
    file = FOLDER / "graphs" / f"chung-lu-{n}-{arcs}.waggle"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        if arcs <= 20_000_000:
            chung_lu(n, arcs).save(file)
        else:
            build_file(chung_lu_chunks(n, arcs), file, n=n)
    return Graph.open(file)


def loaded(graph: Graph) -> Graph:
    """The same graph in memory of its own, so that no page is read from disk while it is measured."""
    weights = None if graph.in_weights is None else graph.in_weights.copy()
    return Graph(graph.in_records.copy(), graph.in_neighbours.copy(), weights, graph.names)

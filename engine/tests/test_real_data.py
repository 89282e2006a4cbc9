"""On real networks, where they are to be had: what must hold whatever the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from waggledance import ActionLog, Graph, circles, forecast, learn_em, partition

pytestmark = pytest.mark.large


def ties_of(path: Path) -> Graph:
    ends = np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.int64)
    return Graph.from_edges(ends[:, 0], ends[:, 1], undirected=True)


def test_people_of_a_circle_are_of_one_country(sample_data: Path) -> None:
    folder = sample_data / "open" / "karateclub_social" / "lastfm"
    graph = ties_of(folder / "edges.csv")
    country = np.loadtxt(folder / "target.csv", delimiter=",", skiprows=1, dtype=np.int64)[:, 1]
    found = circles(graph)
    alike = [
        np.bincount(country[found.members[a:b]]).max() / (b - a)
        for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)
    ]
    assert np.mean(alike) > 0.8
    assert partition(graph, threads=1).modularity > 0.8


@pytest.mark.parametrize("name", ["FR", "ENGB", "facebook"])
def test_no_circle_swallows_a_dense_network(sample_data: Path, name: str) -> None:
    graph = ties_of(sample_data / "open" / "musae" / "edges" / f"{name}_edges.csv")
    found = circles(graph)
    assert len(found) > 500
    assert found.sizes.max() < 450


def test_what_is_learnt_forecasts_sizes_without_bias(sample_data: Path) -> None:
    folder = sample_data / "open" / "infvae_cascades" / "christianity"
    arcs = np.loadtxt(folder / "graph.txt", skiprows=1, dtype=np.int64)
    graph = Graph.from_edges(arcs[:, 1], arcs[:, 0], n=2_897)
    logs = []
    for part in ("train", "test"):
        rows = []
        for number, line in enumerate((folder / f"{part}.txt").read_text().splitlines()):
            fields = line.split()
            rows += [(number, int(fields[0]), 0.0)]
            rows += [(number, int(a), float(b)) for a, b in zip(fields[1::2], fields[2::2], strict=True)]
        logs.append(ActionLog.from_rows(graph, *zip(*rows, strict=True)))
    window = 90 * 86_400.0
    learnt = learn_em(logs[0], window=window)
    found = forecast(logs[1], learnt.weighted, window=window).compare(float(logs[0].sizes.mean()))
    assert abs(found.scores[0].bias) < 0.1 * found.measured
    assert found.scores[0].mae < found.scores[-1].mae

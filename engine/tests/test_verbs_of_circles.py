"""The verbs communities, circles, learn and compare, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from waggledance import ActionLog, Graph, errors, forecast, learn_em, models, read_actions, simulate
from waggledance.cli import main
from waggledance.forecasting import beginners
from waggledance.log_reading import as_ids_of


@pytest.fixture
def edges(tmp_path: Path) -> str:
    path = tmp_path / "friends.csv"
    path.write_text("source,target\nann,bob\nann,cid\nbob,cid\nann,dee\nann,eve\ndee,eve\n")
    return str(path)


def log_of(graph: Graph, cascades: int, rng_seed: int) -> list[tuple[int, int, int]]:
    """Rows of simulated cascades, one generation per unit of time, cascade c at time 100 c."""
    random = np.random.default_rng(rng_seed)
    p = graph.in_weights
    rows = []
    offsets = graph.in_offsets.astype(int)
    for cascade in range(cascades):
        active, fresh, time = {int(random.integers(graph.n))}, set(), 100 * cascade
        rows += [(cascade, node, time) for node in active]
        fresh = set(active)
        while fresh:
            time += 1
            told = {
                node
                for node in range(graph.n)
                for arc in range(offsets[node], offsets[node + 1])
                if node not in active and int(graph.in_neighbours[arc]) in fresh and random.random() < p[arc]
            }
            rows += [(cascade, node, time) for node in sorted(told)]
            active |= told
            fresh = told
    return rows


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["result"]


def test_communities_are_told_and_kept(edges: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = str(tmp_path / "c.parquet")
    told = answer(capsys, "communities", edges, "--undirected", "--threads", "1", "-o", kept)
    assert sorted(len(one["members"]) for one in told["communities"]) == [2, 3]
    assert pl.read_parquet(kept).height == 5


def test_circles_of_all_and_of_one(edges: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = str(tmp_path / "c.parquet")
    told = answer(capsys, "circles", edges, "--undirected", "-o", kept)
    assert [one["members"] for one in told["circles"]] == [["ann", "bob", "cid"], ["ann", "dee", "eve"]]
    assert pl.read_parquet(kept)["member"].to_list() == ["ann", "bob", "cid", "ann", "dee", "eve"]
    own = answer(capsys, "circles", edges, "--undirected", "--node", "ann")
    assert [one["friends"] for one in own["circles"]] == [["bob", "cid"], ["dee", "eve"]]
    assert main(["circles", edges, "--node", "zoe"]) == 2
    assert "no node is called 'zoe'" in capsys.readouterr().err


def test_learn_then_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(3)
    graph = Graph.from_edges(random.integers(0, 40, 160), random.integers(0, 40, 160), random.random(160) / 2, n=40)
    graph = Graph(graph.in_records, graph.in_neighbours, np.minimum(graph.in_weights, 0.5))
    edges, log = tmp_path / "edges.csv", tmp_path / "log.csv"
    edges.write_text("".join(f"{a},{b}\n" for a, b in zip(graph.in_neighbours, graph.in_targets, strict=True)))
    rows = log_of(graph, 300, 4)
    log.write_text("cascade,node,time\n" + "".join(f"{c},{v},{t}\n" for c, v, t in rows))
    kept = str(tmp_path / "p.parquet")
    told = answer(capsys, "learn", str(edges), str(log), "--window", "1", "-o", kept)
    assert told["method"] == "EM"
    learnt = pl.read_parquet(kept)
    assert learnt.height == graph.m
    answer(capsys, "learn", str(edges), str(log), "--window", "1", "-o", str(tmp_path / "p.csv"))
    assert pl.read_csv(tmp_path / "p.csv").equals(learnt)
    assert np.abs(learnt["probability"].to_numpy() - graph.in_weights).mean() < 0.12
    told = answer(capsys, "compare", str(edges), str(log), "--window", "1", "--threads", "1", "--who", "first")
    scores = {one["name"]: one for one in told["scores"]}
    assert list(scores) == ["forecast", "credit", "seeds only", "mean size"]
    assert scores["forecast"]["mae"] < scores["seeds only"]["mae"]
    assert abs(scores["forecast"]["bias"]) < 0.25 * told["measured"]
    assert 0.75 < told["coverage"] <= 1.0


def test_bad_words_are_refused(edges: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.tsv"
    log.write_text("cascade\tnode\ttime\n1\tann\t0\n1\tbob\tsoon\n")
    assert main(["learn", edges, str(log)]) == 2
    assert "line 3: the time is 'soon'" in capsys.readouterr().err
    log.write_text("cascade\tnode\ttime\n1\tann\t0\n")
    assert main(["learn", edges, str(log), "--prior", "many"]) == 2
    assert "--prior is 'many'" in capsys.readouterr().err
    assert main(["learn", edges, str(log), "--method", "counts"]) == 2
    assert "no parents to count" in capsys.readouterr().err


def test_logs_are_read_from_text_and_parquet(tmp_path: Path) -> None:
    graph = Graph.from_edges([0, 1], [1, 2])
    path = tmp_path / "log.parquet"
    pl.DataFrame({"cascade": [1, 1], "node": [0, 1], "time": [0.0, 1.0], "parent": [None, 0]}).write_parquet(path)
    log = read_actions(path, graph)
    assert log.parents is not None
    assert log.parents.tolist() == [2**32 - 1, 0]
    assert as_ids_of(graph, ["0", " 2 ", ""]) == [0, 2, None]
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(errors.TruncatedFile, match="no whole Parquet file"):
        read_actions(path, graph)
    text = tmp_path / "log.csv"
    text.write_text("cascade,node\n1,0\n")
    with pytest.raises(errors.BadRow, match="no column time"):
        read_actions(text, graph)
    text.write_text("cascade,node,time\n1,0\n")
    with pytest.raises(errors.BadRow, match="line 2: there is no time"):
        read_actions(text, graph)
    text.write_text("")
    with pytest.raises(errors.BadRow, match="its first line: empty"):
        read_actions(text, graph)


def test_a_forecast_is_the_simulation_from_the_beginners() -> None:
    graph = Graph.from_edges([0, 1, 2, 3], [1, 2, 3, 4], [0.5, 0.5, 0.5, 0.5])
    log = ActionLog.from_rows(graph, [1, 1, 1, 2], [0, 1, 3, 2], [0.0, 1.0, 2.0, 0.0])
    assert [seeds.tolist() for seeds in beginners(log)] == [[0, 3], [2]]
    assert [seeds.tolist() for seeds in beginners(log, "first")] == [[0], [2]]
    said = forecast(log, graph, runs=50, rng_seed=7, threads=1)
    assert said.predicted[0] == simulate(graph, [0, 3], models.IndependentCascade(), 50, 7).mean
    assert said.seeds.tolist() == [2, 1]
    assert said.to_polars()["measured"].to_list() == [3, 1]
    assert said.compare(2.0).count == 2
    with pytest.raises(errors.BadParameter, match="who is 'all'"):
        beginners(log, "all")
    with pytest.raises(errors.BadParameter, match="2 nodes and the log's 5"):
        forecast(log, Graph.from_edges([0], [1], [0.1]))
    assert learn_em(log).weighted.m == 4

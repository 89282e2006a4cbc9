"""`waggledance seeds` and `waggledance spread`."""

from __future__ import annotations

import json

import pytest

from waggledance import Graph, maximize, models
from waggledance.cli import main

pytestmark = pytest.mark.large


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("source,target\nann,bob\nann,cid\nbob,dan\neve,fay\neve,gil\nhal,ann\n")
    return path


def said(capsys, *words) -> dict:
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_seeds_are_those_of_maximize(file, capsys):
    answer = said(capsys, "seeds", file, "-k", 2, "--model", "ic", "--p", 0.7, "--eps", 0.2, "--rng-seed", 3)
    told = maximize(Graph.from_edges(file), 2, models.Uniform(0.7), eps=0.2, rng_seed=3)
    assert answer["result"]["ids"] == told.ids.tolist()
    assert answer["result"]["ratio"] == told.ratio >= answer["result"]["asked"]
    assert answer["result"]["parameters"]["model"] == {"model": "Uniform", "p": 0.7}
    assert answer["cpu_seconds"] >= 0
    assert answer["peak_bytes"] > 0


def test_seeds_obey_costs_weights_and_lists(file, tmp_path, capsys):
    costs, weights = tmp_path / "costs.csv", tmp_path / "weights.tsv"
    costs.write_text("# id, cost\nhal,9\nann,2\n\n")
    weights.write_text("fay\t5\ngil\t1\n")
    command = ["seeds", file, "--model", "ic", "--p", "1"]
    assert said(capsys, *command, "--budget", 2, "--costs", costs)["result"]["ids"] != ["hal"]
    assert said(capsys, *command, "-k", 1, "--weights", weights)["result"]["ids"] == ["eve"]
    assert said(capsys, *command, "-k", 1, "--excluded", "hal,eve")["result"]["ids"] == ["ann"]
    assert said(capsys, *command, "-k", 1, "--chosen", "hal")["result"]["ids"] == ["eve"]


def test_seeds_are_listed_for_people(file, capsys):
    assert main(["seeds", str(file), "-k", "2", "--model", "ic", "--p", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Seeds(2: 'hal', 'eve'")
    assert lines[1].split() == ["rank", "id", "reach"]
    assert [line.split()[:2] for line in lines[2:]] == [["1", "hal"], ["2", "eve"]]


def test_spread_is_estimated(file, capsys):
    answer = said(capsys, "spread", file, "--seeds", "hal,eve", "--model", "ic", "--p", 1, "--sets", 2000)
    assert answer["result"]["value"] == pytest.approx(8)
    assert main(["spread", str(file), "--seeds", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_a_bad_row_of_costs_is_named(file, tmp_path, capsys):
    costs = tmp_path / "costs.csv"
    costs.write_text("hal,9\nann,two\n")
    assert main(["seeds", str(file), "--budget", "2", "--costs", str(costs)]) == 2
    assert "row 2 is 'ann two': write an id and a number" in capsys.readouterr().err
    assert main(["seeds", str(file), "--budget", "2", "--dask", "tcp://nowhere:1"]) == 2
    assert "leave --budget and --costs out" in capsys.readouterr().err

"""The command line: answers, JSON, refusals on one line."""

from __future__ import annotations

import json

import pytest

from waggledance import Graph
from waggledance.cli import main


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text("from,to\nann,bob\nbob,cid\nann,cid\n")
    return str(path)


def test_info_tells_the_sizes(file, capsys, tmp_path):
    assert main(["info", file, "--save", str(tmp_path / "kept.waggle")]) == 0
    assert "nodes                            3   ids 'ann' … 'cid'" in capsys.readouterr().out
    assert main(["info", str(tmp_path / "kept.waggle"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["command"] == "info"
    assert answer["result"]["arcs"] == 3
    assert answer["result"]["largest_in_degree"] == 2
    assert answer["cpu_seconds"] >= 0
    assert answer["peak_bytes"] > 1e6


def test_info_takes_ties_both_ways(file, capsys):
    assert main(["info", file, "--undirected", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert (result["arcs"], result["reciprocity"]) == (6, 1.0)


def test_simulate_answers_with_its_parameters(file, capsys, tmp_path):
    arguments = ["simulate", file, "--seeds", "ann", "--model", "ic", "--p", "1", "--runs", "20", "--json"]
    assert main(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["result"]["mean"] == 3.0
    assert answer["parameters"]["p"] == 1.0
    assert answer["result"]["model"] == {"model": "Uniform", "p": 1.0}
    seeds = tmp_path / "seeds.txt"
    seeds.write_text("bob\n\n")
    assert main(["simulate", file, "--seeds", f"@{seeds}", "--model", "lt", "--q", "0.5", "--runs", "20"]) == 0
    assert capsys.readouterr().out.startswith("Cascades(1 seeds reach ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["info", "nowhere.csv"], "nowhere.csv: No such file or directory; check the path"),
        (["simulate", "{}", "--seeds", "zoe"], "no node is called 'zoe'"),
        (["simulate", "{}", "--seeds", ","], "there is no seed"),
        (["simulate", "{}", "--seeds", "ann", "--model", "ic"], "no weights to read as probabilities"),
        (["simulate", "{}", "--seeds", "ann", "--p", "0.1"], "--p goes with --model ic, not with wc"),
        (["simulate", "{}", "--seeds", "ann", "--model", "ic", "--p", "2"], "p is 2.0: give a number from 0 to 1"),
        (["info", "{}", "--columns", "from"], "--columns is 'from'"),
        (["info", "{}", "--columns", "from,who"], "no column called 'who'"),
    ],
)
def test_refusals_are_one_line_and_two(file, capsys, arguments, message):
    assert main([one.format(file) for one in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert told.err.count("\n") == 1


def test_numbers_are_ids_of_graphs_of_numbers(tmp_path, capsys):
    path = tmp_path / "g.waggle"
    Graph.from_edges([10, 20], [20, 30]).save(path)
    assert main(["simulate", str(path), "--seeds", "10,20", "--runs", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"]["seeds"] == [10, 20]

"""Ids of any type, refusals that name the row, and graphs kept in files."""

from __future__ import annotations

import datetime
import json
import zlib

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waggledance import Graph, errors, models
from waggledance._layout import start_of, write_record
from waggledance.external import build_file
from waggledance.storing import _HEAD, MARK, load
from waggledance.synthetic import chung_lu, chung_lu_chunks


@pytest.mark.parametrize(
    ("sources", "targets", "names"),
    [
        ([5, 5], [-2, 10**15], [-2, 5, 10**15]),
        (["b", "a"], ["a", "c"], ["a", "b", "c"]),
        ([b"b", b"a"], [b"a", b"c"], [b"a", b"b", b"c"]),
        ([3.0, 4.0], [4.0, 9.0], [3, 4, 9]),
        ([("x", 1), ("y", 2)], [("y", 2), None], [("x", 1), ("y", 2), None]),
        ([1, "1"], ["1", 2], [1, "1", 2]),
        ([2**70, 1], [1, 2], [2**70, 1, 2]),
        (
            np.array(["2026-01-02", "2026-01-01"], "datetime64[D]"),
            np.array(["2026-01-01", "2026-01-03"], "datetime64[D]"),
            [datetime.date(2026, 1, day) for day in (1, 2, 3)],
        ),
    ],
    ids=repr,
)
def test_ids_of_any_type(sources, targets, names):
    if names[-1] is None:
        names = names[:2]
        targets = [targets[0], ("x", 1)]
    graph = Graph.from_edges(sources, targets)
    assert graph.name_of(np.arange(graph.n)).tolist() == names
    assert graph.index_of(graph.name_of([1, 0])).tolist() == [1, 0]
    arcs = {(graph.name_of(s).tolist()[0], graph.name_of(t).tolist()[0]) for s, t in naive.arcs_of(graph)}
    as_names = {(_plain(s), _plain(t)) for s, t in zip(sources, targets, strict=True)}
    assert arcs == as_names


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value


def test_ids_from_zero_are_their_own_indices():
    graph = Graph.from_edges([2, 0], [1, 2])
    assert graph.names is None
    assert graph.index_of(2).tolist() == [2]
    assert Graph.from_edges([3, 0], [1, 3]).names.ids.tolist() == [0, 1, 3]


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(-20, 10**9), st.integers(-20, 20)).filter(lambda row: row[0] != row[1])),
    data=st.data(),
)
def test_order_of_rows_does_not_matter(rows, data):
    if not rows:
        return
    other = data.draw(st.permutations(rows))
    one, two = (Graph.from_edges([s for s, _ in each], [t for _, t in each]) for each in (rows, other))
    assert one.in_neighbours.tolist() == two.in_neighbours.tolist()
    assert one.in_records.tolist() == two.in_records.tolist()
    assert one.name_of(np.arange(one.n)).tolist() == two.name_of(np.arange(one.n)).tolist()


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        (([], []), {}, errors.EmptyGraph, "there is no arc"),
        (([], []), {"n": 0}, errors.EmptyGraph, "n is 0"),
        (([0], [1]), {"n": 2**32}, errors.TooManyNodes, "32 bits wide"),
        (([0, 1], [1]), {}, errors.UnequalColumns, "2 sources and 1 targets"),
        (([0, 1], [1]), {"n": 5}, errors.UnequalColumns, "2 sources and 1 targets"),
        (([0], [1], [1, 2]), {}, errors.UnequalColumns, "2 weights for 1 arcs"),
        (([0, 1], [1, 5]), {"n": 3}, errors.UnknownNode, "row 1 has target 5: with n = 3 ids go from 0 to 2"),
        (([0, -1], [1, 1]), {"n": 3}, errors.UnknownNode, "row 1 has source -1"),
        (([2**32], [1]), {"n": 3}, errors.UnknownNode, "row 0 has source 4294967296"),
        ((["a"], ["b"]), {"n": 3}, errors.UnknownNode, "leave n out"),
        (([0, 1], [1, 2], [1.0, np.nan]), {}, errors.BadWeight, "row 1 has weight nan"),
        (([0, 1], [1, 2], [1.0, -0.5]), {}, errors.BadWeight, "row 1 has weight -0.5"),
        (([0, 1], [1, 2], [np.inf, 1]), {}, errors.BadWeight, "row 0 has weight inf"),
        (([0, 1], [1, 2], [1.0, 1e300]), {}, errors.BadWeight, "row 1 has weight inf"),
        (([0, 1], [1, 2], ["one", "two"]), {}, errors.BadWeight, "weights are not all numbers"),
        (([0.5], [1.0]), {}, errors.UnknownNode, "row 0 has 0.5 for an id"),
        (([0.0, np.nan], [1.0, 1.0]), {}, errors.UnknownNode, "row 1 has nan for an id"),
        (([0], [1]), {"duplicates": "drop"}, errors.BadParameter, "duplicates is 'drop'"),
        (([0], [1]), {"loops": "keep"}, errors.BadParameter, "loops is 'keep'"),
        (([[0]], [[1]]), {}, errors.BadParameter, "an id cannot be looked up"),
    ],
)
def test_refusals_name_the_row(arguments, options, error, message):
    with pytest.raises(error, match=message):
        Graph.from_edges(*arguments, **options)


def test_unknown_ids_are_refused():
    words = Graph.from_edges(["a"], ["b"])
    with pytest.raises(errors.UnknownNode, match="no node is called 'z': ids here look like 'a', 'b'"):
        words.index_of(["a", "z"])
    with pytest.raises(errors.UnknownNode, match="no node is called 1"):
        words.index_of([1])
    with pytest.raises(KeyError):
        Graph.from_edges([0], [1]).index_of("a")
    with pytest.raises(errors.UnknownNode, match="no node has index 2"):
        words.name_of([2])


def test_starts_beyond_32_bits_are_kept_whole():
    records = np.zeros((1, 4), np.uint32)
    write_record(records, 0, 2**40 + 5, 7, 9)
    assert int(start_of(records, 0)) == 2**40 + 5
    assert records[0].tolist() == [5, 256, 7, 9]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("names", [False, True])
def test_a_kept_graph_is_the_same(tmp_path, weighted, names):
    ids = np.array(["é", "b", "cc", "d"]) if names else np.arange(4)
    graph = Graph.from_edges(ids[[0, 1, 2]], ids[[1, 2, 3]], [1, 0.5, 0] if weighted else None)
    graph.save(tmp_path / "g.waggle")
    kept = load(tmp_path / "g.waggle", verify=True)
    assert naive.arcs_of(kept) == naive.arcs_of(graph)
    assert kept.name_of([0, 1, 2, 3]).tolist() == graph.name_of([0, 1, 2, 3]).tolist()
    assert kept.in_records.tolist() == graph.in_records.tolist()
    assert not kept.in_neighbours.flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["g.waggle"]
    with pytest.raises(errors.NotAGraphFile, match="no list of edges"):
        Graph.from_edges(tmp_path / "g.waggle")


def test_graphs_without_arcs_are_kept_too(tmp_path):
    Graph.from_edges([], [], n=3).save(tmp_path / "g.waggle")
    assert (Graph.open(tmp_path / "g.waggle").n, Graph.open(tmp_path / "g.waggle").m) == (3, 0)


def test_damaged_files_are_refused(tmp_path):
    path = tmp_path / "g.waggle"
    Graph.from_edges([0, 1], [1, 2]).save(path)
    whole = path.read_bytes()

    def refused(content, error, message, **options):
        path.write_bytes(content)
        with pytest.raises(error, match=message):
            load(path, **options)

    refused(whole[:-1], errors.TruncatedFile, "copy it again")
    refused(whole[:10], errors.NotAGraphFile, "no graph file")
    refused(b"1 2\n3 4\n" * 9, errors.NotAGraphFile, "read edge lists with Graph.from_edges")
    refused(whole.replace(b"\r\n", b"\n", 1) + b"\0", errors.TruncatedFile, "as if it were a text")
    refused(whole[:8] + b"\2" + whole[9:], errors.WrongVersion, "version 2 and this package reads version 1")
    refused(whole[: _HEAD.size] + b"x" + whole[_HEAD.size + 1 :], errors.TruncatedFile, "damaged head")
    table = json.loads(whole[_HEAD.size :].split(b"\0")[0])
    place = next(section["place"] for section in table if section["name"] == "neighbours")
    refused(whole[:place] + b"\xff" + whole[place + 1 :], errors.TruncatedFile, "leave the graph", verify=True)
    place = next(section["place"] for section in table if section["name"] == "records")
    refused(whole[: place + 40] + b"\xff" + whole[place + 41 :], errors.TruncatedFile, "leave the graph")
    assert whole[:8] == MARK
    assert zlib.crc32(whole[_HEAD.size : _HEAD.size + _HEAD.unpack(whole[: _HEAD.size])[2]]) > 0


def test_ids_that_no_file_keeps_are_refused(tmp_path):
    with pytest.raises(errors.UnsavableNames, match="mixed kinds"):
        Graph.from_edges([1, "a"], ["a", 2]).save(tmp_path / "g.waggle")
    assert not (tmp_path / "g.waggle").exists()


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29), st.integers(0, 9)), max_size=300),
    cut=st.integers(1, 60),
    weighted=st.booleans(),
    undirected=st.booleans(),
    rule=st.sampled_from(["sum", "first", "max"]),
)
def test_sorting_on_disk_gives_the_same_graph(tmp_path_factory, rows, cut, weighted, undirected, rule):
    folder = tmp_path_factory.mktemp("disk")
    columns = np.array(rows, np.int64).reshape(-1, 3)
    chunks = [
        (part[:, 0], part[:, 1], part[:, 2].astype(np.float32) if weighted else None)
        for part in (columns[start : start + cut] for start in range(0, len(rows), cut))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("waggledance.external._FLOOR", 1)
        patch.setattr("waggledance.external._PARTS", 4)
        patch.setattr("waggledance.external._ROWS", 16)
        built = build_file(chunks, folder / "g.waggle", n=30, memory=36 * 20, undirected=undirected, duplicates=rule)
    weights = columns[:, 2] if weighted else None
    plain = Graph.from_edges(columns[:, 0], columns[:, 1], weights, n=30, undirected=undirected, duplicates=rule)
    assert built.in_records.tolist() == plain.in_records.tolist()
    assert built.in_neighbours.tolist() == plain.in_neighbours.tolist()
    if weighted and rows and not (undirected and rule == "first"):
        assert built.in_weights.tolist() == plain.in_weights.tolist()
    assert [path.name for path in folder.iterdir()] == ["g.waggle"]


def test_sorting_on_disk_refuses_as_memory_does(tmp_path):
    path = tmp_path / "g.waggle"
    for chunks, options, error, message in [
        ([([0], [1], None), ([0, 9], [1, 1], None)], {}, errors.UnknownNode, "row 2 has source 9"),
        ([([0], [1], [0.5]), ([1], [2], [-1.0])], {}, errors.BadWeight, "row 1 has weight -1"),
        ([([0], [1], [0.5]), ([1], [2], None)], {}, errors.UnequalColumns, "from row 1 on weights come or go"),
        ([([0], [1], None), ([1], [1], None)], {"loops": "refuse"}, errors.SelfLoop, "row 1 leads from node 1"),
        ([([0], [1], None), ([0], [1], None)], {"duplicates": "refuse"}, errors.DuplicateArc, "0 → 1 is given"),
        ([([0], [1], None)], {"memory": 5}, errors.BadParameter, "grant at least"),
    ]:
        with pytest.raises(error, match=message):
            build_file(chunks, path, n=3, **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.large
def test_chung_lu_has_the_degrees_it_should():
    graph = chung_lu(20_000, 200_000, exponent=2.5, rng_seed=4)
    degrees = graph.in_degrees.astype(float)
    assert 0.9 * 200_000 < graph.m <= 200_000
    assert degrees.max() < 1.3 * np.sqrt(20_000 * 10)
    assert np.corrcoef(degrees, graph.out_degrees)[0, 1] > 0.9
    tail = np.sort(degrees)[-2000:]
    hill = 1 + 1 / np.mean(np.log(tail / tail[0]))
    assert 2.1 < hill < 3.3
    assert chung_lu(20_000, 200_000, exponent=2.5, rng_seed=4).in_neighbours.tolist() == graph.in_neighbours.tolist()


def test_chung_lu_does_not_depend_on_chunks():
    whole = [np.concatenate(column) for column in list(zip(*chung_lu_chunks(50, 300), strict=True))[:2]]
    cut = [np.concatenate(column) for column in list(zip(*chung_lu_chunks(50, 300, chunk=7), strict=True))[:2]]
    assert [one.tolist() for one in whole] == [one.tolist() for one in cut]
    with pytest.raises(errors.BadParameter, match="exponent is 2"):
        chung_lu(10, 10, exponent=2.0)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_thresholds_are_the_chance_that_no_arc_is_live(data):
    rows = data.draw(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 1, width=32)), min_size=1))
    graph = Graph.from_edges(*zip(*rows, strict=True), n=8, duplicates="max")
    arcs = naive.arcs_of(graph)
    for model in (models.WeightedCascade(), models.Uniform(0.3), models.IndependentCascade()):
        prepared = model.prepare(graph)
        for node in range(8):
            chances = [p for (_, target), p in arcs.items() if target == node]
            if isinstance(model, models.WeightedCascade):
                chances = [1 / len(chances) for _ in chances]
            elif isinstance(model, models.Uniform):
                chances = [0.3] * len(chances)
            expected = np.prod([1.0 - p for p in chances]) if chances else 1.0
            assert prepared.records[node, 3] / 2**32 == pytest.approx(expected, abs=1e-6)

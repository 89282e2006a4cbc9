"""Files become graphs; what they should not hold is refused by its line."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waggledance import Graph, errors
from waggledance.reading import read_edges


@pytest.fixture
def written(tmp_path):
    def write(text, name="edges.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def listed(edges):
    weights = None if edges.weights is None else edges.weights.tolist()
    return edges.sources.tolist(), edges.targets.tolist(), weights


@pytest.mark.parametrize(
    "text",
    [
        "1 2\n3 4\n",
        "1\t2\n3\t4",
        "1,2\r\n3,4\r\n",
        "1;2\n3;4\n",
        "1|2\n3|4\n",
        "# a remark\n% another\n\n1   2\n\n  3 \t 4  \n",
        "# FromNodeId\tToNodeId\n1\t2\n3\t4\n",
        "source,target\n1,2\n3,4\n",
        "Target,x,Source\n2,0,1\n4,0,3\n",
        "one,two\n1,2\n3,4\n",
        '"from","to"\n"1","2"\n"3","4"\n',
        "\ufeff1,2\n3,4\n",
        "1 , 2\n3 , 4\n",
        "1,2\n#5,6\n3,4\n",
    ],
)
def test_arcs_are_read_from_any_usual_layout(written, text):
    assert listed(read_edges(written(text))) == ([1, 3], [2, 4], None)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("1 2 0.5\n3 4 1e-2\n", {}, [0.5, 0.01]),
        ("1,2,3\n3,4,.25\n", {}, [3.0, 0.25]),
        ("from,to,when,p\n1,2,99,0.5\n3,4,98,1.\n", {}, [0.5, 1.0]),
        ("from,to,strength\n1,2,7\n3,4,8\n", {"weight": "strength"}, [7.0, 8.0]),
        ("1 2 9 0.5\n3 4 9 +2.5E+1\n", {"weight": 3}, [0.5, 25.0]),
        ("1 2 0.5\n3 4 0.5\n", {"weight": False}, None),
        ("9 1 2 0.5\n9 3 4 1\n", {"columns": (1, 2), "weight": 3}, [0.5, 1.0]),
        ("0 0\n1 2\n3 4\n", {"header": True}, None),
        ("1 2\n3 4\n", {"header": False}, None),
        ("1:2\n3:4\n", {"delimiter": ":"}, None),
        ("!no\n1 2\n3 4\n", {"comments": "!"}, None),
    ],
)
def test_weights_and_settings(written, text, options, expected):
    sources, targets, weights = listed(read_edges(written(text), **options))
    assert (sources, targets) == ([1, 3], [2, 4])
    assert weights == (None if expected is None else pytest.approx(expected))


def test_words_are_ids_too(written):
    graph = Graph.from_edges(written('ann lee,"bob, jr",2\nbob\N{EM DASH},ann lee,1\n', "a.csv"))
    assert graph.name_of([0, 1, 2]).tolist() == ["ann lee", "bob, jr", "bob\N{EM DASH}"]
    assert graph.in_weights.tolist() == [1.0, 2.0]


def test_ids_that_start_like_remarks_can_be_kept(written):
    assert read_edges(written("#tag a\nb #tag\n"), comments="").sources.tolist() == ["#tag", "b"]


def test_very_large_numbers_stay_ids(written):
    edges = read_edges(written("123456789012345678901 1\n2 1\n"))
    assert edges.sources.tolist() == ["123456789012345678901", "2"]
    assert Graph.from_edges(written("-5 4294967296\n4294967296 7\n")).name_of([0, 1, 2]).tolist() == [-5, 7, 2**32]


def test_a_first_line_that_tells_the_sizes_is_taken_so(written):
    graph = Graph.from_edges(written("9 2\n1 2\n3 4\n"))
    assert (graph.n, graph.m) == (9, 2)
    assert Graph.from_edges(written("9 3\n1 2\n3 4\n")).m == 3


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(-(10**17), 10**17), st.integers(0, 99), st.floats(0, 1e6, width=32)), min_size=1
    ),
    delimiter=st.sampled_from([",", "\t", " ", ";"]),
)
def test_numbers_come_back_as_written(tmp_path_factory, rows, delimiter):
    path = tmp_path_factory.mktemp("rows") / "rows.txt"
    path.write_text("".join(f"{s}{delimiter}{t}{delimiter}{w!r}\n" for s, t, w in rows))
    edges = read_edges(path, header=False)
    if edges.n is None:
        assert edges.sources.tolist() == [row[0] for row in rows]
        assert edges.targets.tolist() == [row[1] for row in rows]
        assert edges.weights == pytest.approx(np.array([row[2] for row in rows], np.float32), rel=1e-6)


def test_blocks_are_cut_between_lines(written, monkeypatch):
    monkeypatch.setattr("waggledance._blocks._BLOCK", 7)
    told = []
    path = written("".join(f"{i} {i + 1}\n" for i in range(50)))
    edges = read_edges(path, progress=lambda done, total: told.append((done, total)))
    assert edges.sources.tolist() == list(range(50))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_gzip_is_read_and_missed_when_cut(written):
    text = "".join(f"{i} {i * 7 % 1000}\n" for i in range(5000)).encode()
    packed = gzip.compress(text)
    assert read_edges(written(packed, "a.gz")).sources.tolist() == list(range(5000))
    with pytest.raises(errors.TruncatedFile, match="in the middle of its compressed data"):
        read_edges(written(packed[: len(packed) // 2], "b.gz"))
    with pytest.raises(errors.TruncatedFile, match="is damaged"):
        read_edges(written(packed[:40] + b"\0" * 40 + packed[80:], "c.gz"))


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", errors.EmptyGraph, "has no row"),
        ("# nothing\n", errors.EmptyGraph, "has no row"),
        ("from,to\n", errors.EmptyGraph, "has no row"),
        ("1 2\n3\n", errors.BadRow, "line 2 says '3': 2 columns are read"),
        ("1\n2\n", errors.BadRow, "has 1 column and 2 are needed"),
        ("1,2,0.5\n\n3,4,nan\n", errors.BadWeight, "line 3 says '3,4,nan'"),
        ("1,2,0.5\n3,4,-1\n", errors.BadWeight, "line 2 says '3,4,-1'"),
        ("1,2,0.5\n3,4,inf\n", errors.BadWeight, "line 2"),
        ("1,2,0.5\n3,4,much\n", errors.BadWeight, "no weight"),
        ("1 2 1e999\n", errors.BadWeight, "line 1"),
        ("a,b,0.5\nc,d,-2\n", errors.BadWeight, "line 2: the weight is '-2'"),
        ("a,b\nc\n", errors.BadRow, "line 2 says 'c'"),
        ("a,b\nc,\n", errors.BadRow, "line 2 has an empty id"),
    ],
)
def test_bad_rows_are_named(written, text, error, message):
    with pytest.raises(error, match=message):
        Graph.from_edges(written(text))


def test_columns_that_are_not_there_are_named(written):
    path = written("from,to\n1,2\n")
    with pytest.raises(errors.BadParameter, match="no column called 'who'; its columns: from, to"):
        read_edges(path, columns=("who", "to"))
    with pytest.raises(errors.BadParameter, match="no column 5"):
        read_edges(path, weight=5)
    with pytest.raises(errors.BadParameter, match="kind is 'xml'"):
        read_edges(path, kind="xml")


def test_metis(written):
    graph = Graph.from_edges(written("% tiny\n4 3\n2 3\n1\n1 4\n3\n", "a.metis"))
    assert (graph.n, graph.m) == (4, 6)
    assert graph.name_of([0, 3]).tolist() == [1, 4]
    assert graph.in_degrees.tolist() == [2, 1, 2, 1]
    weighted = Graph.from_edges(written("3 2 011 1\n5 2 10\n5 1 10 3 20\n5 2 20\n", "b.graph"))
    assert weighted.in_weights.tolist() == [10.0, 10.0, 20.0, 20.0]
    lonely = Graph.from_edges(written("3 1\n2\n1\n\n", "c.metis"))
    assert (lonely.n, lonely.m) == (3, 2)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("4 3\n2 3\n1\n", errors.TruncatedFile, "announces 4 nodes and 3 edges and has 2 nodes"),
        ("2 1\n2\n9\n", errors.UnknownNode, "node 2 has a neighbour outside 1 … 2"),
        ("2 1\n2\nx\n", errors.BadRow, "node 2: its line holds something else"),
        ("2 1 1\n2\n1 3\n", errors.BadRow, "node 1 has a neighbour without its weight"),
        ("hello world\n", errors.NotAGraphFile, "line 1 says 'hello world'"),
        ("0 0\n", errors.EmptyGraph, "has no node"),
    ],
)
def test_metis_refusals(written, text, error, message):
    with pytest.raises(error, match=message):
        Graph.from_edges(written(text, "a.metis"))


def test_parquet(tmp_path):
    polars = pytest.importorskip("polars")
    path = tmp_path / "arcs.parquet"
    table = polars.DataFrame({"target": ["b", "c"], "p": [0.5, 0.25], "source": ["a", "b"]})
    table.write_parquet(path)
    told = []
    edges = read_edges(path, progress=lambda done, total: told.append(done == total))
    assert listed(edges) == (["a", "b"], ["b", "c"], [0.5, 0.25])
    assert told == [True]
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(errors.TruncatedFile, match="no whole Parquet file"):
        read_edges(path)
    polars.DataFrame({"source": [1], "target": [2]}).clear().write_parquet(path)
    with pytest.raises(errors.EmptyGraph):
        Graph.from_edges(path)


def test_tables_of_polars_and_arrow():
    polars = pytest.importorskip("polars")
    table = polars.DataFrame({"from": ["x", "y"], "to": ["y", "z"], "weight": [1, 2]})
    for one in (table, table.to_arrow()):
        graph = Graph.from_edges(one)
        assert graph.name_of([0, 1, 2]).tolist() == ["x", "y", "z"]
        assert graph.in_weights.tolist() == [1.0, 2.0]
    with pytest.raises(errors.UnknownNode, match="row 1 has None for an id"):
        Graph.from_edges(polars.DataFrame({"from": ["x", None], "to": ["y", "z"]}))
    with pytest.raises(errors.BadParameter, match="a dict is no table"):
        Graph.from_edges({"from": [1]})


@pytest.mark.parametrize(
    ("file", "nodes", "arcs"),
    [
        ("open/karateclub_social/lastfm/edges.csv", 7624, 27806),
        ("open/musae/edges/facebook_edges.csv", 22470, 170823),
        ("open/infvae_cascades/christianity/graph.txt", 2897, 35624),
    ],
)
def test_real_networks(sample_data, file, nodes, arcs):
    graph = Graph.from_edges(sample_data / file)
    assert (graph.n, graph.m) == (nodes, arcs)

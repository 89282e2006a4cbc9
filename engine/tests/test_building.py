"""Arrays become lists of in-neighbours, as the obvious way says."""

from __future__ import annotations

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waggledance import Graph, errors

ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 8)), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, rule=st.sampled_from(["sum", "first", "max"]), undirected=st.booleans())
def test_arcs_are_merged_by_the_rule(rows, rule, undirected):
    sources, targets, weights = zip(*rows, strict=True)
    graph = Graph.from_edges(sources, targets, weights, n=10, duplicates=rule, undirected=undirected)
    assert naive.arcs_of(graph) == naive.merged(rows, rule, undirected)


@settings(max_examples=100, deadline=None)
@given(rows=ROWS)
def test_out_arcs_are_the_same_arcs_by_source(rows):
    sources, targets, weights = zip(*rows, strict=True)
    graph = Graph.from_edges(sources, targets, weights, n=10)
    out = graph.out
    by_source = {}
    for source in range(graph.n):
        for place in range(int(out.offsets[source]), int(out.offsets[source + 1])):
            assert graph.in_neighbours[out.arcs[place]] == source
            by_source[source, int(out.targets[place])] = float(graph.in_weights[out.arcs[place]])
    assert by_source == naive.arcs_of(graph)
    assert graph.out_degrees.tolist() == np.diff(out.offsets).tolist()


def test_long_lists_are_sorted_and_merged_too():
    rng = np.random.default_rng(3)
    sources, targets = rng.integers(0, 500, 20_000), rng.integers(0, 3, 20_000)
    graph = Graph.from_edges(sources, targets, n=500)
    expected = {(s, t) for s, t in zip(sources.tolist(), targets.tolist(), strict=True) if s != t}
    assert set(naive.arcs_of(graph)) == expected
    for node in range(3):
        ends = graph.in_offsets[node : node + 2]
        assert (np.diff(graph.in_neighbours[ends[0] : ends[1]].astype(np.int64)) > 0).all()


def test_an_arc_given_twice_is_refused_when_asked():
    with pytest.raises(errors.DuplicateArc, match="0 → 1 is given more than once"):
        Graph.from_edges([0, 2, 0], [1, 1, 1], duplicates="refuse")


def test_a_loop_is_refused_when_asked():
    with pytest.raises(errors.SelfLoop, match="row 1 leads from node 2"):
        Graph.from_edges([0, 2], [1, 2], loops="refuse")

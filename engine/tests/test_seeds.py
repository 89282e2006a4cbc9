"""Seeds: the greedy choice is exact, the guarantee holds, nothing depends on threads."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import arcs_of, exact_spread, greedy_cover, worlds
from test_rrsets import random_graph

from waggledance import Graph, errors, maximize, models
from waggledance._cover import LocalSets, choose, count_covered, count_first
from waggledance._pools import bitmap

NOBODY = np.empty(0, np.uint32)


def stored(sets: list[list[int]], n: int) -> tuple[LocalSets, np.ndarray, np.ndarray]:
    offsets = np.cumsum([0, *map(len, sets)]).astype(np.int64)
    entries = np.array([node for one in sets for node in one], np.uint32)
    local = LocalSets(n)
    half = int(offsets[len(sets) // 2])
    local.follow(entries[:half])
    local.follow(entries)
    return local, offsets, entries


@settings(max_examples=300, deadline=None)
@given(
    sets=st.lists(st.lists(st.integers(0, 11), max_size=6, unique=True), min_size=1, max_size=25),
    k=st.integers(1, 12),
    tie=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    barred=st.sets(st.integers(0, 11), max_size=3),
    taken=st.sets(st.integers(0, 11), max_size=3),
)
def test_the_greedy_choice_is_the_obvious_one(sets, k, tie, barred, taken):
    local, offsets, entries = stored(sets, 12)
    excluded, chosen = (np.array(sorted(nodes), np.uint32) for nodes in (barred, taken))
    choice = choose(local, offsets, k, np.array(tie, np.uint32), excluded=excluded, chosen=chosen)
    nodes, covered, bound = greedy_cover(sets, k, tie, barred, taken)
    assert choice.nodes.tolist() == nodes
    assert choice.covered.tolist() == covered
    assert choice.bound == bound
    marked = np.union1d(choice.nodes, chosen)
    assert count_covered(entries, offsets, bitmap(12, marked)) == covered[-1]
    if not taken:
        assert np.cumsum(count_first(entries, offsets, bitmap(12, choice.nodes), choice.nodes)).tolist() == covered


@settings(max_examples=200, deadline=None)
@given(
    sets=st.lists(st.lists(st.integers(0, 11), max_size=6, unique=True), min_size=1, max_size=25),
    k=st.integers(1, 12),
    tie=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    barred=st.sets(st.integers(0, 11), max_size=3),
    taken=st.sets(st.integers(0, 11), max_size=3),
    alone=st.lists(st.integers(0, 99), min_size=12, max_size=12).filter(any),
)
def test_the_greedy_choice_counts_what_nodes_are_worth_alone(sets, k, tie, barred, taken, alone):
    _, offsets, entries = stored(sets, 12)
    local = LocalSets(12)
    local.everybody()
    local.follow(entries)
    barring = {"excluded": np.array(sorted(barred), np.uint32), "chosen": np.array(sorted(taken), np.uint32)}
    choice = choose(local, offsets, k, np.array(tie, np.uint32), alone=np.array(alone) / 32, **barring)
    nodes, covered, bound = greedy_cover(sets, k, tie, barred, taken, [Fraction(one, 32) for one in alone])
    assert choice.nodes.tolist() == nodes
    assert choice.covered.tolist() == covered
    assert choice.bound == bound


def best_spread(graph: Graph, k: int, p: float, worth: list[float]) -> tuple[float, list]:
    found = worlds(graph.n, dict.fromkeys(arcs_of(graph), p))
    return max(exact_spread(found, graph.n, list(some), worth) for some in combinations(range(graph.n), k)), found


@pytest.mark.large
@pytest.mark.parametrize(("weighted", "p"), [(False, 0.4), (True, 0.4), (False, 0.1), (True, 0.1)])
def test_the_guarantee_holds_as_often_as_it_says(weighted, p):
    failed, outside, runs = 0, 0, 0
    for graph_seed in range(8):
        graph = random_graph(graph_seed, 7, 11, weighted=False)
        worth = [float(node % 3 + 1) if weighted else 1.0 for node in range(graph.n)]
        best, found = best_spread(graph, 2, p, worth)
        for rng_seed in range(20):
            told = maximize(
                graph,
                2,
                models.Uniform(p),
                eps=0.2,
                delta=0.1,
                rng_seed=rng_seed,
                weights=worth if weighted else None,
            )
            reached = exact_spread(found, graph.n, told.nodes.tolist(), worth)
            assert told.ratio >= told.asked
            failed += reached < told.ratio * best
            outside += not told.low <= reached <= told.high
            runs += 1
    assert failed <= 0.1 * runs
    assert outside <= 0.1 * runs


@pytest.mark.large
@pytest.mark.parametrize("p", [0.5, 0.1])
def test_chosen_and_excluded_seeds_count_as_they_should(p):
    graph = random_graph(5, 7, 11, weighted=False)
    found = worlds(graph.n, dict.fromkeys(arcs_of(graph), p))
    told = maximize(graph, 2, models.Uniform(p), eps=0.1, delta=0.01, chosen=[0], excluded=[3, 4])
    best = max(exact_spread(found, graph.n, [0, *some]) for some in combinations([1, 2, 5, 6], 2))
    assert set(told.ids.tolist()) <= {1, 2, 5, 6}
    reached = exact_spread(found, graph.n, [0, *told.ids.tolist()])
    assert reached >= told.ratio * best
    assert told.low <= reached <= told.high


@pytest.mark.large
def test_threads_and_the_order_of_walks_leave_no_trace():
    graph = random_graph(1, 3_000, 15_000, weighted=False)
    one = maximize(graph, 20, models.WeightedCascade(), eps=0.1, threads=1)
    three = maximize(graph, 20, models.WeightedCascade(), eps=0.1, threads=3)
    keep = ("ids", "nodes", "reach", "cpu_seconds", "peak_bytes")
    assert one.nodes.tolist() == three.nodes.tolist()
    assert one.reach.tolist() == three.reach.tolist()
    assert {a: b for a, b in vars(one).items() if a not in keep} == {
        a: b for a, b in vars(three).items() if a not in keep
    }
    assert one.sets > 2048 * 6


@pytest.mark.large
def test_sets_of_one_node_need_not_be_sampled(monkeypatch):
    graph = random_graph(3, 3_000, 24_000, weighted=False)
    counted = maximize(graph, 20, models.Uniform(0.02))
    monkeypatch.setattr("waggledance._alone.PAYS_FROM", 2.0)
    sampled = maximize(graph, 20, models.Uniform(0.02))
    assert counted.ratio >= counted.asked
    assert counted.spread == pytest.approx(sampled.spread, rel=0.1)
    assert counted.low <= sampled.high
    assert sampled.low <= counted.high
    assert 5 * counted.sets < sampled.sets


def test_when_nobody_tells_anybody_seeds_reach_themselves():
    graph = random_graph(3, 30, 60, weighted=False)
    for p in (0.0, 1e-9):
        told = maximize(graph, 4, models.Uniform(p), eps=0.3)
        assert told.low <= 4.001
        assert told.high >= 3.999
        assert told.ratio >= told.asked


@pytest.mark.large
def test_sentinels_keep_the_guarantee_and_most_of_the_spread(monkeypatch):
    graph = random_graph(2, 3_000, 24_000, weighted=False)
    model = models.Uniform(0.2)
    monkeypatch.setattr("waggledance._opim.SENTINELS_FROM", 10**12)
    plain = maximize(graph, 20, model, eps=0.1)
    monkeypatch.setattr("waggledance._opim.SENTINELS_FROM", 10_000)
    stopped = maximize(graph, 20, model, eps=0.1)
    assert plain.sentinels == 0
    assert stopped.sentinels > 0
    assert stopped.ratio >= stopped.asked
    assert stopped.nodes.size == np.unique(stopped.nodes).size == 20
    assert stopped.spread == pytest.approx(plain.spread, rel=0.1)
    assert stopped.entries < plain.entries


def test_k_may_be_the_whole_graph():
    graph = Graph.from_edges([0, 0, 3], [1, 2, 4], n=6)
    told = maximize(graph, 6, models.Uniform(0.5), eps=0.3)
    assert sorted(told.nodes.tolist()) == list(range(6))
    assert told.spread == pytest.approx(6)


def test_what_cannot_be_answered_is_refused():
    graph = Graph.from_edges([0, 1], [1, 2])
    model = models.Uniform(0.5)
    with pytest.raises(errors.TooManySeeds, match="4 seeds are asked for and 3 nodes"):
        maximize(graph, 4, model)
    with pytest.raises(errors.TooManySeeds, match="2 seeds are asked for and 1 nodes"):
        maximize(graph, 2, model, excluded=[0], chosen=[1])
    for words in (
        {"k": 0},
        {"k": 1, "eps": 0.0},
        {"k": 1, "eps": 0.7},
        {"k": 1, "delta": 0.0},
        {"k": 1, "delta": 1.0},
    ):
        with pytest.raises(errors.BadParameter):
            maximize(graph, model=model, **words)
    with pytest.raises(errors.UnknownNode):
        maximize(graph, 1, model, chosen=[7])
    with pytest.raises(errors.BadWeight, match="no node that may be chosen"):
        maximize(graph, 1, model, weights=[1, 0, 0], excluded=[0])


def test_seeds_tell_themselves():
    graph = Graph.from_edges(["ann", "ann", "bob"], ["bob", "cid", "dan"])
    told = maximize(graph, 1, models.Uniform(1.0), eps=0.2)
    assert told.to_dict()["ids"] == ["ann"]
    assert told.to_polars()["id"].to_list() == ["ann"]
    assert "'ann'" in repr(told)

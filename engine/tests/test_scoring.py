"""Scores against enumeration and against simulation."""

from __future__ import annotations

import random

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

from waggledance import Graph, errors, models, score, scoring, simulate

CASES = 15 if config.DISABLE_JIT else 150


def small_graph(rng, nodes=6, arcs=9):
    pairs = [(s, t) for s in range(nodes) for t in range(nodes) if s != t]
    chosen = rng.sample(pairs, rng.randint(1, arcs))
    weights = [rng.choice([0.0, 0.3, 0.5, 1.0]) for _ in chosen]
    return Graph.from_edges([s for s, _ in chosen], [t for _, t in chosen], weights, n=nodes)


@pytest.mark.parametrize(
    "model", [models.IndependentCascade(), models.WeightedCascade(), models.Uniform(0.4)], ids=str
)
def test_reach_is_the_enumerated_one(model):
    rng = random.Random(3)
    for _ in range(CASES):
        graph = small_graph(rng)
        chances = naive.arcs_of(graph)
        if isinstance(model, models.WeightedCascade):
            chances = {arc: 1.0 / int(graph.in_degrees[arc[1]]) for arc in chances}
        elif isinstance(model, models.Uniform):
            chances = dict.fromkeys(chances, 0.4)
        found = score(graph, model, sets=10, threads=2)
        assert found.two_steps == "exact"
        for node in range(graph.n):
            first, second = naive.told_within_two(node, chances)
            assert found.reach_1[node] == pytest.approx(first, abs=1e-6)
            assert found.reach_2[node] == pytest.approx(first + second, abs=1e-6)


def test_reach_under_the_linear_threshold_is_the_simulated_one():
    rng = random.Random(4)
    runs = 300 if config.DISABLE_JIT else 20_000
    for _ in range(3 if config.DISABLE_JIT else 10):
        graph = small_graph(rng, arcs=14)
        found = score(graph, models.LinearThreshold(), sets=10)
        for node in range(graph.n):
            steps = simulate(graph, [node], models.LinearThreshold(), runs).generations
            assert found.reach_1[node] == pytest.approx(steps[1:2].sum(), abs=8 / runs**0.5)
            assert found.reach_2[node] == pytest.approx(steps[1:3].sum(), abs=8 / runs**0.5)


def test_reluctance_counts_favourable_words_only():
    graph = Graph.from_edges([0, 1], [1, 2])
    found = score(graph, models.Reluctant(0.5, models.Uniform(1.0)), sets=2000)
    assert found.reach_1.tolist() == [0.25, 0.25, 0.0]
    assert found.reach_2.tolist() == [0.375, 0.25, 0.0]
    assert found.alone == pytest.approx([0.875, 0.75, 0.5], abs=0.06)


@settings(max_examples=20 if config.DISABLE_JIT else 200, deadline=None)
@given(arcs=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=50))
def test_bridging_is_the_effective_size(arcs):
    graph = Graph.from_edges([s for s, _ in arcs], [t for _, t in arcs], n=9)
    expected = [naive.effective_size(graph, node) for node in range(9)]
    assert scoring.bridging(graph, threads=2) == pytest.approx(expected)


def test_large_graphs_take_the_sum_over_paths(monkeypatch):
    graph = Graph.from_edges([0, 0, 1, 2], [1, 2, 3, 3])
    exact = score(graph, models.Uniform(0.5), sets=10)
    monkeypatch.setattr(scoring, "_WORK", 1)
    bound = score(graph, models.Uniform(0.5), sets=10)
    assert (exact.two_steps, bound.two_steps) == ("exact", "paths")
    assert (exact.reach_2[0], bound.reach_2[0]) == (1.4375, 1.5)


def test_alone_is_the_simulated_spread():
    rng = np.random.default_rng(5)
    size = 40
    graph = Graph.from_edges(rng.integers(0, size, 150), rng.integers(0, size, 150), n=size)
    sets = 2000 if config.DISABLE_JIT else 100_000
    found = score(graph, models.WeightedCascade(), sets=sets)
    for node in range(0, size, 8):
        runs = simulate(graph, [node], models.WeightedCascade(), 400 if config.DISABLE_JIT else 20_000)
        error = (runs.standard_error**2 + size * max(found.alone[node], 1.0) / sets) ** 0.5
        assert abs(found.alone[node] - runs.mean) < 4.5 * error


def test_figures_are_told():
    graph = Graph.from_edges(["ann", "bob"], ["bob", "cid"])
    found = score(graph, models.Uniform(1.0), sets=500)
    assert found.top(1, "reach_2") == [("ann", 2.0)]
    assert repr(found).splitlines()[1] == (
        "  'ann': 3.00 alone, 1.00 at the first step, 2.00 within two, bridging 1.00"
    )
    assert found.to_dict()["bridging"][0] == ("bob", 2.0)
    assert found.to_polars().columns == ["node", "reach_1", "reach_2", "alone", "bridging"]
    with pytest.raises(errors.BadParameter, match="by is 'fame'"):
        found.top(3, by="fame")

"""Simulated cascades against the obvious ones and against enumeration."""

from __future__ import annotations

import random

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

from waggledance import Graph, errors, models, simulate

RUNS = 400 if config.DISABLE_JIT else 4000
GRAPHS = 25 if config.DISABLE_JIT else 200


def small_graph(rng, nodes=6, arcs=11, weights=True):
    pairs = [(s, t) for s in range(nodes) for t in range(nodes) if s != t]
    chosen = rng.sample(pairs, rng.randint(1, arcs))
    values = [rng.choice([0.0, 0.2, 0.5, 0.9, 1.0]) for _ in chosen] if weights else None
    return Graph.from_edges([s for s, _ in chosen], [t for _, t in chosen], values, n=nodes)


def chances_of(graph, model):
    arcs = naive.arcs_of(graph)
    degrees = graph.in_degrees.tolist()
    if isinstance(model, models.WeightedCascade):
        return {arc: 1.0 / degrees[arc[1]] for arc in arcs}
    return dict.fromkeys(arcs, model.p) if isinstance(model, models.Uniform) else arcs


@pytest.mark.parametrize(
    "model",
    [models.WeightedCascade(), models.Uniform(0.3), models.Uniform(1.0), models.IndependentCascade()],
    ids=str,
)
def test_mean_spread_is_the_enumerated_one(model):
    rng = random.Random(5)
    deviations = []
    for number in range(GRAPHS):
        graph = small_graph(rng)
        seeds = rng.sample(range(graph.n), rng.randint(1, 2))
        found = simulate(graph, seeds, model, RUNS, rng_seed=number, threads=1)
        exact = naive.enumerated_spread(seeds, chances_of(graph, model))
        if found.standard_error == 0.0:
            assert found.mean == pytest.approx(exact, abs=1e-9)
        else:
            deviations.append((found.mean - exact) / found.standard_error)
    if deviations:
        assert max(map(abs, deviations)) < 4.6
        assert abs(np.mean(deviations)) < 4.0 / len(deviations) ** 0.5


@pytest.mark.parametrize("model", [models.WeightedCascade(), models.LinearThreshold()], ids=str)
def test_generations_are_those_of_the_obvious_simulation(model):
    rng = random.Random(6)
    for number in range(6 if config.DISABLE_JIT else 30):
        graph = small_graph(rng, weights=False)
        found = simulate(graph, [0, 1], model, RUNS, rng_seed=number)
        degrees = graph.in_degrees.tolist()
        chances = {arc: 1.0 / degrees[arc[1]] for arc in naive.arcs_of(graph)}
        walk = naive.cascade if isinstance(model, models.WeightedCascade) else naive.threshold_cascade
        runs = [walk(graph, [0, 1], chances, rng.random) for _ in range(600)]
        for step in range(graph.n):
            sizes = [len(run[step]) if step < len(run) else 0 for run in runs]
            error = np.std(sizes) / 600**0.5
            mine = found.generations[step] if step < found.generations.size else 0.0
            assert abs(mine - np.mean(sizes)) <= 5.5 * error + 4.0 * graph.n / RUNS


def test_weighted_threshold_follows_the_shares():
    graph = Graph.from_edges([0, 1], [2, 2], [3.0, 1.0])
    for model, expected in [(models.LinearThreshold(), 0.75), (models.Uniform(1.0), 1.0)]:
        found = simulate(graph, [0], model, RUNS)
        assert found.reach[2] == pytest.approx(expected, abs=4.5 * (0.25 / RUNS) ** 0.5)
    both = simulate(graph, [0, 1], models.LinearThreshold(), RUNS)
    assert both.reach.tolist() == [1.0, 1.0, 1.0]


def test_favourable_word_is_that_of_the_obvious_simulation():
    rng = random.Random(7)
    for number in range(5 if config.DISABLE_JIT else 25):
        graph = small_graph(rng)
        chances = naive.arcs_of(graph)
        found = simulate(graph, [0, 3], models.Reluctant(0.7, models.IndependentCascade()), RUNS, rng_seed=number)
        runs = [naive.favourable_cascade(graph, [0, 3], chances, 0.7, rng.random) for _ in range(1500)]
        sizes = [len(good) for _, good in runs]
        error = (np.var(sizes) / 1500 + found.favourable_standard_error**2) ** 0.5
        assert abs(found.favourable - np.mean(sizes)) < 4.6 * error
        assert found.favourable == pytest.approx(found.favourable_reach.sum(), rel=1e-6)
        assert found.mean == pytest.approx(np.mean([len(told) for told, _ in runs]), abs=0.35)


@settings(max_examples=50, deadline=None)
@given(data=st.data(), nodes=st.integers(2, 12))
def test_certain_arcs_reach_all_that_can_be_reached(data, nodes):
    arcs = data.draw(st.lists(st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)), max_size=30))
    seeds = data.draw(st.lists(st.integers(0, nodes - 1), min_size=1))
    graph = Graph.from_edges([s for s, _ in arcs], [t for _, t in arcs], n=nodes)
    found = simulate(graph, seeds, models.Uniform(1.0), runs=3)
    expected = naive.reachable(graph, seeds)
    assert found.generations.tolist() == [len(step) for step in expected]
    assert found.sizes.tolist() == [sum(map(len, expected))] * 3
    assert np.flatnonzero(found.reach).tolist() == sorted(set().union(*expected))


def test_result_depends_on_the_seed_alone():
    rng = random.Random(8)
    graph = small_graph(rng, nodes=30, arcs=120)
    for model in (models.WeightedCascade(), models.Uniform(0.2), models.LinearThreshold(), models.Reluctant(0.5)):
        one, two, five = (simulate(graph, [0], model, 50, rng_seed=9, threads=threads) for threads in (1, 2, 5))
        assert one.sizes.tolist() == two.sizes.tolist() == five.sizes.tolist()
        assert one.reach.tolist() == two.reach.tolist() == five.reach.tolist()
        assert one.generations.tolist() == five.generations.tolist()
        if one.favourable is not None:
            assert one.favourable_reach.tolist() == five.favourable_reach.tolist()
        assert simulate(graph, [0], model, 50, rng_seed=10).sizes.tolist() != one.sizes.tolist()
        assert simulate(graph, [0], model, 20, rng_seed=9).sizes.tolist() == one.sizes.tolist()[:20]


def test_long_chains_have_as_many_generations():
    graph = Graph.from_edges(range(300), range(1, 301))
    found = simulate(graph, [0], models.WeightedCascade(), runs=2)
    assert found.generations.tolist() == [1.0] * 301
    assert found.reproduction == pytest.approx(300 / 301)
    assert found.reproduction_by_generation.tolist() == [1.0] * 300


def test_figures_are_told():
    graph = Graph.from_edges(["ann", "bob"], ["bob", "cid"])
    found = simulate(graph, ["ann", "ann"], models.Reluctant(0.5, models.Uniform(1.0)), runs=10)
    assert repr(found) == ("Cascades(1 seeds reach 3.0 of 3 nodes, favourable 0.9; R 0.67, 3 generations, 10 runs)")
    told = found.to_dict()
    assert told["seeds"] == ["ann"]
    assert told["favourable"] == 0.875
    assert told["model"] == {"model": "Reluctant", "q": 0.5, "base": {"model": "Uniform", "p": 1.0}}
    assert found.to_polars().rows() == [("ann", 1.0, 0.5), ("bob", 1.0, 0.25), ("cid", 1.0, 0.125)]
    assert found.interval() == (3.0, 3.0)


def test_what_cannot_be_simulated_is_refused():
    graph = Graph.from_edges([0], [1], [2.0])
    with pytest.raises(errors.NoSeeds):
        simulate(graph, [], models.WeightedCascade())
    with pytest.raises(errors.UnknownNode, match="no node is called 7"):
        simulate(graph, [7], models.WeightedCascade())
    with pytest.raises(errors.BadProbability, match="arc 0 → 1 has weight 2"):
        simulate(graph, [0], models.IndependentCascade())
    with pytest.raises(errors.BadParameter, match="runs is 0"):
        simulate(graph, [0], models.WeightedCascade(), runs=0)
    with pytest.raises(errors.BadParameter, match="threads is 0"):
        simulate(graph, [0], models.WeightedCascade(), threads=0)
    with pytest.raises(errors.BadProbability, match="sum to 2"):
        simulate(graph, [0], models.LinearThreshold(normalise=False))

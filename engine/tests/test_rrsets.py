"""Sets: the same whichever way they are walked, and each as likely as it should be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from naive import arcs_of, exact_spread, threshold_worlds, worlds
from numba import config

from waggledance import Graph, errors, models, sample, simulate
from waggledance._alone import nobody_tells
from waggledance._pools import Pool, Sampler, alias_table, bitmap

MODELS = [
    models.WeightedCascade(),
    models.Uniform(0.3),
    models.Uniform(0.02),
    models.Uniform(1.0),
    models.IndependentCascade(),
    models.LinearThreshold(),
]


def random_graph(seed: int, n: int, m: int, weighted: bool = True) -> Graph:
    rng = np.random.default_rng(seed)
    weights = rng.choice([0.0, 0.05, 0.3, 0.8, 1.0], m) if weighted else None
    return Graph.from_edges(rng.integers(0, n, m), rng.integers(0, n, m), weights, n=n, duplicates="max")


def drawn(graph, model, count, threads=1, interleaved=False, cuts=(), stops=(), weights=None, told=False) -> Pool:
    values = None if weights is None else np.asarray(weights, float)
    options = {"interleaved": interleaved, "weights": values, "told": told}
    sampler = Sampler(model.prepare(graph), rng_seed=7, threads=threads, **options)
    marks = bitmap(graph.n, stops) if len(stops) else np.empty(0, np.uint64)
    pool = Pool()
    for end in (*cuts, count):
        pool.extend(sampler.parts(5, pool.count, end - pool.count, marks))
    return pool


def same(one: Pool, other: Pool) -> bool:
    return bool(np.array_equal(one.offsets, other.offsets) and np.array_equal(one.entries, other.entries))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.to_dict()))
@pytest.mark.parametrize("stops", [(), (1, 4, 9)], ids=["", "stops"])
def test_plain_and_interleaved_walks_give_the_same_sets(model, stops):
    for seed in range(2 if config.DISABLE_JIT else 6):  # walked by Python itself, the dense ones take seconds
        graph = random_graph(seed, 60, 60 * (1 + seed))
        assert same(drawn(graph, model, 150, stops=stops), drawn(graph, model, 150, interleaved=True, stops=stops))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.to_dict()))
def test_sets_whose_root_is_told_are_the_others_than_those_of_one_node(model):
    graph = random_graph(4, 30, 60)
    nobody = nobody_tells(model.prepare(graph))
    count = 300 if config.DISABLE_JIT else 40_000
    told = drawn(graph, model, count, weights=1.0 - nobody, told=True)
    again = drawn(graph, model, count, interleaved=True, weights=1.0 - nobody, told=True)
    assert same(told, again)
    assert np.diff(told.offsets).min() >= 2
    every = drawn(graph, model, count)
    others = np.repeat(np.diff(every.offsets) > 1, np.diff(every.offsets))
    assert (np.diff(every.offsets) == 1).mean() == pytest.approx(nobody.mean(), abs=3 / count**0.5)
    held = np.bincount(every.entries[others], minlength=30) / count
    expected = np.bincount(told.entries, minlength=30) / count * (1.0 - nobody).mean()
    assert np.abs(held - expected).max() < 4 / count**0.5


@pytest.mark.large
@pytest.mark.parametrize("model", [models.Uniform(0.5), models.Uniform(0.2), models.LinearThreshold()])
@pytest.mark.parametrize("stops", [(), (17,)], ids=["", "stops"])
def test_sets_of_thousands_of_nodes_are_the_same(model, stops):
    graph = random_graph(1, 20_000, 200_000, weighted=False)
    plain = drawn(graph, model, 60, stops=stops)
    assert same(plain, drawn(graph, model, 60, interleaved=True, stops=stops))
    assert stops or isinstance(model, models.LinearThreshold) or np.diff(plain.offsets).max() > 2048


@pytest.mark.large
@pytest.mark.parametrize("interleaved", [False, True])
def test_threads_and_cuts_leave_no_trace(interleaved):
    graph = random_graph(3, 400, 2_000)
    whole = drawn(graph, models.WeightedCascade(), 9_000, interleaved=interleaved)
    cut = drawn(graph, models.WeightedCascade(), 9_000, 3, interleaved, cuts=(1, 5_000))
    assert same(whole, cut)


def test_a_set_that_meets_a_stop_is_empty_and_the_others_are_unchanged():
    graph = random_graph(2, 40, 120)
    free = drawn(graph, models.Uniform(0.3), 300)
    stopped = drawn(graph, models.Uniform(0.3), 300, stops=(3, 8))
    for i in range(300):
        full = free.entries[free.offsets[i] : free.offsets[i + 1]]
        kept = stopped.entries[stopped.offsets[i] : stopped.offsets[i + 1]]
        assert kept.tolist() == ([] if {3, 8} & set(full.tolist()) else full.tolist())


def test_no_node_is_twice_in_a_set_and_every_node_has_a_live_way_to_the_root():
    graph = random_graph(4, 50, 200)
    possible = {arc for arc, p in arcs_of(graph).items() if p > 0}
    pool = drawn(graph, models.IndependentCascade(), 400)
    for i in range(pool.count):
        nodes = pool.entries[pool.offsets[i] : pool.offsets[i + 1]].tolist()
        assert len(set(nodes)) == len(nodes)
        for at, node in enumerate(nodes[1:], 1):
            assert any((node, earlier) in possible for earlier in nodes[:at])


def implied(graph: Graph, model: models.Model) -> dict[tuple[int, int], float]:
    arcs = arcs_of(graph)
    degrees = graph.in_degrees
    if isinstance(model, models.WeightedCascade):
        return {arc: 1.0 / int(degrees[arc[1]]) for arc in arcs}
    if isinstance(model, models.Uniform):
        return dict.fromkeys(arcs, model.p)
    if isinstance(model, models.LinearThreshold):
        sums = [sum(w for (_, target), w in arcs.items() if target == node) for node in range(graph.n)]
        return {arc: w / sums[arc[1]] if sums[arc[1]] else 0.0 for arc, w in arcs.items()}
    return arcs


@pytest.mark.large
@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.to_dict()))
@pytest.mark.parametrize("seed", range(8))
def test_spread_is_that_of_all_worlds(model, seed):
    graph = random_graph(seed, 7, 12)
    arcs = implied(graph, model)
    found = (threshold_worlds if isinstance(model, models.LinearThreshold) else worlds)(graph.n, arcs)
    worth = [float(1 + node % 3) if seed % 2 else 1.0 for node in range(graph.n)]
    sets = sample(graph, model, 60_000, rng_seed=seed, weights=worth if seed % 2 else None, interleaved=seed % 4 > 1)
    alone = sets.alone()
    for seeds in ([0], [3], [1, 5], [0, 2, 6]):
        expected = exact_spread(found, graph.n, seeds, worth)
        told = sets.spread(seeds, confidence=1 - 1e-7)
        assert told.low - 1e-6 <= expected <= told.high + 1e-6, (seeds, expected, told)
        if len(seeds) == 1:
            assert alone[seeds[0]] == pytest.approx(told.value)


@pytest.mark.large
@pytest.mark.parametrize("model", [*MODELS[:2], MODELS[5], models.Reluctant(0.8), models.Reluctant(0.6, MODELS[1])])
def test_spread_is_what_simulation_finds(model):
    graph = random_graph(11, 300, 1_200)
    sets = sample(graph, model, 100_000)
    for seeds in ([3], [1, 50, 200]):
        told, seen = sets.spread(seeds), simulate(graph, seeds, model, runs=20_000, rng_seed=5)
        sizes = seen.sizes if seen.favourable_sizes is None else seen.favourable_sizes
        error = sizes.std() / math.sqrt(sizes.size) + (told.high - told.low) / 3.92
        assert told.value == pytest.approx(sizes.mean(), abs=5 * error + 1e-9)


@pytest.mark.large
def test_the_number_of_live_arcs_is_binomial():
    for degree, p in [
        (1, 0.5),
        (2, 0.5),
        (5, 0.2),
        (12, 0.45),
        (300, 0.015),
        (700, 0.02),
        (40, 0.9),
        (3, 1.0),
        (3, 0.0),
    ]:
        graph = Graph.from_edges(np.arange(1, degree + 1), np.zeros(degree, int))
        pool = drawn(graph, models.Uniform(p), 40_000, weights=[1.0] + [0.0] * degree)
        counts = np.diff(pool.offsets) - 1
        assert counts.mean() == pytest.approx(degree * p, abs=6 * math.sqrt(degree * p * (1 - p) / 40_000) + 1e-9)
        assert counts.var() == pytest.approx(degree * p * (1 - p), rel=0.06, abs=1e-9)
        seen = np.bincount(pool.entries, minlength=degree + 1)[1:]
        assert np.abs(seen - 40_000 * p).max() <= 6 * math.sqrt(40_000 * p * (1 - p)) + 1e-9


def test_roots_follow_the_weights():
    weights = np.array([0.0, 1.0, 3.0, 0.0, 6.0])
    accept, alias = alias_table(weights)
    share = (accept / 2**32 + np.array([((1 - accept / 2**32) * (alias == node)).sum() for node in range(5)])) / 5
    assert share == pytest.approx(weights / 10, abs=1e-8)


def test_what_cannot_be_sampled_is_refused():
    graph = Graph.from_edges([0, 1], [1, 2])
    with pytest.raises(errors.BadParameter, match="count is 0"):
        sample(graph, models.Uniform(0.1), 0)
    with pytest.raises(errors.UnequalColumns, match="2 weights for 3 nodes"):
        sample(graph, models.Uniform(0.1), 5, weights=[1, 2])
    with pytest.raises(errors.BadWeight, match="node 1 has weight nan"):
        sample(graph, models.Uniform(0.1), 5, weights=[1, math.nan, 2])
    with pytest.raises(errors.BadWeight, match="every node weighs 0"):
        sample(graph, models.Uniform(0.1), 5, weights=[0, 0, 0])
    sets = sample(graph, models.Uniform(0.1), 5)
    with pytest.raises(errors.NoSeeds):
        sets.spread([])
    with pytest.raises(errors.UnknownNode):
        sets.spread([3])
    with pytest.raises(errors.BadParameter, match="confidence is 95"):
        sets.spread([1], confidence=95)


@pytest.mark.parametrize("model", [models.WeightedCascade(), models.Uniform(0.02), models.Uniform(0.4)], ids=repr)
def test_live_arcs_looked_up_are_those_computed(model):
    sampler = Sampler(model.prepare(random_graph(3, 60, 900, weighted=False)), rng_seed=1, threads=1)
    assert sampler.law[3].size > 0
    looked_up = sampler.parts(0, 0, 200)[0]
    sampler.law = (*sampler.law[:3], np.empty((0, 4), np.uint32), False)
    computed = sampler.parts(0, 0, 200)[0]
    for one, other in zip(looked_up, computed, strict=True):
        assert np.array_equal(one, other)

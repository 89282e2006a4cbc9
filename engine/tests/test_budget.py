"""Seeds that cost something, and words that may turn."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import affordable_cover, arcs_of, distances, exact_spread, favoured_cover, worlds
from test_rrsets import drawn, random_graph, same
from test_seeds import stored

from waggledance import Graph, errors, maximize, models, sample
from waggledance._afford import choose_affordable
from waggledance._favour import choose_favoured, values_of, worth_added
from waggledance._pools import Pool, Sampler

NODES = st.integers(0, 9)
SETS = st.lists(st.lists(NODES, max_size=6, unique=True), min_size=1, max_size=20)
TIES = st.lists(st.integers(0, 3), min_size=10, max_size=10)


@settings(max_examples=300, deadline=None)
@given(
    sets=SETS,
    tie=TIES,
    costs=st.lists(st.sampled_from([0.5, 1.0, 2.0, 4.0]), min_size=10, max_size=10),
    budget=st.sampled_from([0.5, 3.0, 6.5]),
    barred=st.sets(NODES, max_size=2),
)
def test_the_affordable_choice_is_the_obvious_one_and_its_bound_holds(sets, tie, costs, budget, barred):
    sets = [one for one in sets if one] or [[0]]
    local, offsets, _ = stored(sets, 10)
    prices, excluded = np.array(costs), np.array(sorted(barred), np.uint32)
    nobody = np.empty(0, np.uint32)
    choice = choose_affordable(
        local, offsets, np.array(tie, np.uint32), prices, budget, excluded=excluded, chosen=nobody
    )
    nodes, covered = affordable_cover(sets, tie, costs, budget, barred)
    assert choice.nodes.tolist() == nodes
    assert int(choice.covered[-1]) == covered
    assert prices[choice.nodes].sum() <= budget
    best = 0
    for size in range(5):
        for some in combinations(sorted(set(range(10)) - barred), size):
            if prices[list(some)].sum() <= budget:
                best = max(best, sum(bool(set(some) & set(one)) for one in sets))
    assert choice.bound >= best - 1e-9
    assert covered >= 0.3160 * best


@settings(max_examples=200, deadline=None)
@given(
    sets=SETS,
    k=st.integers(1, 8),
    tie=TIES,
    q=st.sampled_from([0.5, 0.9, 0.35]),
    barred=st.sets(NODES, max_size=2),
    taken=st.sets(NODES, max_size=2),
)
def test_the_favoured_choice_is_the_obvious_one_and_its_bound_holds(sets, k, tie, q, barred, taken):
    sets = [one for one in sets if one] or [[0]]
    local, offsets, entries = stored(sets, 10)
    stepped = [[(node, at // 2) for at, node in enumerate(one)] for one in sets]
    steps = np.array([steps for one in stepped for _, steps in one], np.uint8)
    excluded, chosen = (np.array(sorted(some), np.uint32) for some in (barred, taken))
    values = values_of(q)
    choice = choose_favoured(
        local, (offsets, steps), k, np.array(tie, np.uint32), values, excluded=excluded, chosen=chosen
    )
    nodes, worth = favoured_cover(stepped, k, tie, q, barred, taken)
    assert choice.nodes.tolist() == nodes
    assert choice.covered == pytest.approx(worth, abs=1e-6)
    ranks = np.full(10, -1, np.int32)
    ranks[chosen] = 0
    ranks[choice.nodes] = np.arange(1, choice.nodes.size + 1)
    if choice.nodes.size and chosen.size:
        assert np.cumsum(worth_added(entries, offsets, steps, ranks, values)) == pytest.approx(worth, abs=1e-6)
    for some in combinations(sorted(set(range(10)) - barred - taken), min(k, 2)):
        seeds = set(some) | taken
        total = sum(max((q ** (far + 1) for node, far in one if node in seeds), default=0.0) for one in stepped)
        assert choice.bound >= total - 1e-6


def stepped(graph: Graph, model: models.Model, count: int) -> Pool:
    sampler = Sampler(model.prepare(graph), rng_seed=7, threads=1, steps=True)
    pool = Pool()
    pool.extend(sampler.parts(5, 0, count))
    return pool


def test_steps_are_those_of_the_shortest_live_way_in_the_same_sets():
    graph = random_graph(1, 60, 240)
    for model in (models.WeightedCascade(), models.Uniform(1.0), models.Uniform(0.2)):
        pool = stepped(graph, model, 200)
        assert same(pool, drawn(graph, model, 200))
        turned = [(target, source) for source, target in arcs_of(graph)]
        for i in range(pool.count if model == models.Uniform(1.0) else 0):
            nodes = pool.entries[pool.offsets[i] : pool.offsets[i + 1]].tolist()
            steps = pool.steps[pool.offsets[i] : pool.offsets[i + 1]].tolist()
            assert dict(zip(nodes, steps, strict=True)) == distances(graph.n, turned, [nodes[0]])
        starts = pool.offsets[:-1]
        assert not pool.steps[starts].any()


@pytest.mark.large
@pytest.mark.parametrize("q", [0.9, 0.5])
def test_reluctant_spread_is_that_of_all_worlds(q):
    for seed in range(6):
        graph = random_graph(seed, 7, 11, weighted=False)
        found = worlds(graph.n, dict.fromkeys(arcs_of(graph), 0.4))
        sets = sample(graph, models.Reluctant(q, models.Uniform(0.4)), 60_000, rng_seed=seed)
        alone = sets.alone()
        for seeds in ([0], [2, 5], [1, 3, 6]):
            expected = exact_spread(found, graph.n, seeds, q=q)
            told = sets.spread(seeds, confidence=1 - 1e-7)
            assert told.low - 1e-6 <= expected <= told.high + 1e-6
            if len(seeds) == 1:
                assert alone[seeds[0]] == pytest.approx(told.value)


@pytest.mark.large
@pytest.mark.parametrize("chosen", [[], [4]])
def test_reluctant_seeds_keep_the_guarantee(chosen):
    for seed in range(6):
        graph = random_graph(seed, 7, 11, weighted=False)
        found = worlds(graph.n, dict.fromkeys(arcs_of(graph), 0.4))
        model = models.Reluctant(0.7, models.Uniform(0.4))
        told = maximize(graph, 2, model, eps=0.2, delta=0.01, chosen=chosen, rng_seed=seed)
        free = sorted(set(range(7)) - set(chosen))
        best = max(exact_spread(found, 7, [*chosen, *some], q=0.7) for some in combinations(free, 2))
        reached = exact_spread(found, 7, [*chosen, *told.ids.tolist()], q=0.7)
        assert told.ratio >= told.asked
        assert reached >= told.ratio * best
        assert told.low <= reached <= told.high


@pytest.mark.large
def test_seeds_within_a_budget_keep_the_weaker_guarantee():
    for seed in range(8):
        graph = random_graph(seed, 8, 11, weighted=False)
        found = worlds(graph.n, dict.fromkeys(arcs_of(graph), 0.5))
        costs = np.random.default_rng(seed).choice([1.0, 2.0, 5.0], 8)
        told = maximize(graph, None, models.Uniform(0.5), costs=costs, budget=5.0, eps=0.1, delta=0.01)
        every = (
            some for size in range(1, 6) for some in combinations(range(8), size) if costs[list(some)].sum() <= 5
        )
        best = max(exact_spread(found, 8, list(some)) for some in every)
        reached = exact_spread(found, 8, told.nodes.tolist())
        assert costs[told.nodes].sum() <= 5.0
        assert told.ratio >= told.asked
        assert reached >= told.ratio * best
        assert told.low <= reached <= told.high


def test_bad_budgets_are_refused():
    graph = Graph.from_edges([0, 1], [1, 2])
    model = models.Uniform(0.5)
    with pytest.raises(errors.BadParameter, match="neither k nor a budget"):
        maximize(graph, None, model)
    with pytest.raises(errors.BadParameter, match="leave k out"):
        maximize(graph, 2, model, budget=3)
    with pytest.raises(errors.BadParameter, match="budget is None"):
        maximize(graph, None, model, costs=[1, 1, 1])
    with pytest.raises(errors.BadParameter, match="budget is -1"):
        maximize(graph, None, model, budget=-1)
    with pytest.raises(errors.BadParameter, match="whose word does not turn"):
        maximize(graph, None, models.Reluctant(0.5, model), budget=2)
    with pytest.raises(errors.BadWeight, match="node 1 costs 0"):
        maximize(graph, None, model, costs=[1, 0, 1], budget=1)
    with pytest.raises(errors.BadWeight, match="node 2 has cost -1"):
        maximize(graph, None, model, costs=[1, 1, -1], budget=1)
    with pytest.raises(errors.TooManySeeds, match=r"costs 0.5 or less"):
        maximize(graph, None, model, budget=0.5)
    with pytest.raises(errors.BadParameter, match="q is 0"):
        maximize(graph, 1, models.Reluctant(0.0, model))

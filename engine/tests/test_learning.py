"""Learning against slow twins, against what is known by construction, and on bad rows."""

from __future__ import annotations

import math

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

from waggledance import ActionLog, Graph, credit_distribution, errors, learn_counts, learn_em, partial_credit
from waggledance._parents import possible_parents

SEEDS = range(20 if config.DISABLE_JIT else 200)  # kernels walked by Python itself take seconds


def random_log(seed: int) -> tuple[ActionLog, naive.Seen, float]:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 12))
    ends = random.integers(0, n, (2, int(random.integers(1, 4 * n))))
    graph = Graph.from_edges(ends[0], ends[1], n=n)
    rows = [
        (cascade, int(node), float(random.integers(0, 8)))
        for cascade in range(int(random.integers(1, 8)))
        for node in random.integers(0, n, int(random.integers(1, n + 1)))
    ]
    log = ActionLog.from_rows(graph, *zip(*rows, strict=True))
    firsts: dict[int, dict[int, float]] = {}
    for cascade, node, time in rows:
        known = firsts.setdefault(cascade, {})
        known[node] = min(time, known.get(node, math.inf))
    seen = [sorted(one.items(), key=lambda action: action[1]) for one in firsts.values()]
    return log, seen, float(random.choice([2.0, math.inf]))


def arcs_in_order(graph: Graph) -> list[tuple[int, int]]:
    return list(zip(graph.in_neighbours.tolist(), graph.in_targets.tolist(), strict=True))


@pytest.mark.parametrize("seed", SEEDS[:200])
def test_credit_exposures_and_rounds_are_those_of_the_slow_twins(seed: int) -> None:
    log, seen, window = random_log(seed)
    arcs, order = naive.arcs_of(log.graph), arcs_in_order(log.graph)
    if not order:
        return
    credit = naive.shared_credit(seen, arcs, window)
    shared = partial_credit(log, window=window)
    assert shared.successes == pytest.approx([credit[arc] for arc in order])
    exposures = naive.exposures_of(seen, arcs)
    assert shared.exposures.tolist() == [exposures[arc] for arc in order]
    learnt = learn_em(log, window=window, rounds=3, tolerance=0)
    p = dict(zip(order, np.clip(shared.probabilities, 1e-6, 1 - 1e-6) * (shared.successes > 0), strict=True))
    for _ in range(learnt.log_likelihood.size):
        expected = naive.em_round(seen, arcs, window, p)
        p = {arc: expected[arc] / exposures[arc] if exposures[arc] else 0.0 for arc in order}
    assert learnt.probabilities == pytest.approx([p[arc] for arc in order], abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS[:200])
def test_the_credited_spread_is_that_of_the_slow_twin(seed: int) -> None:
    log, seen, window = random_log(seed)
    seeds = set(np.random.default_rng(seed).integers(0, log.graph.n, 2).tolist())
    expected = naive.credited_spread(seen, naive.arcs_of(log.graph), window, seeds)
    assert credit_distribution(log, window=window).spread(sorted(seeds)) == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS[:60])
@pytest.mark.parametrize("prior", [(0.0, 0.0), (0.5, 2.0)])
def test_the_likelihood_never_falls(seed: int, prior: tuple[float, float]) -> None:
    log, _, window = random_log(seed)
    learnt = learn_em(log, window=window, prior=prior, rounds=30, tolerance=0)
    assert (np.diff(learnt.log_likelihood) >= -1e-9 * np.abs(learnt.log_likelihood[1:])).all()
    assert ((learnt.probabilities >= 0) & (learnt.probabilities <= 1)).all()


def true_log(arcs: int, cascades: int, rng_seed: int) -> tuple[ActionLog, np.ndarray]:
    """Cascades simulated with known probabilities, parents recorded, one unit of time per step."""
    random = np.random.default_rng(rng_seed)
    n = arcs // 4
    ends = random.integers(0, n, (2, arcs))
    graph = Graph.from_edges(ends[0], ends[1], n=n)
    p = random.beta(2, 6, graph.m)
    offsets, sources = graph.in_offsets.astype(np.int64), graph.in_neighbours
    rows: list[tuple[int, int, int, int | None]] = []
    for cascade in range(cascades):
        seed = int(random.integers(n))
        active, fresh, step = {seed}, {seed}, 0
        rows.append((cascade, seed, 0, None))
        while fresh:
            step += 1
            told = set()
            for node in range(n):
                for arc in range(offsets[node], offsets[node + 1]):
                    if node in active or sources[arc] not in fresh:
                        continue
                    if random.random() < p[arc] and node not in told:
                        told.add(node)
                        rows.append((cascade, node, step, int(sources[arc])))
            active |= told
            fresh = told
    return ActionLog.from_rows(graph, *zip(*rows, strict=True)), p


@pytest.mark.large
def test_known_probabilities_are_learnt_again() -> None:
    log, p = true_log(120, 4_000, 5)
    learnt = learn_em(log, window=1.0)
    often = learnt.exposures > 300
    assert often.sum() > 60
    error = learnt.probabilities[often] - p[often]
    assert np.abs(error).mean() < 0.03
    assert abs(error.mean()) < 0.01
    assert np.abs(learn_em(log).probabilities[often] - p[often]).mean() > np.abs(error).mean()  # time tells parents
    partial = partial_credit(log, window=1.0).probabilities
    assert np.abs(partial[often] - p[often]).mean() > np.abs(error).mean()


@pytest.mark.large
def test_counts_with_shrinkage_beat_bare_counts_on_rarely_seen_arcs() -> None:
    log, p = true_log(400, 250, 9)
    shrunk, bare = learn_counts(log), learn_counts(log, strength=0)
    rare = (bare.exposures > 0) & (bare.exposures < 8)
    assert rare.sum() > 50
    assert np.abs(shrunk.probabilities - p)[rare].mean() < 0.8 * np.abs(bare.probabilities - p)[rare].mean()
    assert 2 < shrunk.parameters["strength"] < 40  # the truth is beta(2, 6): 8, less what goes to other parents


def test_counts_are_of_recorded_parents_along_arcs() -> None:
    graph = Graph.from_edges([0, 1, 0], [2, 2, 1])
    rows = [(1, 0, 0, None), (1, 1, 1, 0), (1, 2, 2, 1), (2, 0, 0, None), (2, 1, 0, None), (2, 2, 1, 0)]
    learnt = learn_counts(ActionLog.from_rows(graph, *zip(*rows, strict=True)), strength=0)
    assert dict(zip(arcs_in_order(graph), learnt.successes.tolist(), strict=True)) == {
        (0, 1): 1,
        (0, 2): 1,
        (1, 2): 1,
    }
    assert dict(zip(arcs_in_order(graph), learnt.exposures.tolist(), strict=True)) == {
        (0, 1): 1,
        (0, 2): 2,
        (1, 2): 2,
    }
    assert learnt.weighted.in_weights.tolist() == [1.0, 0.5, 0.5]


def test_groups_lend_their_mean_to_arcs_not_seen() -> None:
    graph = Graph.from_edges([0, 2, 4, 6], [1, 3, 5, 7])
    rows = [(c, 0, 0, None) for c in range(10)] + [(c, 1, 1, 0) for c in range(9)]
    rows += [(c, 4, 0, None) for c in range(10, 20)]
    learnt = learn_counts(ActionLog.from_rows(graph, *zip(*rows, strict=True)), groups=[0, 0, 1, 1], strength=5)
    first, unseen, never, _ = learnt.probabilities
    assert first > unseen > 0.5 > never


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.floats(-5, 5)), min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_a_log_keeps_first_actions_in_the_order_of_time(rows: list[tuple[int, int, float]]) -> None:
    log = ActionLog.from_rows(Graph.from_edges([0], [1], n=6), *zip(*rows, strict=True))
    assert (np.diff(log.beginnings) >= 0).all()
    kept = {}
    for cascade, name in enumerate(log.names.tolist()):
        part = slice(log.offsets[cascade], log.offsets[cascade + 1])
        assert (np.diff(log.times[part]) >= 0).all()
        kept |= {(name, node): time for node, time in zip(log.nodes[part], log.times[part], strict=True)}
    assert len(kept) == log.nodes.size
    assert kept == {
        (cascade, node): min(t for c, v, t in rows if (c, v) == (cascade, node)) for cascade, node, _ in rows
    }


def test_the_later_cascades_are_kept_apart_by_time() -> None:
    graph = Graph.from_edges([0], [1])
    log = ActionLog.from_rows(graph, list("abcd"), [0, 1, 0, 1], [4.0, 1.0, 2.0, 2.0])
    early, late = log.split_by_time(0.75)
    assert early.names.tolist() == ["b", "c", "d"]
    assert late.names.tolist() == ["a"]
    early, late = log.split_by_time(0.5)  # c and d begin together
    assert (early.names.tolist(), late.names.tolist()) == (["b"], ["c", "d", "a"])
    with pytest.raises(errors.BadParameter, match="one side would be empty"):
        log.split_by_time(1.0)


def test_bad_rows_are_refused() -> None:
    graph = Graph.from_edges(["a", "b"], ["b", "c"])
    with pytest.raises(errors.UnknownNode, match="'z'"):
        ActionLog.from_rows(graph, [1], ["z"], [0.0])
    with pytest.raises(errors.BadRow, match="row 1 has time nan"):
        ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0, math.nan])
    with pytest.raises(errors.UnequalColumns, match="2 nodes"):
        ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0])
    with pytest.raises(errors.UnequalColumns, match="1 parents for 2 rows"):
        ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0, 1.0], [None])
    with pytest.raises(errors.BadRow, match="'b' has it from 'c', who did not act there before"):
        ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0, 1.0], [None, "c"])
    log = ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0, 1.0])
    with pytest.raises(errors.BadParameter, match="no parents to count"):
        learn_counts(log)
    with pytest.raises(errors.BadParameter, match="window is 0"):
        learn_em(log, window=0)
    with pytest.raises(errors.BadParameter, match="rounds 0"):
        learn_em(log, rounds=0)
    with pytest.raises(errors.BadParameter, match="window is nan"):
        credit_distribution(log, window=math.nan)
    known = ActionLog.from_rows(graph, [1, 1], ["a", "b"], [0.0, 1.0], [None, "a"])
    with pytest.raises(errors.UnequalColumns, match="1 groups for 2 arcs"):
        learn_counts(known, groups=[0])
    with pytest.raises(errors.BadParameter, match="strength is -1"):
        learn_counts(known, strength=-1)


def test_what_was_learnt_says_what_it_is() -> None:
    graph = Graph.from_edges(["a", "b"], ["b", "c"])
    log = ActionLog.from_rows(graph, [1, 1, 2], ["a", "b", "a"], [0.0, 1.0, 2.0], [None, "a", None])
    learnt = learn_counts(log, strength=0)
    assert repr(learnt) == "Learned(counts: 1 of 2 arcs used, 1 exposed, mean p 0.5000 of these)".replace(
        "1 exposed", f"{int((learnt.exposures > 0).sum())} exposed"
    ).replace("0.5000", f"{learnt.probabilities[learnt.exposures > 0].mean():.4f}")
    table = learnt.to_polars()
    assert table["source"].to_list() == ["a", "b"]
    assert table["exposures"].to_list() == [2, 1]
    assert learn_em(log).to_dict()["method"] == "EM"
    assert repr(credit_distribution(log)) == "CreditDistribution(2 cascades, 1 direct credits)"
    assert possible_parents(log).arcs.tolist() == [0]

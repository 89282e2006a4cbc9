"""Communities against obvious sums, their names from run to run, and networkit missing."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

from waggledance import Circles, Graph, Partition, circles, errors, partition, stable_names
from waggledance.partition import described
from waggledance.planted import best_match_f1, planted_overlap

SEEDS = range(20 if config.DISABLE_JIT else 200)  # kernels walked by Python itself take seconds


def random_graph(seed: int) -> Graph:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 25))
    m = int(random.integers(1, 4 * n))
    ends = random.integers(0, n, (2, m))
    weights = random.random(m) if seed % 2 else None
    return Graph.from_edges(ends[0], ends[1], weights, n=n)


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_modularity_and_conductance_are_their_definitions(seed: int) -> None:
    graph = random_graph(seed)
    labels = np.random.default_rng(seed).integers(0, 4, graph.n)
    both = graph.undirected()
    found = described(graph, both, labels, 1.3, {})
    weights = np.ones(both.m) if both.in_weights is None else both.in_weights.astype(float)
    matrix = np.zeros((graph.n, graph.n))
    matrix[both.in_neighbours, both.in_targets] = weights
    total = matrix.sum()
    for index in range(len(found)):
        inside = found.labels == index
        degree = matrix[inside].sum()
        within = matrix[np.ix_(inside, inside)].sum()
        assert found.contributions[index] == pytest.approx(
            within / total - 1.3 * (degree / total) ** 2 if total else 0
        )
        assert found.conductance[index] == pytest.approx(1 - within / degree if degree else 0.0)
        assert set(found[index].members) == set(np.flatnonzero(inside).tolist())


def test_communities_of_a_chain_of_cliques_are_the_cliques() -> None:
    pairs = [(8 * c + i, 8 * c + j) for c in range(6) for i in range(8) for j in range(i)]
    pairs += [(8 * c + 7, 8 * c + 8) for c in range(5)]
    found = partition(Graph.from_edges(*zip(*pairs, strict=True)), threads=1)
    assert sorted(one.members for one in (found[i] for i in range(len(found)))) == [
        tuple(range(8 * c, 8 * c + 8)) for c in range(6)
    ]
    assert found.modularity == pytest.approx(0.8, abs=0.04)
    assert found.of(9).size == 8


@pytest.mark.parametrize("threads", [1, 2])
def test_flow_finds_small_communities_in_a_large_graph(threads: int) -> None:
    plan = planted_overlap(4_000, memberships=1.0, sizes=(8, 12), density=0.9, accidental=0.1, rng_seed=3)
    truth = plan.offsets, plan.members
    flow = partition(plan.graph, objective="flow", threads=threads)
    assert best_match_f1((flow.offsets, flow.members), truth, plan.graph.n) > 0.95
    large = partition(plan.graph, threads=threads)
    assert best_match_f1((large.offsets, large.members), truth, plan.graph.n) < 0.9
    assert len(flow) > len(large)


def test_flow_counts_weights_and_leaves_strangers_alone() -> None:
    cliques = [(8 * c + i, 8 * c + j) for c in range(2) for i in range(8) for j in range(i)]
    between = [(i, 8 + i) for i in range(8)]
    graph = Graph.from_edges(*zip(*cliques, *between, strict=True), [1.0] * 56 + [1e-3] * 8, n=17)
    found = partition(graph, objective="flow", threads=1)
    assert found.sizes.tolist() == [8, 8, 1]
    nobody = partition(Graph.from_edges([0], [0], n=3), objective="flow", threads=1)
    assert nobody.sizes.tolist() == [1, 1, 1]


@pytest.mark.large
@pytest.mark.parametrize("objective", ["modularity", "flow"])
def test_one_thread_and_one_seed_give_one_result(objective: str) -> None:
    graph = planted_overlap(2_000, rng_seed=2).graph
    runs = [partition(graph, objective=objective, threads=1, rng_seed=7) for _ in range(3)]
    assert runs[0].labels.tolist() == runs[1].labels.tolist() == runs[2].labels.tolist()


def test_a_partition_says_what_it_is() -> None:
    found = partition(Graph.from_edges(list("abc"), list("bca")), threads=1)
    assert found.to_dict()["communities"][0]["members"] == ["a", "b", "c"]
    assert found.to_polars().columns == ["member", "community"]
    assert repr(found[0]) == "Community(0: 3 members, modularity 0.000, conductance 0.00: 'a', 'b', 'c')"
    with pytest.raises(IndexError, match="no community 5"):
        found[5]


def test_what_cannot_be_done_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph.from_edges([0], [1])
    with pytest.raises(errors.BadParameter, match="resolution is 0"):
        partition(graph, resolution=0)
    with pytest.raises(errors.BadParameter, match="objective is 'size': give 'modularity' or 'flow'"):
        partition(graph, objective="size")
    with pytest.raises(errors.BadParameter, match="flow has no resolution"):
        partition(graph, objective="flow", resolution=2.0)
    monkeypatch.setitem(sys.modules, "networkit", None)
    with pytest.raises(errors.MissingPackage, match=r"pip install 'waggledance\[communities\]'"):
        partition(graph)


def cover_of(graph: Graph, sets: list[list[str]]) -> Circles:
    members = [np.sort(graph.index_of(one)) for one in sets]
    offsets = np.concatenate([[0], np.cumsum([one.size for one in members])])
    return Circles(graph, offsets, np.concatenate(members), np.ones(len(sets), np.uint32), 0, 0)


def test_names_follow_the_greatest_overlap_and_are_never_given_again() -> None:
    graph = Graph.from_edges(list("abcdefgh"), list("bcdefgha"))
    first = stable_names(cover_of(graph, [list("abcd"), list("efg")]))
    assert first.names.tolist() == [0, 1]
    grown = Graph.from_edges(list("abcdefghz"), list("bcdefghza"))  # indices move
    second = stable_names(cover_of(grown, [list("efgz"), list("ab"), list("cdz")]), first)
    assert second.names.tolist() == [1, 0, 2]
    assert second.overlap.tolist() == [0.75, 0.5, 0.0]
    third = stable_names(cover_of(grown, [list("cdz"), list("hz")]), second)
    assert third.names.tolist() == [2, 3]
    assert third.ended == (0, 1)
    assert stable_names(cover_of(grown, [list("ab")]), third, threshold=0.1).names.tolist() == [4]
    with pytest.raises(errors.BadParameter, match="threshold is 2"):
        stable_names(cover_of(grown, [list("ab")]), threshold=2)


@given(
    st.lists(st.sets(st.integers(0, 11), min_size=2), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 11), min_size=2), min_size=1, max_size=6),
)
@settings(max_examples=100, deadline=None)
def test_matching_is_greedy_by_overlap(old: list[set[int]], new: list[set[int]]) -> None:
    graph = Graph.from_edges([0], [1], n=12)
    first = stable_names(cover_of(graph, [sorted(one) for one in old]))
    second = stable_names(cover_of(graph, [sorted(one) for one in new]), first, threshold=0.2)
    expected: dict[int, int] = {}
    pairs = [(len(a & b) / len(a | b), len(a & b), i, j) for i, a in enumerate(old) for j, b in enumerate(new)]
    for jaccard, _, i, j in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3])):
        if jaccard >= 0.2 and i not in expected.values() and j not in expected:
            expected[j] = i
    fresh = iter(range(len(old), len(old) + len(new)))
    assert second.names.tolist() == [expected[j] if j in expected else next(fresh) for j in range(len(new))]


def test_the_same_run_keeps_all_names() -> None:
    found = circles(planted_overlap(150, rng_seed=3).graph)
    again = stable_names(found, stable_names(found))
    distinct = len({tuple(found[i].members) for i in range(len(found))})
    assert again.kept == len(found)
    assert (again.overlap == 1.0).sum() >= distinct
    both = stable_names(partition(found.graph, threads=1))
    assert isinstance(both.cover, Partition)
    assert stable_names(both.cover, both).kept == len(both.cover)

"""Circles against their slow twin, and on graphs whose circles are known."""

from __future__ import annotations

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

from waggledance import Graph, LiveTies, circles_of, errors
from waggledance._egonets import chance, group_friends, laid_out, room
from waggledance._ties import ties_of
from waggledance.circles import circles
from waggledance.planted import best_match_f1, planted_overlap

SEEDS = range(20 if config.DISABLE_JIT else 200)  # kernels walked by Python itself take seconds


def random_graph(seed: int) -> Graph:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 40))
    ends = random.integers(0, n, (2, int(random.integers(1, 4 * n))))
    return Graph.from_edges(ends[0], ends[1], n=n)


@pytest.mark.parametrize("seed", SEEDS[:200])
def test_the_friends_of_a_member_are_grouped_as_by_the_slow_twin(seed: int) -> None:
    graph = random_graph(seed) if seed % 4 else planted_overlap(60, density=0.5, rng_seed=seed).graph
    friends = naive.friends_of(graph)
    ties = ties_of(graph)
    lists = (ties.spans, ties.neighbours)
    kappa = chance(ties.offsets)
    assert kappa == pytest.approx(naive.chance_of_sharing(friends))
    most = graph.n, int((np.diff(ties.offsets) ** 2).sum())
    work = laid_out(room(*most), *most)
    for node in range(graph.n):
        reach = sum(len(friends[friend]) for friend in friends[node])
        count, _ = group_friends(lists, node, reach, (graph.n, kappa), work)
        groups = work[1][2, : len(friends[node])].tolist()
        found = [[f for f, group in zip(friends[node], groups, strict=True) if group == g] for g in range(count)]
        assert found == naive.grouped_friends(friends, node, kappa)


@pytest.mark.parametrize("seed", SEEDS[:200])
def test_circles_are_those_of_the_slow_twin(seed: int) -> None:
    graph = random_graph(seed) if seed % 4 else planted_overlap(60, density=0.6, rng_seed=seed).graph
    roomy = 150 if seed % 2 else 6
    found = circles(graph, threads=1, roomy=roomy)
    expected = naive.split_circles(naive.friends_of(graph), roomy=roomy)
    assert [list(found[i].members) for i in range(len(found))] == [members for members, _ in expected]
    assert found.ties.tolist() == [held for _, held in expected]


@given(
    n=st.integers(1, 30),
    rows=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=120),
    smallest=st.integers(2, 5),
)
@settings(max_examples=100, deadline=None)
def test_circles_hold_together(n: int, rows: list[tuple[int, int]], smallest: int) -> None:
    inside = [(a, b) for a, b in rows if a < n and b < n]
    graph = Graph.from_edges([a for a, _ in inside], [b for _, b in inside], n=n)
    found = circles(graph, smallest=smallest)
    sizes = found.sizes
    assert (sizes >= smallest).all()
    assert (np.diff(sizes) <= 0).all()
    assert (found.ties >= sizes - 1).all()  # every member hangs on by a tie
    assert int(found.offsets[-1]) == found.members.size
    for node in range(n):
        assert all(node in circle.members for circle in found.of(node))


@pytest.mark.large
def test_the_number_of_threads_changes_nothing() -> None:
    graph = planted_overlap(10_000, rng_seed=5).graph
    one, two = circles(graph, threads=1), circles(graph, threads=2)
    assert one.members.tolist() == two.members.tolist()
    assert one.offsets.tolist() == two.offsets.tolist()


@pytest.mark.large
def test_planted_circles_are_found_again() -> None:
    plan = planted_overlap(50_000, rng_seed=3)
    found = circles(plan.graph)
    assert best_match_f1((found.offsets, found.members), (plan.offsets, plan.members), plan.graph.n) > 0.93


@pytest.mark.large
def test_declared_circles_make_up_for_missing_ties() -> None:
    plan = planted_overlap(5_000, visible=0.5, rng_seed=3)
    truth = (plan.offsets, plan.members)
    declared = [plan.members[plan.offsets[c] : plan.offsets[c + 1]] for c in range(0, plan.offsets.size - 1, 2)]
    without = circles(plan.graph)
    helped = circles(plan.graph, declared=declared)
    before = best_match_f1((without.offsets, without.members), truth, plan.graph.n)
    after = best_match_f1((helped.offsets, helped.members), truth, plan.graph.n)
    assert after > before + 0.1


def test_a_broadcaster_is_in_no_circle_unless_he_declares_one() -> None:
    fans = list(range(1, 40))
    pairs = [(0, fan) for fan in fans] + [(1, 2), (2, 3), (1, 3)]
    graph = Graph.from_edges([a for a, _ in pairs], [b for _, b in pairs], undirected=True)
    found = circles(graph, broadcaster=30)
    assert found.broadcasters == 1
    assert [circle.members for circle in found.of(1)] == [(1, 2, 3)]
    assert found.of(0) == ()
    told = circles(graph, broadcaster=30, declared=[[0, 5, 6]])
    assert [circle.members for circle in told.of(0)] == [(0, 5, 6)]


def test_a_member_who_reaches_too_many_is_grouped_by_his_friends_alone() -> None:
    plan = planted_overlap(60, rng_seed=4)
    ties = ties_of(plan.graph)
    lists = (ties.spans, ties.neighbours)
    from waggledance._egonets import _meet, _meet_friends_only

    work = laid_out(room(60, 10_000), 60, 10_000)
    for node in range(60):
        degree = int(ties.offsets[node + 1] - ties.offsets[node])
        count, _ = _meet(lists, node, 3_000, work)
        near = sorted((a, b) for a, b in zip(*work[3][:, :count].tolist(), strict=True) if b < degree)
        count, known = _meet_friends_only(lists, node, work)
        assert known == degree
        assert sorted(zip(*work[3][:, :count].tolist(), strict=True)) == near


def test_links_are_the_others_who_are_in_both_circles() -> None:
    graph = planted_overlap(120, rng_seed=8).graph
    found = circles(graph)
    for node in range(120):
        for link in found.links_of(node):
            both = set(found[link.first].members) & set(found[link.second].members)
            assert set(link.members) == both - {node}


def test_circles_say_what_they_are() -> None:
    found = circles(Graph.from_edges(list("aab"), list("bcc"), undirected=True))
    assert found.to_dict()["circles"] == [{"index": 0, "size": 3, "cohesion": 1.0, "members": ["a", "b", "c"]}]
    assert found.to_polars()["member"].to_list() == ["a", "b", "c"]
    assert repr(circles(Graph.from_edges([0], [1]))) == "Circles(none; 2 members)"
    with pytest.raises(IndexError, match="no circle 1"):
        found[1]


def test_wrong_settings_are_refused() -> None:
    graph = Graph.from_edges([0, 1], [1, 2], undirected=True)
    with pytest.raises(errors.BadParameter, match="smallest is 1"):
        circles(graph, smallest=1)
    with pytest.raises(errors.BadParameter, match="roomy is 0"):
        circles(graph, roomy=0)
    with pytest.raises(errors.BadParameter, match="broadcaster is 0"):
        circles(graph, broadcaster=0)
    with pytest.raises(errors.BadParameter, match="declared circle 1 has 3 members"):
        circles(graph, broadcaster=2, declared=[[0, 1], [0, 1, 2]])
    with pytest.raises(errors.UnknownNode, match="9"):
        circles(graph, declared=[[0, 9]])
    with pytest.raises(errors.UnknownNode):
        circles(graph).of("nobody")
    with pytest.raises(errors.BadProbability, match="visible is 2"):
        planted_overlap(10, visible=2)
    with pytest.raises(errors.BadParameter, match="n is 0"):
        planted_overlap(0)


@pytest.mark.parametrize("seed", SEEDS[:60])
def test_own_circles_follow_what_is_written(seed: int) -> None:
    random = np.random.default_rng(seed)
    graph = planted_overlap(40, density=0.6, rng_seed=seed).graph
    live = LiveTies(graph)
    pairs = {(a, b) for a, b in naive.arcs_of(graph) if a < b}
    for a, b in np.sort(random.integers(0, 40, (60, 2)), axis=1).tolist():
        if a == b:
            continue
        if random.random() < 0.6:
            assert live.tie(b, a) == ((a, b) not in pairs)
            pairs.add((a, b))
        else:
            assert live.untie(a, b) == ((a, b) in pairs)
            pairs.discard((a, b))
    now = Graph.from_edges([a for a, _ in pairs], [b for _, b in pairs], n=40, undirected=True)
    assert repr(live) == f"LiveTies(40 members, {len(pairs)} ties)"
    friends = naive.friends_of(now)
    kappa = naive.chance_of_sharing(friends)
    for node in range(40):
        written, fresh = live.circles_of(node), circles_of(now, node)
        assert written.to_dict() == fresh.to_dict()
        groups = naive.grouped_friends(friends, node, kappa)
        assert list(fresh.circles) == [tuple(group) for group in groups if len(group) > 1]
        outside = {
            a: sum(b in friends[a] for other in groups if other is not group for b in other)
            for group in groups
            for a in group
        }
        assert set(fresh.linkers) == {a for a, ties in outside.items() if ties}
        expected = [naive.density(friends, [node, *group]) for group in groups if len(group) > 1]
        assert fresh.cohesion.tolist() == pytest.approx(expected)


def test_the_graph_is_as_it_was_after_live_writes() -> None:
    graph = planted_overlap(50, rng_seed=1).graph
    before = graph.in_neighbours.copy()
    live = LiveTies(graph)
    live.untie(int(graph.in_targets[0]), int(before[0]))
    live.tie(0, 49)
    assert graph.in_neighbours.tolist() == before.tolist()
    with pytest.raises(errors.SelfLoop, match="from 3 to itself"):
        live.tie(3, 3)
    with pytest.raises(errors.UnknownNode):
        circles_of(graph, 50)

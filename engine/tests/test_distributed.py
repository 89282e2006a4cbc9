"""Many workers choose what one machine chooses, even when one of them is killed."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest
from test_rrsets import random_graph

from waggledance import errors, maximize, models
from waggledance.distributed import ManyPools, maximize_on

pytestmark = [
    pytest.mark.large,
    pytest.mark.filterwarnings("ignore"),  # the cluster's own, while its processes start and die
]


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("distributed")
    options = {"processes": True, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(n_workers=2, **options) as started, distributed.Client(started) as client:
        yield client


def same(one, other):
    assert one.nodes.tolist() == other.nodes.tolist()
    assert one.reach.tolist() == other.reach.tolist()
    for name in ("spread", "low", "high", "ratio", "sets", "entries", "sentinels", "parameters"):
        assert getattr(one, name) == getattr(other, name), name


def saved(tmp_path, seed=1, n=2_000, m=9_000):
    graph = random_graph(seed, n, m, weighted=False)
    path = tmp_path / "graph.waggle"
    graph.save(path)
    return graph, path


def test_many_workers_choose_what_one_machine_chooses(client, tmp_path):
    graph, path = saved(tmp_path)
    model = models.WeightedCascade()
    worth = np.random.default_rng(1).integers(0, 4, graph.n)
    for rules in ({}, {"excluded": [5, 7], "chosen": [11, 12], "weights": worth}):
        same(maximize_on(client, path, 12, model, eps=0.2, **rules), maximize(graph, 12, model, eps=0.2, **rules))


def test_sets_of_one_node_too(client, tmp_path):
    graph, path = saved(tmp_path)
    worth = np.random.default_rng(1).integers(0, 4, graph.n)
    for rules in ({}, {"excluded": [5, 7], "chosen": [11, 12], "weights": worth}):
        same(
            maximize_on(client, path, 12, models.Uniform(0.03), **rules),
            maximize(graph, 12, models.Uniform(0.03), **rules),
        )


def test_sentinels_too(client, tmp_path, monkeypatch):
    graph, path = saved(tmp_path, 2, 3_000, 24_000)
    monkeypatch.setattr("waggledance._opim.SENTINELS_FROM", 10_000)
    here = maximize(graph, 10, models.Uniform(0.2), eps=0.1)
    assert here.sentinels > 0
    same(maximize_on(client, path, 10, models.Uniform(0.2), eps=0.1), here)


@pytest.mark.parametrize("moment", [("sample", 2), ("counts", 1), ("cover", 5), ("covered", 1)], ids=lambda m: m[0])
def test_a_killed_worker_changes_nothing(client, tmp_path, monkeypatch, moment):
    graph, path = saved(tmp_path)
    here = maximize(graph, 8, models.WeightedCascade(), eps=0.1)
    seen = {"sample": 0, "counts": 0, "cover": 0, "covered": 0}
    killed = []
    ask = ManyPools._ask

    def ask_after_a_death(pools, calls):
        name = calls[0][0]
        seen[name] += 1
        if (name, seen[name]) == moment:
            pids = pools.client.run(os.getpid)
            killed.append(pids[pools.posts[0].worker])
            os.kill(killed[0], signal.SIGKILL)
        return ask(pools, calls)

    monkeypatch.setattr(ManyPools, "_ask", ask_after_a_death)
    there = maximize_on(client, path, 8, models.WeightedCascade(), eps=0.1)
    assert killed
    same(there, here)


def test_a_worker_that_is_gone_and_still_listed_is_passed_over(client, tmp_path, monkeypatch):
    graph, path = saved(tmp_path)
    listed, looks = ManyPools._workers, []

    def with_a_ghost(pools):
        looks.append(listed(pools))
        return {**looks[-1], **({"tcp://127.0.0.1:1": 1} if len(looks) < 4 else {})}

    monkeypatch.setattr(ManyPools, "_workers", with_a_ghost)
    there = maximize_on(client, path, 8, models.WeightedCascade(), eps=0.1)
    same(there, maximize(graph, 8, models.WeightedCascade(), eps=0.1))


def test_what_cannot_be_done_on_many_machines_is_refused(client, tmp_path):
    _, path = saved(tmp_path)
    with pytest.raises(errors.BadParameter, match="the word may not turn"):
        maximize_on(client, path, 2, models.Reluctant(0.5))
    with pytest.raises(errors.TooManySeeds):
        maximize_on(client, path, 9_999, models.WeightedCascade())

"""Simulated cascades a second, beside cynetdiff and ndlib."""

from __future__ import annotations

import array
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from waggledance import Graph, models, simulate

from .cases import Case, Figures, Skipped, alternately, timed
from .graphs import loaded, real, synthetic
from .report import Row

TITLE = "Simulation: cascades from the 50 nodes of largest out-degree, one thread"

GRAPHS: dict[str, Callable[[], Graph]] = {
    "lastfm": partial(real, "lastfm"),
    "facebook pages": partial(real, "facebook pages"),
    "twitch FR": partial(real, "twitch FR"),
    "Chung-Lu 76 k / 0.8 M": partial(synthetic, 75_877, 860_000),
    "Chung-Lu 1 M / 16 M": partial(synthetic, 1_000_000, 16_200_000),
}
MODELS = {"WC": models.WeightedCascade(), "p = 0.01": models.Uniform(0.01), "LT": models.LinearThreshold()}


def _seeds(graph: Graph) -> Any:
    return np.argsort(-graph.out_degrees.astype(np.int64), kind="stable")[:50]


def _cynetdiff(graph: Graph, label: str) -> Callable[[int], None]:
    try:
        from cynetdiff.models import IndependentCascadeModel, LinearThresholdModel
    except ImportError:
        raise Skipped("cynetdiff is not installed (the bench extra)") from None
    out = graph.out
    starts = array.array("I", out.offsets[:-1].astype(np.uint32).tobytes())
    targets = array.array("I", out.targets.tobytes())
    shares = (1.0 / graph.in_degrees[out.targets]).astype(np.float32)
    chances = np.full(graph.m, 0.01, np.float32) if label == "p = 0.01" else shares
    values = array.array("f", chances.tobytes())
    if label == "LT":
        model = LinearThresholdModel(starts, targets, influence=values)
    else:
        model = IndependentCascadeModel(starts, targets, activation_probs=values)
    model.set_seeds(_seeds(graph).tolist())

    def run(count: int) -> None:
        for _ in range(count):
            model.reset_model()
            model.advance_until_completion()

    return run


def _compare(name: str, label: str) -> Figures:
    graph = loaded(GRAPHS[name]())
    peer = _cynetdiff(graph, label)
    seeds, model = _seeds(graph), MODELS[label]
    simulate(graph, seeds, model, runs=2, threads=1)
    peer(1)
    once = statistics.median(timed(lambda: peer(1)) for _ in range(3))
    runs = max(1, min(2000, int(0.15 / max(once, 1e-5))))
    found = alternately(
        {"peer": lambda: peer(runs), "ours": lambda: simulate(graph, seeds, model, runs=runs, threads=1)}, 3
    )
    return {"peer": runs / found["peer"], "ours": runs / found["ours"], "ratio": found["peer"] / found["ours"]}


def _rows(name: str, label: str, found: Figures) -> list[Row]:
    figure = f"{name}, {label}"
    return [
        Row(f"{figure}: cynetdiff", found["peer"], "cascades / CPU s"),
        Row(f"{figure}: waggledance", found["ours"], "cascades / CPU s", "cynetdiff", found["ratio"]),
    ]


def _ndlib() -> Figures:
    try:
        import ndlib.models.epidemics as epidemics
        import ndlib.models.ModelConfig as config
        import networkx as nx
    except ImportError:
        raise Skipped("ndlib is not installed (the bench extra)") from None
    graph = loaded(real("lastfm"))
    out, seeds = graph.out, _seeds(graph)
    network = nx.DiGraph()
    network.add_nodes_from(range(graph.n))
    sources = np.repeat(np.arange(graph.n), graph.out_degrees)
    network.add_edges_from(zip(sources.tolist(), out.targets.tolist(), strict=True))
    settings = config.Configuration()
    settings.add_model_initial_configuration("Infected", seeds.tolist())
    for source, target in network.edges():
        settings.add_edge_configuration("threshold", (source, target), 1.0 / int(graph.in_degrees[target]))
    model = epidemics.IndependentCascadesModel(network)
    model.set_initial_status(settings)

    def cascade() -> None:
        model.reset()
        while model.iteration(node_status=False)["node_count"][1]:
            pass

    simulate(graph, seeds, models.WeightedCascade(), runs=2, threads=1)
    cascade()
    found = alternately(
        {
            "peer": cascade,
            "ours": lambda: simulate(graph, seeds, models.WeightedCascade(), runs=1000, threads=1),
        },
        3,
    )
    peer, ours = 1 / found["peer"], 1000 / found["ours"]
    return {"peer": peer, "ours": ours, "ratio": ours / peer}


def _ndlib_rows(found: Figures) -> list[Row]:
    return [
        Row("lastfm, WC: ndlib", found["peer"], "cascades / CPU s"),
        Row("lastfm, WC: waggledance, beside ndlib", found["ours"], "cascades / CPU s", "ndlib", found["ratio"]),
    ]


CASES = [
    Case(f"{name} {label}", partial(_compare, name, label), partial(_rows, name, label))
    for name in GRAPHS
    for label in MODELS
] + [Case("ndlib", _ndlib, _ndlib_rows)]

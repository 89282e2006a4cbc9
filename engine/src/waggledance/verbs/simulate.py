"""How far the word goes from given nodes."""

from __future__ import annotations

import argparse

from ..cascade import Cascades
from . import add_graph, add_model, add_run, model_of, nodes_of, open_graph

HELP = "let the word go from given nodes many times: mean spread, generations, reproduction number"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the seeds, the model and the number of runs."""
    add_graph(parser)
    add_model(parser)
    add_run(parser)
    parser.add_argument("--seeds", required=True, help="ids as a,b,c, or @FILE with one per line")
    parser.add_argument("--runs", type=int, default=1000, help="number of cascades (default: 1000)")


def run(asked: argparse.Namespace) -> Cascades:
    """Simulate."""
    from ..cascade import simulate

    graph = open_graph(asked)
    seeds = graph.name_of(nodes_of(graph, asked.seeds))
    return simulate(graph, seeds, model_of(asked), asked.runs, asked.rng_seed, asked.threads)

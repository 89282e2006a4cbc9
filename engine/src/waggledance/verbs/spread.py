"""How far the word goes from given nodes, read off sampled sets."""

from __future__ import annotations

import argparse

from ..spread import Spread
from . import add_graph, add_model, add_run, model_of, nodes_of, open_graph

HELP = "estimate how many hear the word from given nodes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the seeds, the model and the number of sets."""
    add_graph(parser)
    add_model(parser)
    add_run(parser)
    parser.add_argument("--seeds", required=True, help="ids as a,b,c, or @FILE with one per line")
    parser.add_argument("--sets", type=int, default=100_000, help="number of sets sampled (default: 100000)")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the interval (default: 0.95)")


def run(asked: argparse.Namespace) -> Spread:
    """Sample, and look."""
    from ..rrsets import sample

    graph = open_graph(asked)
    seeds = graph.name_of(nodes_of(graph, asked.seeds))
    sets = sample(graph, model_of(asked), asked.sets, rng_seed=asked.rng_seed, threads=asked.threads)
    return sets.spread(seeds, confidence=asked.confidence)

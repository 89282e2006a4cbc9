"""The communities of a graph, everybody in one."""

from __future__ import annotations

import argparse

from ..partition import Partition
from . import add_graph, add_run, open_graph

HELP = "put everybody in one community, the largest first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the resolution, and where to keep the answer."""
    add_graph(parser)
    add_run(parser)
    parser.add_argument("--resolution", type=float, default=1.0, help="above 1: smaller communities (default: 1)")
    parser.add_argument("-o", "--output", metavar="FILE", help="a Parquet file with the community of every member")


def run(asked: argparse.Namespace) -> Partition:
    """Partition the graph."""
    from ..partition import partition

    found = partition(open_graph(asked), resolution=asked.resolution, threads=asked.threads, rng_seed=asked.rng_seed)
    if asked.output:
        found.to_polars().write_parquet(asked.output)
    return found

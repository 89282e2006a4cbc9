"""Everybody's circles, or one member's."""

from __future__ import annotations

import argparse
from typing import Any

from . import add_graph, nodes_of, open_graph

HELP = "find overlapping circles: all of them, or one member's own with --node"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the member, and what a circle is."""
    add_graph(parser)
    parser.add_argument("--node", metavar="ID", help="one member: the friends around him, grouped")
    parser.add_argument("--broadcaster", type=int, default=1500, help="more ties than this are an audience")
    parser.add_argument("--smallest", type=int, default=3, help="circles with fewer members are left out")
    parser.add_argument("--threads", type=int, help="all cores when left out; the answer does not depend on it")
    parser.add_argument("-o", "--output", metavar="FILE", help="a Parquet file with a row per circle and member")


def run(asked: argparse.Namespace) -> Any:
    """Look around one member, or everywhere."""
    from ..circles import circles
    from ..own_circles import circles_of

    graph = open_graph(asked)
    if asked.node is not None:
        node = graph.name_of(nodes_of(graph, asked.node)).tolist()[0]
        return circles_of(graph, node, broadcaster=asked.broadcaster)
    found = circles(graph, broadcaster=asked.broadcaster, smallest=asked.smallest, threads=asked.threads)
    if asked.output:
        found.to_polars().write_parquet(asked.output)
    return found

"""What a graph file holds."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from . import add_graph, open_graph

HELP = "tell how many nodes and arcs a file holds, and how they are spread"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where to keep the graph."""
    add_graph(parser)
    parser.add_argument("--save", metavar="FILE", help="keep the graph as a .waggle file, opened at once next time")


@dataclass(frozen=True)
class Info:
    """The size and the shape of a graph."""

    nodes: int
    arcs: int
    weighted: bool
    mean_degree: float
    largest_in_degree: int
    largest_out_degree: int
    without_in_arcs: int
    without_out_arcs: int
    reciprocity: float
    first_id: Any
    last_id: Any

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        lines = [
            f"nodes              {self.nodes:>15,}   ids {self.first_id!r} … {self.last_id!r}",
            f"arcs               {self.arcs:>15,}   {'weighted' if self.weighted else 'unweighted'}",
            f"mean degree        {self.mean_degree:>15,.2f}",
            f"largest in-degree  {self.largest_in_degree:>15,}",
            f"largest out-degree {self.largest_out_degree:>15,}",
            f"nobody tells them  {self.without_in_arcs:>15,}",
            f"they tell nobody   {self.without_out_arcs:>15,}",
            f"arcs both ways     {self.reciprocity:>15.1%}",
        ]
        return "\n".join(lines)


def run(asked: argparse.Namespace) -> Info:
    """Read the file and look."""
    graph = open_graph(asked)
    if asked.save:
        graph.save(asked.save)
    both = graph.undirected().m
    first, last = graph.name_of([0, graph.n - 1]).tolist()
    return Info(
        nodes=graph.n,
        arcs=graph.m,
        weighted=graph.in_weights is not None,
        mean_degree=graph.m / graph.n,
        largest_in_degree=int(graph.in_degrees.max()),
        largest_out_degree=int(graph.out_degrees.max()),
        without_in_arcs=int(np.count_nonzero(graph.in_degrees == 0)),
        without_out_arcs=int(np.count_nonzero(graph.out_degrees == 0)),
        reciprocity=(2 * graph.m - both) / graph.m if graph.m else 0.0,
        first_id=first,
        last_id=last,
    )

"""What each node is worth."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from ..scoring import Scores
from . import add_graph, add_model, add_run, model_of, open_graph

HELP = "score every node: whom it tells, how far its word goes, whom it links"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the model, and which nodes to show."""
    add_graph(parser)
    add_model(parser)
    add_run(parser)
    parser.add_argument("--top", type=int, default=20, help="number of nodes shown (default: 20)")
    parser.add_argument("--by", choices=("alone", "reach_1", "reach_2", "bridging"), default="alone")
    parser.add_argument("--sets", type=int, default=100_000, help="number of sets sampled (default: 100000)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write all nodes to a Parquet or CSV file")


@dataclass(frozen=True)
class Shown:
    """The first nodes by one figure, with the others."""

    scores: Scores
    count: int
    by: str

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return self.scores.to_dict(self.count)

    def __str__(self) -> str:
        graph, scores = self.scores.graph, self.scores
        lines = [f"{'node':<24}{'alone':>14}{'reach 1':>12}{'reach 2':>12}{'bridging':>12}"]
        for name, _ in scores.top(self.count, self.by):
            at = int(graph.index_of([name])[0])
            figures = (scores.reach_1[at], scores.reach_2[at], scores.bridging[at])
            lines.append(f"{name!s:<24}{scores.alone[at]:>14,.2f}" + "".join(f"{one:>12,.2f}" for one in figures))
        return "\n".join(lines)


def run(asked: argparse.Namespace) -> Shown:
    """Score, and write when asked."""
    from ..scoring import score

    graph = open_graph(asked)
    found = score(graph, model_of(asked), sets=asked.sets, rng_seed=asked.rng_seed, threads=asked.threads)
    if asked.output:
        table = found.to_polars()
        table.write_parquet(asked.output) if asked.output.endswith(".parquet") else table.write_csv(asked.output)
    return Shown(found, asked.top, asked.by)

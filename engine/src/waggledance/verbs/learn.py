"""Probabilities of the arcs, from what was seen."""

from __future__ import annotations

import argparse
import csv
from typing import Any

from ..actions import ActionLog
from ..graph import Graph
from ..learning import Learned
from . import add_graph, open_graph

HELP = "learn the probability of every arc from a log of actions"
METHODS = ("em", "counts", "partial")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the log, the method, and where to keep the answer."""
    add_graph(parser)
    add_log(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="a row per arc: Parquet when called so, else CSV")


def add_log(parser: argparse.ArgumentParser) -> None:
    """The log and how to learn from it."""
    parser.add_argument("log", metavar="CASCADES", help="rows of cascade, node, time and perhaps parent")
    parser.add_argument(
        "--method",
        choices=METHODS,
        default="em",
        help="em: parents unknown; counts: parents recorded; partial: credit shared equally (default: em)",
    )
    parser.add_argument("--window", type=float, default=float("inf"), help="nobody is told later than this after")
    parser.add_argument("--prior", default="0,0", help="successes,failures imagined for every arc, with em")


def run(asked: argparse.Namespace) -> Learned:
    """Learn from the whole log."""
    from ..log_reading import read_actions

    graph: Graph = open_graph(asked)
    found = learnt(read_actions(asked.log, graph), asked)
    if asked.output:
        _write(found, asked.output)
    return found


def _write(found: Learned, path: str) -> None:
    if path.lower().endswith((".parquet", ".pq")):
        found.to_polars().write_parquet(path)
        return
    columns = found.columns()
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        rows.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))


def learnt(log: ActionLog, asked: argparse.Namespace) -> Learned:
    """What the method asked for learns from a log."""
    from ..learning import learn_counts, learn_em, partial_credit

    if asked.method == "counts":
        return learn_counts(log)
    if asked.method == "partial":
        return partial_credit(log, window=asked.window)
    return learn_em(log, window=asked.window, prior=_prior(asked.prior))


def _prior(text: str) -> Any:
    from ..errors import BadParameter

    try:
        successes, failures = map(float, text.split(","))
    except ValueError:
        raise BadParameter(f"--prior is {text!r}: give two numbers, such as 0.5,5") from None
    return successes, failures

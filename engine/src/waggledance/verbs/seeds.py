"""Whom to ask first."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import BadParameter, BadRow
from . import add_graph, add_model, add_run, model_of, nodes_of, open_graph

if TYPE_CHECKING:
    from ..graph import Graph
    from ..seeds import Seeds

HELP = "choose the nodes from which the word goes furthest, with a proven ratio to the best"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, how many seeds or for how much, the model, the guarantee, and where to work."""
    add_graph(parser)
    add_model(parser)
    add_run(parser)
    parser.add_argument("-k", type=int, help="number of seeds")
    parser.add_argument("--budget", type=float, help="what the seeds may cost together, instead of -k")
    parser.add_argument("--costs", metavar="FILE", help="id and cost per line; others cost 1")
    parser.add_argument("--weights", metavar="FILE", help="id and worth per line; others are worth nothing")
    parser.add_argument("--excluded", metavar="IDS", help="not these: a,b,c, or @FILE with one per line")
    parser.add_argument("--chosen", metavar="IDS", help="taken already: a,b,c, or @FILE with one per line")
    parser.add_argument("--eps", type=float, default=0.1, help="slack of the guarantee 1 − 1/e − eps (default: 0.1)")
    parser.add_argument("--delta", type=float, help="probability that it fails (default: 1 / number of nodes)")
    parser.add_argument("--dask", metavar="ADDRESS", help="scheduler of a Dask cluster; FILE is then a .waggle file")


def run(asked: argparse.Namespace) -> Seeds:
    """Choose."""
    from ..seeds import maximize

    if asked.dask is not None:
        return _on_many(asked)
    graph = open_graph(asked)
    costs = _values_in(graph, asked.costs, 1.0)
    options = {**_options(graph, asked), "threads": asked.threads, "costs": costs, "budget": asked.budget}
    return maximize(graph, asked.k, model_of(asked), **options)


def _on_many(asked: argparse.Namespace) -> Seeds:
    from ..distributed import maximize_on

    if asked.k is None or asked.costs is not None or asked.budget is not None:
        raise BadParameter("on many machines say -k; a budget is for one machine: leave --budget and --costs out")
    graph = open_graph(asked)
    return maximize_on(asked.dask, asked.file, asked.k, model_of(asked), **_options(graph, asked))


def _options(graph: Graph, asked: argparse.Namespace) -> dict[str, Any]:
    return {
        "eps": asked.eps,
        "delta": asked.delta,
        "rng_seed": asked.rng_seed,
        "weights": _values_in(graph, asked.weights, 0.0),
        "excluded": _ids(graph, asked.excluded),
        "chosen": _ids(graph, asked.chosen),
    }


def _ids(graph: Graph, text: str | None) -> Any:
    return () if text is None else graph.name_of(nodes_of(graph, text))


def _values_in(graph: Graph, path: str | None, otherwise: float) -> NDArray[np.float64] | None:
    """A number for every node, read from lines of an id and a number; None without a file."""
    if path is None:
        return None
    values = np.full(graph.n, otherwise)
    with open(path, encoding="utf-8") as file:
        for row, line in enumerate(file, 1):
            fields = re.split(r"[,;\t ]+", line.strip())
            if fields == [""] or fields[0].startswith("#"):
                continue
            values[nodes_of(graph, fields[0])] = _number(fields, path, row)
    return values


def _number(fields: list[str], path: str, row: int) -> float:
    try:
        return float(fields[1])
    except (IndexError, ValueError):
        raise BadRow(f"{path}, row {row} is {' '.join(fields)!r}: write an id and a number") from None

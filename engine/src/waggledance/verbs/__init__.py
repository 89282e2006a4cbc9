"""The verbs of the command line, and the settings that they share.

A verb is a module with `HELP`, `add_arguments(parser)` and `run(asked)`; what `run` returns is printed, or its
`to_dict()` is under `--json`.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from ..errors import BadParameter

if TYPE_CHECKING:
    from .._names import Indices
    from ..graph import Graph
    from ..models import Model


def add_graph(parser: argparse.ArgumentParser) -> None:
    """The graph's file and how to read it."""
    parser.add_argument("file", metavar="FILE", help="an edge list (text, METIS, Parquet) or a .waggle file")
    parser.add_argument("--undirected", action="store_true", help="take every row in both directions")
    parser.add_argument("--duplicates", choices=("sum", "first", "max", "refuse"), default="sum")
    parser.add_argument("--header", action=argparse.BooleanOptionalAction, help="the first line names the columns")
    parser.add_argument("--delimiter", help="one character; guessed when left out")
    parser.add_argument("--columns", help="source,target: names or positions from 0")
    parser.add_argument("--weight", help="the weight's column: a name or a position; none for no weight")


def open_graph(asked: argparse.Namespace) -> Graph:
    """The graph that was asked for."""
    from ..graph import Graph
    from ..reading import read_edges
    from ..storing import MARK

    with open(asked.file, "rb") as file:
        if file.read(len(MARK)) == MARK:
            return Graph.open(asked.file)
    edges = read_edges(
        asked.file,
        columns=_pair(asked.columns),
        weight=_weight(asked.weight),
        header=asked.header,
        delimiter=asked.delimiter,
        progress=_progress if sys.stderr.isatty() else None,
    )
    return Graph.from_edges(edges, undirected=asked.undirected, duplicates=asked.duplicates)


def _pair(text: str | None) -> tuple[int | str, int | str] | None:
    if text is None:
        return None
    fields = text.split(",")
    if len(fields) != 2:
        raise BadParameter(f"--columns is {text!r}: give two names or positions, such as 0,1")
    return _column(fields[0]), _column(fields[1])


def _column(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _weight(text: str | None) -> int | str | bool:
    if text is None:
        return True
    return False if text == "none" else _column(text)


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done / max(total, 1):4.0%} read" + ("\n" if done == total else ""))


def add_model(parser: argparse.ArgumentParser) -> None:
    """How the word passes."""
    parser.add_argument(
        "--model",
        choices=("wc", "ic", "lt"),
        default="wc",
        help="wc: 1/in-degree; ic: --p for every arc, or the weights; lt: linear threshold (default: wc)",
    )
    parser.add_argument("--p", type=float, help="the probability of every arc, under ic")
    parser.add_argument("--q", type=float, help="P(a favourable word stays so) at each step")


def model_of(asked: argparse.Namespace) -> Model:
    """The model that was asked for."""
    from .. import models

    if asked.p is not None and asked.model != "ic":
        raise BadParameter(f"--p goes with --model ic, not with {asked.model}: leave one out")
    base: Model
    if asked.model == "ic":
        base = models.IndependentCascade() if asked.p is None else models.Uniform(asked.p)
    else:
        base = models.WeightedCascade() if asked.model == "wc" else models.LinearThreshold()
    return base if asked.q is None else models.Reluctant(asked.q, base)


def add_run(parser: argparse.ArgumentParser) -> None:
    """The seed of the random numbers and the number of threads."""
    parser.add_argument("--rng-seed", type=int, default=1, help="the same seed gives the same answer (default: 1)")
    parser.add_argument("--threads", type=int, help="all cores when left out; the answer does not depend on it")


def nodes_of(graph: Graph, text: str) -> Indices:
    """Indices of ids given as a,b,c; `@FILE` reads them from a file, one per line."""
    fields = _lines(text[1:]) if text.startswith("@") else text.split(",")
    ids: list[Any] = [field.strip() for field in fields if field.strip()]
    if graph.names is None or graph.names.ids.dtype.kind in "iu":
        ids = [int(one) if one.lstrip("-").isdigit() else one for one in ids]
    return graph.index_of(ids)


def _lines(path: str) -> list[str]:
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")

"""Learn from earlier cascades, forecast the later ones, and compare."""

from __future__ import annotations

import argparse

from ..comparing import Comparison
from ..forecasting import BEGINNERS
from . import add_graph, add_run, open_graph
from .learn import add_log, learnt

HELP = "learn from the cascades that began first, forecast the others, compare with what was measured"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The graph, the log, the method, and where to cut."""
    add_graph(parser)
    add_log(parser)
    add_run(parser)
    parser.add_argument("--share", type=float, default=0.8, help="share of the cascades to learn from (default: 0.8)")
    parser.add_argument("--test", metavar="FILE", help="a log of later cascades; nothing is cut off the first then")
    parser.add_argument("--who", choices=BEGINNERS, default="unreached", help="who counts as beginning a cascade")
    parser.add_argument("--runs", type=int, default=200, help="simulations per cascade (default: 200)")


def run(asked: argparse.Namespace) -> Comparison:
    """Split by time, learn, forecast, compare."""
    from ..credit import credit_distribution
    from ..forecasting import beginners, forecast
    from ..log_reading import read_actions

    graph = open_graph(asked)
    log = read_actions(asked.log, graph)
    early, late = (log, read_actions(asked.test, graph)) if asked.test else log.split_by_time(asked.share)
    weighted = learnt(early, asked).weighted
    said = forecast(
        late, weighted, who=asked.who, window=asked.window, runs=asked.runs, rng_seed=asked.rng_seed,
        threads=asked.threads,
    )  # fmt: skip
    credit = credit_distribution(early, window=asked.window)
    owed = [credit.spread(graph.name_of(seeds)) for seeds in beginners(late, asked.who, asked.window)]
    return said.compare(float(early.sizes.mean()), {"credit": owed})

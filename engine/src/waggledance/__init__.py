"""Who carries the word, how far it goes, whom to ask first.

`Graph` holds who can tell whom; `models` say how the word passes along an arc. Results are frozen, tell themselves
when printed, and give `to_dict()` and `to_polars()`.
"""

from __future__ import annotations

from . import errors, models
from .actions import ActionLog
from .cascade import Cascades, simulate
from .circles import Circle, Circles, circles
from .comparing import Comparison, compare
from .credit import CreditDistribution, credit_distribution
from .democracy import Democratisation, democratisation, effective_number, gini
from .forecasting import Forecast, forecast
from .graph import Graph
from .learning import Learned, learn_counts, learn_em, partial_credit
from .log_reading import read_actions
from .matching import StableNames, stable_names
from .own_circles import LiveTies, OwnCircles, circles_of
from .partition import Community, Partition, partition
from .rrsets import RRSets, sample
from .scoring import Scores, score
from .seeds import Seeds, maximize
from .spread import Spread

__version__ = "0.1.0"

__all__ = [
    "ActionLog",
    "Cascades",
    "Circle",
    "Circles",
    "Community",
    "Comparison",
    "CreditDistribution",
    "Democratisation",
    "Forecast",
    "Graph",
    "Learned",
    "LiveTies",
    "OwnCircles",
    "Partition",
    "RRSets",
    "Scores",
    "Seeds",
    "Spread",
    "StableNames",
    "circles",
    "circles_of",
    "compare",
    "credit_distribution",
    "democratisation",
    "effective_number",
    "errors",
    "forecast",
    "gini",
    "learn_counts",
    "learn_em",
    "maximize",
    "models",
    "partial_credit",
    "partition",
    "read_actions",
    "sample",
    "score",
    "simulate",
    "stable_names",
]

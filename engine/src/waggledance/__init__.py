"""Who carries the word, how far it goes, whom to ask first.

`Graph` holds who can tell whom; `models` say how the word passes along an arc. Results are frozen, tell themselves
when printed, and give `to_dict()` and `to_polars()`.
"""

from __future__ import annotations

from . import errors, models
from .circles import Circle, Circles, circles
from .graph import Graph
from .own_circles import LiveTies, OwnCircles, circles_of
from .rrsets import RRSets, sample
from .seeds import Seeds, maximize
from .spread import Spread

__version__ = "0.1.0"

__all__ = [
    "Circle",
    "Circles",
    "Graph",
    "LiveTies",
    "OwnCircles",
    "RRSets",
    "Seeds",
    "Spread",
    "circles",
    "circles_of",
    "errors",
    "maximize",
    "models",
    "sample",
]

"""Figures about people are shown from five people up: fewer could be recognised."""

from __future__ import annotations

from typing import TypeVar

FEWEST = 5
Figure = TypeVar("Figure")


def at_least_five(people: int, figure: Figure) -> Figure | None:
    """The figure, when at least five people stand behind it."""
    return figure if people >= FEWEST else None

"""Months in a row, and the line drawn through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.listening.law.aggregates import FEWEST
from essaim.projectors.influence.domain import beginning

WIDTH, HEIGHT, EDGE = 720, 180, 8


def months(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each month in which five people or more took part, with its first day; the last one first."""
    return [{**row, "begins": beginning(row["month"])} for row in reversed(rows) if row["people"] >= FEWEST]


def line(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The effective number month by month as points of an SVG line, and its band; None with fewer than two months."""
    told = list(reversed(rows))
    if len(told) < 2:
        return None
    most = max(row.get("effective_interval", [0, row["effective"]])[1] for row in told) or 1.0
    first, span = told[0]["month"], told[-1]["month"] - told[0]["month"]
    across = [EDGE + (WIDTH - 2 * EDGE) * (row["month"] - first) / span for row in told]

    def height(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most

    def points(values: Sequence[float], xs: Sequence[float]) -> str:
        return " ".join(f"{x:.1f},{height(value):.1f}" for x, value in zip(xs, values, strict=True))

    middle = [row["effective"] for row in told]
    low = [row.get("effective_interval", [row["effective"]] * 2)[0] for row in told]
    high = [row.get("effective_interval", [row["effective"]] * 2)[1] for row in told]
    band = f"{points(high, across)} {points(low[::-1], across[::-1])}"
    return {
        "points": points(middle, across),
        "dots": [{"x": f"{x:.1f}", "y": f"{height(value):.1f}"} for x, value in zip(across, middle, strict=True)],
        "band": band,
        "width": WIDTH,
        "height": HEIGHT,
        "first": told[0]["begins"],
        "last": told[-1]["begins"],
        "most": most,
    }

"""Months in a row, and the line drawn through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from essaim.listening.law.aggregates import FEWEST
from essaim.projectors.influence.domain import beginning

WIDTH, HEIGHT, EDGE, LEFT = 720, 180, 8, 44


def months(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each month in which five people or more took part, with its first day; the last one first."""
    return [{**row, "begins": beginning(row["month"])} for row in reversed(rows) if row["people"] >= FEWEST]


def line(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The effective number month by month as points of SVG lines, and their bands: a line ends where a month is not
    told. None with fewer than two months."""
    told = list(reversed(rows))
    if len(told) < 2:
        return None
    most = max(_interval(row)[1] for row in told) or 1.0
    first, span = told[0]["month"], told[-1]["month"] - told[0]["month"]

    def point(row: Mapping[str, Any], value: float) -> str:
        x = LEFT + (WIDTH - LEFT - EDGE) * (row["month"] - first) / span
        return f"{x:.1f},{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most:.1f}"

    pieces = [
        {
            "points": " ".join(point(row, row["effective"]) for row in piece),
            "band": " ".join(
                [*(point(row, _interval(row)[1]) for row in piece),
                 *(point(row, _interval(row)[0]) for row in reversed(piece))]
            ),
        }
        for piece in _unbroken(told)
    ]  # fmt: skip
    return {
        "pieces": pieces,
        "dots": [dict(zip("xy", point(row, row["effective"]).split(","), strict=True)) for row in told],
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT - 6,
        "bottom": HEIGHT - EDGE,
        "first": told[0]["begins"],
        "last": told[-1]["begins"],
        "most": round(most),
    }


def _interval(row: Mapping[str, Any]) -> Sequence[float]:
    found: Sequence[float] = row.get("effective_interval", [row["effective"]] * 2)
    return found


def _unbroken(told: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Months that follow one another."""
    pieces = [[told[0]]]
    for before, row in pairwise(told):
        if row["month"] == before["month"] + 1:
            pieces[-1].append(row)
        else:
            pieces.append([row])
    return pieces

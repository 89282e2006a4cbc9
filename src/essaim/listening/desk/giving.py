"""Mentions as a file: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from essaim.listening.desk.queries.giving import COLUMNS, Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """Gives back what it is asked to write."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    writer: Any = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([cell(value) for value in row.values()])


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """What is empty is left out; nought and no are told."""
    import orjson

    for row in rows:
        kept = {name: value for name, value in row.items() if value not in (None, "", [])}
        yield orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE).decode()


def cell(value: Any) -> str:
    """As programs read it; words that begin like a formula are no formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        value = "; ".join(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else str(value)

"""A table read with a mapping: the one named, or the one its columns suggest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.utils import timezone

from essaim.connectors.tables import domain, opening, shipped
from essaim.connectors.tables.domain import Layout
from essaim.listening.post import Post, Refused

LOOKED_AT = 200


def read_file(path: Path, mapping: str = "") -> Iterator[Post | Refused]:
    """`mapping` is the name of one; without it the columns are guessed by header and content."""
    return read(path, shipped.layout(mapping) if mapping else guess(path), path.name)


def read(path: Path, layout: Layout, name: str) -> Iterator[Post | Refused]:
    """Raises what `domain.check` raises, before the first row."""
    domain.check(layout, columns(path, layout))
    return domain.posts(opening.rows(path, separator=layout.separator, encoding=layout.encoding), layout, name)


def guess(path: Path) -> Layout:
    """Dates without a zone are taken to be the house's own."""
    guessed = domain.guess(_first(path, Layout({})))
    return replace(guessed, zone=timezone.get_current_timezone_name())


def columns(path: Path, layout: Layout) -> list[str]:
    return list(dict.fromkeys(name for row in _first(path, layout) for name in row))


def _first(path: Path, layout: Layout) -> list[opening.Row]:
    rows = opening.rows(path, separator=layout.separator, encoding=layout.encoding)
    return [row[1] for row in islice(rows, LOOKED_AT) if not isinstance(row, Refused)]

"""Reading tables that others wrote: any column order, a byte-order mark, quotes over several lines, odd cells."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

SECONDS_BELOW = 10**11
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fault:
    """A row that was not taken as it stood: where, and why. `kept` when it was taken all the same, mended."""

    file: str
    line: int
    reason: str
    kept: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Row:
    line: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str:
        """The first of these columns that says something; "" when none does (`nan` says nothing)."""
        for name in names:
            cell = self.cells.get(name, "")
            if cell and cell.lower() not in NOTHING:
                return cell
        return ""


NOTHING = frozenset({"nan", "null", "none", "na", "n/a"})


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16 with one, or else Windows-1252; no NUL characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\0", "")


def read(content: bytes) -> list[Row]:
    """The rows under the header, blank ones left out; column names in lower case with hyphens."""
    return list(_rows(decoded(content)))


def columns(content: bytes) -> frozenset[str]:
    """The names in the header."""
    first = next(csv.reader(io.StringIO(decoded(content), newline="")), [])
    return frozenset(map(_name, first))


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [_name(cell) for cell in next(reader, [])]
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=False)})
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """The mark that divides the header best."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _name(cell: str) -> str:
    return re.sub(r"[\s_]+", "-", cell.strip().lower())


def identifier(cell: str) -> str | None:
    """A row's name at its source: `12`, `12.0` is 12, any word; None for nothing, for -1 and for NaN."""
    if not cell or cell.lower() in NOTHING or re.fullmatch(r"-\d+(\.\d*)?", cell):
        return None
    whole = re.fullmatch(r"(\d+)\.0*", cell)
    return (whole.group(1) if whole else cell)[:80]


def whole_number(cell: str) -> int | None:
    """`1`, `-1`, `1.0`; None for anything else."""
    match = re.fullmatch(r"([+-]?\d{1,18})(\.0*)?", cell)
    return int(match.group(1)) if match else None


def moment(cell: str) -> datetime | None:
    """A time as milliseconds or seconds since 1970, or ISO 8601; UTC where no zone is given. None if unreadable."""
    number = whole_number(cell)
    try:
        if number is not None:
            at = _since_1970(number if number >= SECONDS_BELOW else number * 1000)
        else:
            at = datetime.fromisoformat(cell)
    except (ValueError, OverflowError, OSError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if EARLIEST <= at <= LATEST else None


def _since_1970(milliseconds: int) -> datetime:
    seconds, rest = divmod(milliseconds, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


def unharmed(cell: object) -> object:
    """A text that begins like a formula, with an apostrophe before it; numbers and other texts as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell

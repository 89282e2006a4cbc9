"""Opening a table whatever its kind: CSV, JSON Lines, JSON, XLSX. Rows come one by one, each with its place."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.post import Refused

SEPARATORS = (",", ";", "\t", "|")
SNIFFED = 65_536
MOST_JSON = 100 * 1024 * 1024
MOST_UNPACKED = 500 * 1024 * 1024
MANY_CELLS = _("The row has more cells than the header has columns.")
NO_JSON = _("The line is not a JSON object.")
LONG_CELL = _("A cell is longer than a million characters: a quotation mark may be missing.")
Row = Mapping[str, Any]
Placed = tuple[int, Row]
MOST_CELL = 1_000_000
csv.field_size_limit(max(MOST_CELL, csv.field_size_limit()))


class NoTable(Refusal):
    cause = _("“%(name)s” cannot be read as a table.")
    remedy = _("Save it as CSV, JSON Lines or XLSX, with the names of the columns in the first line.")


def rows(path: Path, *, separator: str = "", encoding: str = "") -> Iterator[Placed | Refused]:
    """Line number and row, or what could not be read. Columns are those of the header; nested JSON is named `a.b`.

    Raises NoTable when the file as a whole is none.
    """
    kind = path.suffix.lower()
    if kind in (".xlsx", ".xlsm"):
        return _sheet(path)
    if kind in (".jsonl", ".ndjson", ".json"):
        return _json(path)
    return _csv(path, separator, encoding)


def _csv(path: Path, separator: str, encoding: str) -> Iterator[Placed | Refused]:
    encoding = encoding or _encoding(path)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as opened:
        separator = separator or _separator(opened.read(SNIFFED), path.name)
        opened.seek(0)
        yield from _lines(opened, separator, path.name)


def _lines(opened: TextIO, separator: str, name: str) -> Iterator[Placed | Refused]:
    reader = csv.reader((_healed(line) for line in opened), delimiter=separator)
    header = _names(next(reader, []))
    if not header:
        raise NoTable(name=name)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Refused(f"{name}:{start}", LONG_CELL)
            continue
        if cells is None:
            return
        if max(map(len, cells), default=0) > MOST_CELL:
            yield Refused(f"{name}:{start}", LONG_CELL)
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            yield Refused(f"{name}:{start}", MANY_CELLS)
        elif any(cells):
            yield start, dict(zip(header, cells, strict=False))


def _names(header: Iterable[Any]) -> list[str]:
    """Columns by name; one without a name by its number, one that repeats another with its number after it."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = str(cell if cell is not None else "").strip() or f"#{number}"
        names.append(f"{name} #{number}" if name in names else name)
    return names if any(not name.startswith("#") for name in names) else []


def _healed(line: str) -> str:
    """A line in another encoding than the rest (files get glued together) is read as Windows wrote it."""
    if "\0" in line:
        line = line.replace("\0", "")
    if not line.isascii():
        try:
            line.encode()
        except UnicodeEncodeError:
            return line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return line


def _encoding(path: Path) -> str:
    """By its mark, else UTF-8 where most of the beginning reads as such, else that of Windows."""
    with path.open("rb") as opened:
        beginning = opened.read(SNIFFED)
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoded = beginning.decode("utf-8", "replace")
    wrong = decoded[:-1].count("\ufffd")
    foreign = sum(not char.isascii() for char in decoded)
    return "cp1252" if wrong * 2 > foreign else "utf-8-sig"


def _separator(beginning: str, name: str) -> str:
    """The one that cuts the first lines into the same number of columns, the more the better."""
    best, most = "", (0.0, 0)
    for separator in SEPARATORS:
        try:
            cut = [
                len(cells) for cells in csv.reader(io.StringIO(beginning, newline=""), delimiter=separator) if cells
            ]
        except csv.Error:
            continue
        width, times = Counter(cut[:-1] or cut).most_common(1)[0] if cut else (0, 0)
        if width > 1 and (times / len(cut), width) > most:
            best, most = separator, (times / len(cut), width)
    if "\0" in beginning[:1000] and not best:
        raise NoTable(name=name)
    return best or ","


def _json(path: Path) -> Iterator[Placed | Refused]:
    import orjson

    with path.open("rb") as opened:
        if opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            yield from _array(path)
            return
        opened.seek(0)
        for number, line in enumerate(opened, start=1):
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            try:
                found = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except orjson.JSONDecodeError:
                found = None
            yield (number, _flat(found)) if isinstance(found, dict) else Refused(f"{path.name}:{number}", NO_JSON)


def _array(path: Path) -> Iterator[Placed | Refused]:
    if path.stat().st_size > MOST_JSON:
        raise NoTable(name=path.name)
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise NoTable(name=path.name) from error
    for number, row in enumerate(found, start=1):
        yield (number, _flat(row)) if isinstance(row, dict) else Refused(f"{path.name}#{number}", NO_JSON)


def _flat(row: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat


def _sheet(path: Path) -> Iterator[Placed | Refused]:
    """The first sheet, row after row."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise NoTable(name=path.name)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise NoTable(name=path.name) from error
    try:
        lines = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        header: list[str] = []
        for number, cells in lines:
            if not header:
                header = _names(cells) if any(cell is not None for cell in cells) else []
            elif any(cell is not None for cell in cells):
                yield number, dict(zip(header, cells, strict=False))
    finally:
        book.close()

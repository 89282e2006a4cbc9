"""Graphs out of files: edge lists as text (CSV, TSV, SNAP; gzip or plain), METIS, Parquet.

Rules of text. Lines starting with `#` or `%` and empty lines are skipped. The delimiter is a tab, a comma, a
semicolon or a bar when the first line has one, else runs of spaces. A first line is a header when it names its
columns as edge lists do (`source`, `target`, `from`, `to`, `id_1` …) or when its ids are words and those of the next
line are numbers. The columns called source and target are taken, else the first two; the weight is the column called
`weight`, `w`, `p`, `probability` or `count`, or without a header the third. A first line saying "nodes arcs" and
saying true is taken as such.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import errors
from ._blocks import Blocks, open_blocks
from ._parsing import FINE, MISSING, NO_INTEGER, TOO_LONG, count_lines, parse_rows
from ._tables import SOURCES, TARGETS, Columns, choose, columns_of_table, read_parquet

__all__ = ["Edges", "Progress", "columns_of_table", "read_edges"]

Progress = Callable[[int, int], None]
Path = str | os.PathLike[str]

_DELIMITERS = "\t,;|"


@dataclass(frozen=True, eq=False)
class Edges:
    """The arcs of a file, as columns.

    Attributes
    ----------
    sources, targets : ndarray[m]
        Ids, as whole numbers when all of them are, else as texts.
    weights : float32[m] or None
        Weights, when the file has them.
    n : int or None
        Number of nodes, when the file tells it.
    first : int
        1 when the file's ids are those of METIS, 1 … n; else 0.
    """

    sources: NDArray[Any]
    targets: NDArray[Any]
    weights: NDArray[np.float32] | None = None
    n: int | None = None
    first: int = 0

    def __repr__(self) -> str:
        weighted = "unweighted" if self.weights is None else "weighted"
        return f"Edges(m={self.sources.size:,}, {weighted}, n={self.n})"


@dataclass(frozen=True)
class _Shape:
    """How the lines of a file are laid out."""

    delimiter: str
    columns: Columns
    skipped: int  # lines before the first row
    names: tuple[str, ...] = ()


def read_edges(
    path: Path,
    *,
    kind: str | None = None,
    columns: tuple[int | str, int | str] | None = None,
    weight: int | str | bool = True,
    header: bool | None = None,
    delimiter: str | None = None,
    comments: str = "#%",
    progress: Progress | None = None,
) -> Edges:
    """Read the arcs of a file.

    Parameters
    ----------
    path : path
        The file.
    kind : {"text", "metis", "parquet"}, optional
        What it is; else `.metis` and `.graph` are METIS, `.parquet` and `.pq` Parquet, all others text.
    columns : (int or str, int or str), optional
        Source and target, by position or by name.
    weight : int, str or bool
        The weight's column; True to find it, False for none.
    header : bool, optional
        Whether the first line names the columns; guessed when left out, unless columns are asked for by name.
    delimiter : str, optional
        One character, or " " for runs of spaces and tabs; guessed when left out.
    comments : str
        Up to two characters, either of which at the start of a line makes it a remark.
    progress : callable(done, total), optional
        Told the bytes read and the bytes of the file after each block.

    Returns
    -------
    Edges

    Raises
    ------
    BadRow, BadWeight
        Naming the line, what it says and the remedy.
    TruncatedFile
        When a compressed file, or a METIS one, ends too early.
    EmptyGraph
        When there is no row.

    Notes
    -----
    Whole numbers are parsed by compiled code, some 100 MB a second and core; ids that are words go through `csv`,
    about fifty times slower.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "edges.csv")
    >>> _ = file.write_text("from,to,p\\n10,20,0.5\\n20,30,0.25\\n")
    >>> edges = read_edges(file)
    >>> edges
    Edges(m=2, weighted, n=None)
    >>> edges.sources.tolist(), edges.weights.tolist()
    ([10, 20], [0.5, 0.25])
    """
    found = kind or _kind_of(os.fspath(path))
    if found == "metis":
        from ._metis import read_metis

        return Edges(*read_metis(path, progress))
    if found == "parquet":
        return Edges(*read_parquet(path, columns, weight, progress))
    if found != "text":
        raise errors.BadParameter(f"kind is {found!r}: say text, metis or parquet")
    with open_blocks(path, progress) as blocks:
        if blocks.head().startswith(b"waggle\r\n"):
            raise errors.NotAGraphFile(f"{blocks.path} is no list of edges: open it with Graph.open")
        shape = _shape_of(blocks, columns, weight, (header, delimiter, comments))
        return _read_text(blocks, shape, comments)


def _kind_of(path: str) -> str:
    name = path.lower().removesuffix(".gz")
    if name.endswith((".metis", ".graph")):
        return "metis"
    return "parquet" if name.endswith((".parquet", ".pq")) else "text"


def _shape_of(
    blocks: Blocks,
    columns: tuple[int | str, int | str] | None,
    weight: int | str | bool,
    said: tuple[bool | None, str | None, str],
) -> _Shape:
    """Look at the first lines."""
    header, delimiter, comments = said
    lines, skipped = _first_lines(blocks.head(), comments)
    if not lines:
        raise errors.EmptyGraph(f"{blocks.path} has no row: give a line with a source and a target per arc")
    sign = delimiter or next((one for one in _DELIMITERS if one in lines[0]), " ")
    rows = [_fields(line, sign) for line in lines]
    by_name = any(isinstance(one, str) for one in (*(columns or ()), weight))
    named = (by_name or _is_header(rows)) if header is None else header
    chosen = choose(tuple(rows[0]) if named else (), len(rows[0]), columns, weight, blocks.path)
    return _Shape(sign, chosen, skipped + named, tuple(rows[0]) if named else ())


def _first_lines(head: bytes, comments: str) -> tuple[list[str], int]:
    """The first two lines with content, and how many lines come before them."""
    lines: list[str] = []
    skipped = 0
    for line in head.decode("utf-8-sig", "replace").splitlines():
        content = line.strip()
        if content and content[0] not in comments:
            lines.append(content)
            if len(lines) == 2:
                break
        elif not lines:
            skipped += 1
    return lines, skipped


def _fields(line: str, delimiter: str) -> list[str]:
    if delimiter == " ":
        return line.split()
    quoted = '"' in line  # only then are delimiters to be told apart, at some cost
    fields = next(csv.reader([line], delimiter=delimiter)) if quoted else line.split(delimiter)
    return [field.strip() for field in fields]


def _is_header(rows: list[list[str]]) -> bool:
    first = {field.lower() for field in rows[0]}
    if first & SOURCES and first & TARGETS:
        return True
    if len(rows) < 2 or any(map(_is_number, rows[0])):
        return False
    return all(map(_is_number, rows[1][:2]))


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _read_text(blocks: Blocks, shape: _Shape, comments: str) -> Edges:
    numbers = _numbers(blocks, shape, comments)
    if numbers is None:
        return _words(blocks, shape, comments)
    sources, targets, weights = numbers
    if not sources.size:
        raise errors.EmptyGraph(f"{blocks.path} has no row: give a line with a source and a target per arc")
    if not shape.names and _tells_sizes(sources, targets):
        rest = None if weights is None else weights[1:]
        return Edges(sources[1:], targets[1:], rest, int(sources[0]))
    return Edges(sources, targets, weights)


def _tells_sizes(sources: NDArray[np.int64], targets: NDArray[np.int64]) -> bool:
    """Whether the first line gives the number of nodes and of arcs of the others."""
    if sources.size < 2 or targets[0] != sources.size - 1:
        return False
    low = min(sources[1:].min(), targets[1:].min())
    return bool(low >= 0 and max(sources[1:].max(), targets[1:].max()) < sources[0])


Parsed = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32] | None]


def _numbers(blocks: Blocks, shape: _Shape, comments: str) -> Parsed | None:
    """The columns when all ids are whole numbers, else None."""
    sign = 0 if shape.delimiter == " " else ord(shape.delimiter)
    marks = [ord(one) for one in comments[:2]] + [0, 0]
    layout = (sign, *shape.columns, marks[0], marks[1])
    parts: list[Parsed] = []
    line = shape.skipped
    for block in blocks.rows(shape.skipped):
        capacity = int(count_lines(block)) + 1
        weighted = shape.columns[2] >= 0
        rows = (np.empty(capacity, np.int64), np.empty(capacity, np.int64), np.empty(capacity * weighted))
        status, made, position, before = parse_rows(block, layout, rows, 0)
        if status in (NO_INTEGER, TOO_LONG):
            return None
        if status != FINE:
            raise _refusal(status, blocks, shape, (block, position, line + before + 1))
        parts.append((rows[0][:made], rows[1][:made], rows[2][:made].astype(np.float32) if weighted else None))
        line += before
    return _joined(parts)


def _joined(parts: list[Parsed]) -> Parsed:
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64), None
    sources = np.concatenate([part[0] for part in parts])
    targets = np.concatenate([part[1] for part in parts])
    if parts[0][2] is None:
        return sources, targets, None
    return sources, targets, np.concatenate([part[2] for part in parts if part[2] is not None])


def _refusal(
    status: int, blocks: Blocks, shape: _Shape, place: tuple[NDArray[np.uint8], int, int]
) -> errors.EngineError:
    block, position, line = place
    text = block[position:].tobytes().split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    shown = text if len(text) < 60 else text[:57] + "…"
    where = f"{blocks.path}, line {line} says {shown!r}"
    if status == MISSING:
        wanted = max(shape.columns) + 1
        return errors.BadRow(f"{where}: {wanted} columns are read; complete the line or choose other columns")
    return errors.BadWeight(
        f"{where}: column {shape.columns[2] + 1} is no weight, finite and not negative; mend it or say weight=False"
    )


def _words(blocks: Blocks, shape: _Shape, comments: str) -> Edges:
    """The columns when some ids are words; every id is then a text."""
    source_at, target_at, weight_at = shape.columns
    sources: list[str] = []
    targets: list[str] = []
    weights: list[float] = []
    for line, row in _split(blocks, shape, comments):
        try:
            sources.append(row[source_at])
            targets.append(row[target_at])
            if weight_at >= 0:
                weights.append(_weight(row[weight_at], blocks, line))
        except IndexError:
            raise errors.BadRow(
                f"{blocks.path}, line {line} says {shape.delimiter.join(row)!r}: {max(shape.columns) + 1} columns "
                "are read; complete the line or choose other columns"
            ) from None
        if not sources[-1] or not targets[-1]:
            raise errors.BadRow(f"{blocks.path}, line {line} has an empty id: fill it or remove the line")
    if not sources:
        raise errors.EmptyGraph(f"{blocks.path} has no row: give a line with a source and a target per arc")
    values = np.array(weights, np.float32) if weight_at >= 0 else None
    return Edges(*_as_numbers(np.array(sources), np.array(targets)), values)


def _as_numbers(sources: NDArray[np.str_], targets: NDArray[np.str_]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Quoted whole numbers are whole numbers all the same."""
    try:
        left, right = sources.astype(np.int64), targets.astype(np.int64)
    except (ValueError, OverflowError):
        return sources, targets
    same = np.array_equal(left.astype(np.str_), sources) and np.array_equal(right.astype(np.str_), targets)
    return (left, right) if same else (sources, targets)


def _split(blocks: Blocks, shape: _Shape, comments: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, fields) of the lines with content."""
    number = shape.skipped
    for block in blocks.rows(shape.skipped):
        for text in block.tobytes().decode("utf-8", "replace").split("\n"):
            number += 1
            content = text.strip()
            if content and content[0] not in comments:
                yield number, _fields(content, shape.delimiter)
        number -= 1  # a block ends with its line's end: nothing follows it


def _weight(field: str, blocks: Blocks, line: int) -> float:
    try:
        value = float(field)
    except ValueError:
        value = np.nan
    if not (np.isfinite(value) and value >= 0):
        raise errors.BadWeight(
            f"{blocks.path}, line {line}: the weight is {field!r}; weights are finite and not negative: "
            "mend or drop the row"
        )
    return value

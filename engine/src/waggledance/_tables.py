"""Arcs out of tables: which columns they are, and how polars, pandas and Arrow give them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import errors

SOURCES = frozenset({"source", "src", "from", "u", "id_1", "node_1", "tail", "fromnodeid", "from_id", "source_id"})
TARGETS = frozenset({"target", "dst", "to", "v", "id_2", "node_2", "head", "tonodeid", "to_id", "target_id", "dest"})
WEIGHTS = frozenset({"weight", "w", "p", "probability", "prob", "count", "value"})

Columns = tuple[int, int, int]


def choose(
    names: tuple[str, ...],
    width: int,
    columns: tuple[int | str, int | str] | None,
    weight: int | str | bool,
    where: str,
) -> Columns:
    """Positions of source, target and weight (−1 for none); names are empty when the file has no header."""
    lower = [name.strip().lower() for name in names]
    if columns is not None:
        source, target = (_position(one, names, width, where) for one in columns)
    else:
        source, target = _called(lower, SOURCES, 0), _called(lower, TARGETS, 1)
        if source == target:
            source, target = 0, 1
    if max(source, target) >= width:
        raise errors.BadRow(
            f"{where} has {width} column{'s' * (width > 1)} and {max(source, target) + 1} are needed: "
            "give a source and a target per row, or say the delimiter"
        )
    return source, target, _weight_position((names, lower), width, weight, (source, target), where)


def _weight_position(
    names: tuple[tuple[str, ...], list[str]],
    width: int,
    weight: int | str | bool,
    taken: tuple[int, int],
    where: str,
) -> int:
    if weight is False:
        return -1
    if weight is not True:
        return _position(weight, names[0], width, where)
    if names[0]:
        return _called(names[1], WEIGHTS, -1)
    return 2 if width > 2 and 2 not in taken else -1


def _called(names: list[str], known: frozenset[str], otherwise: int) -> int:
    return next((position for position, name in enumerate(names) if name in known), otherwise)


def _position(wanted: int | str, names: tuple[str, ...], width: int, where: str) -> int:
    if isinstance(wanted, str):
        if wanted not in names:
            said = ", ".join(names) or "none, for it has no header"
            raise errors.BadParameter(f"{where} has no column called {wanted!r}; its columns: {said}")
        return names.index(wanted)
    if not 0 <= wanted < width:
        raise errors.BadParameter(f"{where} has no column {wanted}: positions go from 0 to {width - 1}")
    return wanted


def columns_of_table(
    table: Any, columns: tuple[int | str, int | str] | None = None, weight: int | str | bool = True
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any] | None]:
    """Sources, targets and weights (or None) of a polars, pandas or Arrow table.

    Raises
    ------
    BadParameter
        For anything that is no table.
    """
    names = tuple(map(str, getattr(table, "column_names", getattr(table, "columns", ()))))
    if not names:
        raise errors.BadParameter(
            f"a {type(table).__name__} is no table: give sources and targets, a table with columns, or a path"
        )
    at = choose(names, len(names), columns, weight, "the table")
    source, target = (_column(table, names[position]) for position in at[:2])
    return source, target, None if at[2] < 0 else _column(table, names[at[2]])


def _column(table: Any, name: str) -> NDArray[Any]:
    column = table.column(name) if hasattr(table, "column_names") else table[name]
    return np.asarray(column.to_numpy())


def read_parquet(
    path: str | os.PathLike[str],
    columns: tuple[int | str, int | str] | None,
    weight: int | str | bool,
    progress: Callable[[int, int], None] | None,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any] | None]:
    """The columns of a Parquet file, a row group at a time."""
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise errors.MissingPackage("pyarrow", "reading Parquet", "tables") from None
    where = os.fspath(path)
    total = os.path.getsize(path)
    try:
        with parquet.ParquetFile(path) as file:
            names = tuple(file.schema_arrow.names)
            at = [one for one in choose(names, len(names), columns, weight, where) if one >= 0]
            groups = []
            for group in range(file.num_row_groups):
                groups.append(file.read_row_group(group, columns=[names[one] for one in at]))
                if progress:
                    progress(total * (group + 1) // file.num_row_groups, total)
            if not groups:
                raise errors.EmptyGraph(f"{where} has no row: write at least one arc")
            table = pyarrow.concat_tables(groups)
    except pyarrow.ArrowInvalid as damage:
        raise errors.TruncatedFile(f"{where} is no whole Parquet file ({damage}): write or copy it again") from None
    found = [_column(table, names[one]) for one in at]
    return found[0], found[1], found[2] if len(found) > 2 else None

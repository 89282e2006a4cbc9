"""Action logs out of files: a row per action, with the columns cascade, node, time and perhaps parent."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from typing import Any

from . import errors
from .actions import ActionLog
from .graph import Graph

_NEEDED = ("cascade", "node", "time")


def read_actions(path: str | os.PathLike[str], graph: Graph) -> ActionLog:
    """The log kept in a file.

    Parameters
    ----------
    path : path
        A `.parquet` or `.pq` file, or comma or tab separated text whose first line names the columns: `cascade`,
        `node` and `time`, and `parent` where it is known (empty for nobody). Other columns are not read.
    graph : Graph
        Every node and parent is one of its.

    Returns
    -------
    ActionLog

    Raises
    ------
    BadRow
        When a column is missing, a row is short or a time is no number: with the line.
    UnknownNode
        When somebody is not in the graph.
    MissingPackage
        For a Parquet file without pyarrow.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from waggledance import Graph, read_actions
    >>> path = pathlib.Path(tempfile.mkdtemp(), "log.csv")
    >>> _ = path.write_text("cascade,node,time,parent\\nwish,ann,1,\\nwish,bob,2.5,ann\\n")
    >>> read_actions(path, Graph.from_edges(["ann"], ["bob"]))
    ActionLog(1 cascade, 2 actions of 2 members, mean size 2.0, parents known of 1)
    """
    name = os.fspath(path)
    columns = _parquet_columns(name) if name.endswith((".parquet", ".pq")) else _text_columns(name)
    parents = columns.get("parent")
    return ActionLog.from_rows(
        graph,
        columns["cascade"],
        as_ids_of(graph, columns["node"]),
        columns["time"],
        None if parents is None else as_ids_of(graph, parents),
    )


def as_ids_of(graph: Graph, given: Sequence[Any]) -> list[Any]:
    """Texts read as whole numbers where the ids of the graph are; empty ones are None."""
    whole = graph.names is None or graph.names.ids.dtype.kind in "iu"
    return [_as_id(one, whole) for one in given]


def _as_id(one: Any, whole: bool) -> Any:
    if not isinstance(one, str):
        return one
    if not one.strip():
        return None
    return int(one) if whole and one.strip().lstrip("-").isdigit() else one.strip()


def _text_columns(path: str) -> dict[str, list[Any]]:
    with open(path, encoding="utf-8", newline="") as file:
        head = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter="\t" if "\t" in head else ",", restkey="rest")
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        _check_names(path, names)
        rows.fieldnames = names
        kept = [name for name in (*_NEEDED, "parent") if name in names]
        columns: dict[str, list[Any]] = {name: [] for name in kept}
        for row in rows:
            for name in kept:
                columns[name].append(_cell(path, rows.line_num, name, row.get(name)))
    return columns


def _cell(path: str, line: int, name: str, value: str | None) -> Any:
    if value is None or (not value.strip() and name != "parent"):
        raise errors.BadRow(f"{path}, line {line}: there is no {name}; fill it or remove the line")
    if name != "time":
        return value
    try:
        return float(value)
    except ValueError:
        raise errors.BadRow(f"{path}, line {line}: the time is {value!r}; write it as a number") from None


def _check_names(path: str, names: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise errors.BadRow(
            f"{path} has no column {', '.join(missing)} (its first line: {', '.join(names) or 'empty'}); name the "
            "columns cascade, node, time and, where it is known, parent"
        )


def _parquet_columns(path: str) -> dict[str, Any]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise errors.MissingPackage("pyarrow", "reading Parquet", "tables") from None
    try:
        table = parquet.read_table(path)
    except pyarrow.ArrowInvalid as damage:
        raise errors.TruncatedFile(f"{path} is no whole Parquet file ({damage}): write or copy it again") from None
    _check_names(path, table.column_names)
    kept = [name for name in (*_NEEDED, "parent") if name in table.column_names]
    return {name: table.column(name).to_pylist() for name in kept}

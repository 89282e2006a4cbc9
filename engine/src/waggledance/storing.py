"""One file per graph, mapped into memory: opened at once, read where touched, shared by the processes that map it.

Layout, all little-endian: 8 bytes of mark, version (uint32), length of the table (uint32), CRC-32 of the table
(uint32), length of the file (uint64), the table (JSON: name, type, shape and place of each section), then the
sections, each starting at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._layout import degree_of, start_of
from ._names import Names
from .graph import Graph

VERSION: Final = 1
MARK: Final = b"waggle\r\n"  # a copy that "mends" line ends breaks it, and is noticed
_HEAD: Final = struct.Struct("<8sIIIQ")
_ALIGNED: Final = 64
_ROOM: Final = 4096  # the sections start here: the table is short

Path = str | os.PathLike[str]


def save(graph: Graph, path: Path) -> None:
    """Write a graph to a file; an existing one is replaced only when the new one is whole.

    Raises
    ------
    UnsavableNames
        When ids are objects of mixed kinds.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from waggledance import Graph
    >>> path = pathlib.Path(tempfile.mkdtemp(), "friends.waggle")
    >>> Graph.from_edges(["ann", "bob"], ["bob", "cid"]).save(path)
    >>> Graph.open(path)
    Graph(n=3, m=2, unweighted, ids 'ann' … 'cid')
    """
    sections: dict[str, NDArray[Any]] = {"records": graph.in_records, "neighbours": graph.in_neighbours}
    if graph.in_weights is not None:
        sections["weights"] = graph.in_weights
    if graph.names is not None:
        sections["names"] = _savable(graph.names)
    with replacing(path) as file:
        writer = Writer(file)
        for name, array in sections.items():
            writer.begin(name, array.dtype)
            writer.append(np.ascontiguousarray(array))
            writer.end(array.shape)
        writer.finish()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside `path`, which takes its place when all went well and is removed otherwise."""
    partial = f"{os.fspath(path)}.partial"
    try:
        with open(partial, "wb") as file:
            yield file
        os.replace(partial, path)
    except BaseException:
        os.unlink(partial)
        raise


class Writer:
    """Sections written one after the other, in as many pieces as wanted."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._table: list[dict[str, Any]] = []
        file.seek(_ROOM)

    def begin(self, name: str, dtype: np.dtype[Any]) -> None:
        """Start a section."""
        place = -(-self._file.tell() // _ALIGNED) * _ALIGNED
        self._file.seek(place)
        self._table.append({"name": name, "dtype": dtype.newbyteorder("<").str, "place": place})

    def append(self, array: NDArray[Any]) -> None:
        """Add to the section."""
        self._file.write(array.reshape(-1).view(np.uint8).data)

    def end(self, shape: tuple[int, ...]) -> None:
        """Close the section, whose shape is known now."""
        self._table[-1]["shape"] = list(shape)

    def finish(self) -> None:
        """Write the head: only now is the file a graph's."""
        size = self._file.tell()
        table = json.dumps(self._table).encode()
        self._file.truncate(size)
        self._file.seek(0)
        self._file.write(_HEAD.pack(MARK, VERSION, len(table), zlib.crc32(table), size))
        self._file.write(table)


def _savable(names: Names) -> NDArray[Any]:
    if names.ids.dtype.kind == "O":
        raise errors.UnsavableNames(
            "ids are objects of mixed kinds, which a file cannot keep: build the graph with texts or whole numbers"
        )
    return names.ids


def load(path: Path, *, verify: bool = False) -> Graph:
    """Map the graph of a file into memory.

    Parameters
    ----------
    path : path
        A file written by `Graph.save` or `build_file`.
    verify : bool
        Read the whole file and check that every list and every neighbour lies inside the graph: do so once with
        files that come from elsewhere.

    Returns
    -------
    Graph
        Whose arrays are read-only.

    Raises
    ------
    NotAGraphFile, WrongVersion, TruncatedFile
        Saying what was found and what to do.
    """
    where = os.fspath(path)
    with open(path, "rb") as file:
        table = _table_of(file, where)
    found = {section["name"]: _section(path, section) for section in table}
    graph = Graph(
        found["records"],
        found["neighbours"],
        found.get("weights"),
        Names(found["names"]) if "names" in found else None,
    )
    _check_ends(graph, where)
    if verify and not _consistent(graph.in_records, graph.in_neighbours):
        raise errors.TruncatedFile(f"{where} holds lists that leave the graph: it was damaged, write it again")
    return graph


def _table_of(file: BinaryIO, where: str) -> list[dict[str, Any]]:
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or head[:6] != MARK[:6]:
        raise errors.NotAGraphFile(f"{where} is no graph file: read edge lists with Graph.from_edges({where!r})")
    mark, version, length, check, size = _HEAD.unpack(head)
    if mark != MARK:
        raise errors.TruncatedFile(f"{where} was copied as if it were a text: copy it again, as a binary file")
    if version != VERSION:
        raise errors.WrongVersion(
            f"{where} is of version {version} and this package reads version {VERSION}: build it again from its arcs"
        )
    actual = file.seek(0, os.SEEK_END)
    if actual < size:
        raise errors.TruncatedFile(f"{where} has {actual:,} bytes of {size:,}: copy it again")
    file.seek(_HEAD.size)
    table = file.read(length)
    if zlib.crc32(table) != check:
        raise errors.TruncatedFile(f"{where} has a damaged head: copy it again")
    sections: list[dict[str, Any]] = json.loads(table)
    return sections


def _section(path: Path, section: dict[str, Any]) -> NDArray[Any]:
    shape = tuple(section["shape"])
    dtype = np.dtype(section["dtype"])
    if 0 in shape:
        return np.empty(shape, dtype)
    # A plain array over the mapping: compiled code knows no subclass of it.
    return np.asarray(np.memmap(path, dtype, "r", section["place"], shape))


def _check_ends(graph: Graph, where: str) -> None:
    """The last list ends where the neighbours do."""
    last = graph.in_records[-1].tolist()
    fine = last[0] + (last[1] << 32) + last[2] == graph.m
    if not fine or (graph.in_weights is not None and graph.in_weights.size != graph.m):
        raise errors.TruncatedFile(f"{where} holds lists that leave the graph: it was damaged, write it again")


@njit(nogil=True, cache=True)
def _consistent(records, neighbours):  # type: ignore[no-untyped-def]
    place = np.int64(0)
    for node in range(records.shape[0]):
        if start_of(records, node) != place:
            return False
        place += degree_of(records, node)
    if place != neighbours.size:
        return False
    return neighbours.size == 0 or neighbours.max() < records.shape[0]

"""Graphs larger than memory: arcs sorted on disk by target, then written list by list to a graph file.

Arcs are dealt into files by ranges of targets; a range too large for the memory granted is dealt again, cut where its
own counts say; every range that fits is sorted in memory and appended. Each arc is written and read two or three
times.
Source: distribution sort, Knuth, *The Art of Computer Programming*, volume 3, §5.4.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._layout import MAX_NODES, records_of
from .building import build_ranges, rule_of
from .graph import Graph
from .storing import Writer, load, replacing

_PARTS: Final = 128  # files open at once
_ROWS: Final = 1 << 22  # rows dealt at once
_COST: Final = 36  # bytes of memory per arc while a range is sorted, all copies together
_FLOOR: Final = 64 << 20

Chunk = tuple[Any, Any, Any]
Rows = NDArray[Any]


def build_file(
    chunks: Iterable[Chunk],
    path: str | os.PathLike[str],
    *,
    n: int,
    memory: int = 2 << 30,
    undirected: bool = False,
    duplicates: str = "sum",
    loops: str = "drop",
    progress: Callable[[int], None] | None = None,
) -> Graph:
    """Build a graph file from arcs that come in chunks, within a bound of memory.

    Parameters
    ----------
    chunks : iterable of (uint32[k], uint32[k], float32[k] or None)
        Sources, targets (indices below `n`) and weights; all chunks with weights, or none.
    path : path
        The file to write. Its folder also takes the temporary files: 8 bytes per arc (12 with weights), twice.
    n : int
        Number of nodes.
    memory : int
        Bytes to use for sorting, at least 64 MiB; 16 bytes per node come on top.
    undirected, duplicates, loops
        As for `Graph.from_edges`.
    progress : callable(arcs), optional
        Told the number of arcs taken in after each chunk.

    Returns
    -------
    Graph
        Opened from the file.

    Raises
    ------
    UnknownNode, UnequalColumns, DuplicateArc, SelfLoop, BadParameter

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import numpy as np
    >>> path = pathlib.Path(tempfile.mkdtemp(), "large.waggle")
    >>> halves = [(np.array([0, 1]), np.array([1, 2]), None), (np.array([2]), np.array([0]), None)]
    >>> build_file(halves, path, n=3)
    Graph(n=3, m=3, unweighted, ids 0 … 2)
    """
    if memory < _FLOOR:
        raise errors.BadParameter(f"memory is {memory:,} bytes: grant at least {_FLOOR:,}")
    if not 0 < n <= MAX_NODES:
        raise errors.TooManyNodes(f"n is {n:,}: indices are 32 bits wide, give from 1 to {MAX_NODES:,} nodes")
    rule = rule_of(duplicates, loops)
    where = Path(path)
    folder = Path(tempfile.mkdtemp(prefix=".waggle-", dir=where.parent))
    try:
        job = _Job(folder, n, memory, rule, loops == "refuse")
        weighted, parts = job.take_in(chunks, undirected, progress)
        _write(job.ranges(parts), where, n, weighted)
    finally:
        shutil.rmtree(folder)
    return load(path)


@dataclass(frozen=True)
class _Part:
    """A file of arcs whose targets lie in a range."""

    path: Path
    low: int
    high: int


@dataclass
class _Job:
    """What is fixed during one build."""

    folder: Path
    n: int
    memory: int
    rule: int
    refuse_loops: bool
    kind: np.dtype[Any] = field(default_factory=lambda: np.dtype([]))
    made: int = 0

    def take_in(
        self, chunks: Iterable[Chunk], undirected: bool, progress: Callable[[int], None] | None
    ) -> tuple[bool, list[_Part]]:
        """Deal every arc to the file of its target's range."""
        bounds = np.linspace(0, self.n, min(_PARTS, self.n) + 1).astype(np.int64)
        return self._deal(self._pieces(chunks, undirected, progress), bounds)

    def _pieces(
        self, chunks: Iterable[Chunk], undirected: bool, progress: Callable[[int], None] | None
    ) -> Iterator[Rows]:
        taken = 0
        for sources, targets, weights in chunks:
            # Through a graph's own checks, a bounded number of rows at a time.
            for start in range(0, len(sources), _ROWS):
                cut = slice(start, start + _ROWS)
                rows = self._checked((sources[cut], targets[cut], None if weights is None else weights[cut]), taken)
                yield rows
                if undirected:
                    yield _turned(rows)
                taken += len(rows)
            if progress:
                progress(taken)

    def _checked(self, chunk: Chunk, row: int) -> Rows:
        from .graph import checked_columns

        sources, targets, weights = checked_columns(*chunk, self.n, row)
        if self.refuse_loops and (sources == targets).any():
            at = int(np.argmax(sources == targets))
            raise errors.SelfLoop(
                f"row {row + at} leads from node {sources[at]} to itself: remove it, or say loops='drop'"
            )
        fields = [("source", "<u4"), ("target", "<u4")] + [("weight", "<f4")] * (weights is not None)
        if self.kind.names and self.kind != np.dtype(fields):
            raise errors.UnequalColumns(f"from row {row} on weights come or go: give them for all arcs, or for none")
        self.kind = np.dtype(fields)
        rows = np.empty(sources.size, self.kind)
        rows["source"], rows["target"] = sources, targets
        if weights is not None:
            rows["weight"] = weights
        return rows

    def _deal(self, pieces: Iterable[Rows], bounds: NDArray[np.int64]) -> tuple[bool, list[_Part]]:
        parts = [self._part(int(low), int(high)) for low, high in pairwise(bounds)]
        files = [open(part.path, "wb") for part in parts]  # noqa: SIM115 - closed below, all of them
        try:
            for rows in pieces:
                order, ends = _by_part(np.ascontiguousarray(rows["target"]), bounds)
                dealt = rows[order]
                for file, (start, end) in zip(files, pairwise(ends), strict=True):
                    file.write(memoryview(dealt[start:end]).cast("B") if end > start else b"")
        finally:
            for file in files:
                file.close()
        return "weight" in (self.kind.names or ()), parts

    def _part(self, low: int, high: int) -> _Part:
        self.made += 1
        return _Part(self.folder / str(self.made), low, high)

    def ranges(self, parts: list[_Part]) -> Iterator[tuple[Any, ...]]:
        """The sorted lists of consecutive ranges of targets: (degrees, neighbours, weights or None)."""
        for part in parts:
            size = part.path.stat().st_size
            if size // max(self.kind.itemsize, 1) * _COST > self.memory and part.high - part.low > 1:
                yield from self.ranges(self._cut(part))
            else:
                rows = np.fromfile(part.path, self.kind) if size else np.empty(0, self.kind)
                part.path.unlink()
                yield build_ranges(_columns(rows), part.low, part.high, self.rule)

    def _cut(self, part: _Part) -> list[_Part]:
        """Deal a part again, into ranges of about equal numbers of arcs."""
        rows = np.memmap(part.path, self.kind, "r")
        pieces = [rows[start : start + _ROWS] for start in range(0, rows.size, _ROWS)]
        counts = np.zeros(part.high - part.low, np.int64)
        for piece in pieces:
            counts += np.bincount(piece["target"].astype(np.int64) - part.low, minlength=counts.size)
        sums = np.cumsum(counts)
        wanted = np.arange(1, _PARTS) * (sums[-1] / _PARTS)
        inner = np.searchsorted(sums, wanted) + 1 + part.low
        # Cut before and after each place: one target may outweigh all others, and must end up alone.
        bounds = np.unique(np.clip([part.low, *inner, *(inner - 1), part.high], part.low, part.high))
        _, smaller = self._deal(pieces, bounds)
        part.path.unlink()
        return smaller


def _turned(rows: Rows) -> Rows:
    other = rows.copy()
    other["source"], other["target"] = rows["target"], rows["source"]
    return other


def _columns(rows: Rows) -> tuple[Any, Any, Any]:
    weights = np.ascontiguousarray(rows["weight"]) if "weight" in (rows.dtype.names or ()) else None
    if not rows.dtype.names:
        return np.empty(0, np.uint32), np.empty(0, np.uint32), None
    return np.ascontiguousarray(rows["source"]), np.ascontiguousarray(rows["target"]), weights


def _write(ranges: Iterator[tuple[Any, ...]], path: Path, n: int, weighted: bool) -> None:
    """Append the lists to the file as they come; weights wait beside it, for they follow the neighbours."""
    offsets = np.zeros(n + 1, np.uint64)
    node = size = 0
    with replacing(path) as file, tempfile.TemporaryFile(dir=path.parent) as beside:
        writer = Writer(file)
        writer.begin("neighbours", np.dtype(np.uint32))
        for degrees, neighbours, weights in ranges:
            offsets[node + 1 : node + degrees.size + 1] = degrees
            node += degrees.size
            size += neighbours.size
            writer.append(neighbours)
            if weights is not None:
                beside.write(memoryview(weights).cast("B"))
        writer.end((size,))
        np.cumsum(offsets, out=offsets)
        writer.begin("records", np.dtype(np.uint32))
        writer.append(records_of(offsets, -1.0))
        writer.end((n, 4))
        if weighted:
            _copy_weights(writer, beside, size)
        writer.finish()


def _copy_weights(writer: Writer, beside: Any, size: int) -> None:
    beside.seek(0)
    writer.begin("weights", np.dtype(np.float32))
    while block := beside.read(1 << 24):
        writer.append(np.frombuffer(block, np.uint8))
    writer.end((size,))


@njit(nogil=True, cache=True)
def _by_part(targets, bounds):  # type: ignore[no-untyped-def]
    """Rows in the order of the parts of their targets (a stable counting sort), and where each part ends."""
    parts = bounds.size - 1
    which = np.empty(targets.size, np.uint16)
    ends = np.zeros(parts + 1, np.int64)
    for row in range(targets.size):
        low, high = 0, parts
        while high - low > 1:
            middle = (low + high) // 2
            if np.int64(targets[row]) < bounds[middle]:
                high = middle
            else:
                low = middle
        which[row] = low
        ends[low + 1] += 1
    for part in range(parts):
        ends[part + 1] += ends[part]
    cursor = ends[:-1].copy()
    order = np.empty(which.size, np.int64)
    for row in range(which.size):
        order[cursor[which[row]]] = row
        cursor[which[row]] += 1
    return order, ends

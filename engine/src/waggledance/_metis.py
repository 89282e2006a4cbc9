"""METIS files: a header "nodes edges [format [weights per node]]", then a line of neighbours per node.

Source: Karypis, *METIS, a software package for partitioning unstructured graphs*, manual 5.1, §4.1.1.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from . import errors
from ._blocks import Blocks, open_blocks

Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32] | None, int, int]

_NEWLINE, _RETURN, _TAB, _SPACE, _PERCENT = 10, 13, 9, 32, 37
_FINE, _NO_NUMBER, _OUTSIDE, _HALF = 0, 1, 2, 3


@dataclass(frozen=True)
class _Header:
    """What the first line says."""

    nodes: int
    edges: int
    sizes: int  # numbers before the neighbours of a node
    weighted: bool
    skipped: int  # lines up to the first node's


def read_metis(path: str | os.PathLike[str], progress: Callable[[int, int], None] | None) -> Found:
    """Sources, targets (1 … n), weights or None, number of nodes, first id."""
    with open_blocks(path, progress) as blocks:
        header = _header_of(blocks)
        capacity = 2 * header.edges
        found = (np.empty(capacity, np.int64), np.empty(capacity, np.int64), np.empty(capacity * header.weighted))
        node = made = 0
        for block in blocks.rows(header.skipped):
            shape = (header.nodes, header.sizes, header.weighted)
            status, node, made = _parse_nodes(block, shape, found, (node, made))
            if status != _FINE:
                raise _refusal(status, blocks.path, header, node)
    if node < header.nodes or made != capacity:
        raise errors.TruncatedFile(
            f"{blocks.path} announces {header.nodes:,} nodes and {header.edges:,} edges and has {node:,} nodes and "
            f"{made / 2:,.0f} edges: fetch it again or mend its first line"
        )
    weights = found[2].astype(np.float32) if header.weighted else None
    return found[0], found[1], weights, header.nodes, 1


def _header_of(blocks: Blocks) -> _Header:
    for number, line in enumerate(blocks.head().decode("utf-8", "replace").splitlines()):
        if not line.strip() or line.startswith("%"):
            continue
        fields = line.split()
        if not 2 <= len(fields) <= 4 or not all(field.isdigit() for field in fields):
            raise errors.NotAGraphFile(
                f"{blocks.path}, line {number + 1} says {line.strip()[:60]!r}: a METIS file starts with its numbers "
                "of nodes and of edges; say kind='text' if it is an edge list"
            )
        flags = fields[2].zfill(3) if len(fields) > 2 else "000"
        per_node = int(fields[3]) if len(fields) > 3 else int(flags[1] == "1")
        sizes = int(flags[0] == "1") + per_node
        if not int(fields[0]):
            break
        return _Header(int(fields[0]), int(fields[1]), sizes, flags[2] == "1", number + 1)
    raise errors.EmptyGraph(f"{blocks.path} has no node: a METIS file starts with its numbers of nodes and of edges")


def _refusal(status: int, path: str, header: _Header, node: int) -> errors.EngineError:
    where = f"{path}, node {node + 1}"
    if status == _OUTSIDE:
        return errors.UnknownNode(f"{where} has a neighbour outside 1 … {header.nodes:,}: mend its line")
    if status == _HALF:
        return errors.BadRow(f"{where} has a neighbour without its weight, or more neighbours than announced")
    return errors.BadRow(f"{where}: its line holds something else than whole numbers: mend it")


@njit(nogil=True, cache=True)
def _parse_nodes(block, shape, found, done):  # type: ignore[no-untyped-def]
    """Read the lines of a block; returns (status, nodes read, arcs made)."""
    nodes, sizes, weighted = shape
    sources, targets, weights = found
    node, made = done
    position, size = 0, block.size
    while position < size:
        if block[position] == _PERCENT:
            while block[position] != _NEWLINE:
                position += 1
            position += 1
            continue
        field, neighbour = 0, np.int64(0)
        while block[position] != _NEWLINE:
            byte = block[position]
            if byte == _SPACE or byte == _TAB or byte == _RETURN:
                position += 1
                continue
            value, start = np.int64(0), position
            while 48 <= block[position] <= 57 and position - start < 18:
                value = value * np.int64(10) + np.int64(block[position] - 48)
                position += 1
            after = block[position]
            if position == start or not (after == _SPACE or after == _TAB or after == _RETURN or after == _NEWLINE):
                return _NO_NUMBER, node, made
            field += 1
            if field <= sizes:
                continue
            if weighted and (field - sizes) % 2 == 0:
                weights[made - 1] = value
                continue
            neighbour = value
            if neighbour < 1 or neighbour > nodes or node >= nodes:
                return _OUTSIDE, node, made
            if made == sources.size:
                return _HALF, node, made
            sources[made], targets[made] = node + 1, neighbour
            made += 1
        if weighted and field > sizes and (field - sizes) % 2 == 1:
            return _HALF, node, made
        position += 1
        if node < nodes:
            node += 1
    return _FINE, node, made

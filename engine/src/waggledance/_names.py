"""Ids of any type on the outside, 0 … n−1 on the inside.

Indices follow the order of the ids, so that the same arcs give the same graph whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._layout import MAX_NODES

Indices = NDArray[np.uint32]
_DENSE = 4  # a map of all ids up to the largest is worth it up to this many per row


@dataclass(frozen=True, eq=False)
class Names:
    """The ids of a graph's nodes, in the order of their indices.

    Attributes
    ----------
    ids : ndarray[n]
        Sorted when `ordered`, so that looking up is a bisection; else looked up in a dictionary.
    ordered : bool
        Whether the ids have an order (numbers, texts, dates).
    """

    ids: NDArray[Any]
    ordered: bool = True

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {one: index for index, one in enumerate(self.ids.tolist())}

    def index_of(self, wanted: ArrayLike) -> Indices:
        """Indices of ids; `UnknownNode` for the first that is not among them."""
        asked = wanted if isinstance(wanted, np.ndarray) else as_ids(wanted)
        if not self.ordered:
            return self._by_dictionary(asked)
        if asked.size and not _comparable(asked.dtype, self.ids.dtype):
            raise unknown(asked.flat[0], self.ids)
        places = np.searchsorted(self.ids, asked)
        found = self.ids[np.minimum(places, self.ids.size - 1)] == asked
        if not np.all(found):
            raise unknown(asked[np.argmin(found)], self.ids)
        return places.astype(np.uint32)

    def _by_dictionary(self, asked: NDArray[Any]) -> Indices:
        places = self._places
        try:
            return np.fromiter((places[one] for one in asked.tolist()), np.uint32, asked.size)
        except KeyError as missing:
            raise unknown(missing.args[0], self.ids) from None


def unequal(sources: int, targets: int) -> errors.UnequalColumns:
    """The refusal of columns of different lengths."""
    return errors.UnequalColumns(f"{sources:,} sources and {targets:,} targets: give as many of one as of the other")


def unknown(found: Any, ids: NDArray[Any] | range) -> errors.UnknownNode:
    """The refusal of an id that is not among those given."""
    some = ", ".join(repr(_plain(one)) for one in ids[:3])
    return errors.UnknownNode(
        f"no node is called {_plain(found)!r}: ids here look like {some} (there are {len(ids):,})"
    )


def as_ids(values: Any) -> NDArray[Any]:
    """An array of ids from anything list-like; ids of mixed kinds stay objects."""
    if isinstance(values, (str, bytes)) or not isinstance(values, (Iterable, np.ndarray)):
        values = [values]
    array = values if isinstance(values, np.ndarray) else _from_list(values)
    if array.ndim != 1:
        raise errors.BadParameter(f"ids have {array.ndim} dimensions: give a flat column")
    if array.dtype.kind == "f":
        return _from_floats(array)
    return _texts(array) if array.dtype.kind == "O" else array


def encode(sources: Any, targets: Any) -> tuple[Indices, Indices, Names | None, int]:
    """Indices of both columns, the names unless ids are 0 … n−1 already, and the number of nodes."""
    left, right = as_ids(sources), as_ids(targets)
    if left.size != right.size:
        raise unequal(left.size, right.size)
    if left.dtype.kind in "iu" and right.dtype.kind in "iu":
        return _encode_integers(left, right)
    if "O" in (left.dtype.kind, right.dtype.kind) or not _comparable(left.dtype, right.dtype):
        return _encode_objects(left.tolist(), right.tolist())
    ids, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    _check_room(ids.size)
    indices = places.astype(np.uint32)
    return indices[: left.size], indices[left.size :], Names(ids), ids.size


def _encode_integers(left: NDArray[Any], right: NDArray[Any]) -> tuple[Indices, Indices, Names | None, int]:
    if not left.size:
        return left.astype(np.uint32), right.astype(np.uint32), None, 0
    low = min(int(left.min()), int(right.min()))
    high = max(int(left.max()), int(right.max()))
    if low < 0 or high >= _DENSE * max(left.size, 1 << 16):
        ids = np.union1d(np.unique(left), np.unique(right))
        _check_room(ids.size)
        return _places(ids, left), _places(ids, right), Names(ids), ids.size
    ranks = np.zeros(high + 1, np.uint32)
    count = _rank(left, right, ranks)
    _check_room(count)
    if count == high + 1:
        return _narrow(left), _narrow(right), None, count
    ids = np.flatnonzero(_present(ranks))
    return ranks[left] - np.uint32(1), ranks[right] - np.uint32(1), Names(ids), count


def _places(ids: NDArray[Any], asked: NDArray[Any]) -> Indices:
    return np.searchsorted(ids, asked).astype(np.uint32)


def _narrow(column: NDArray[Any]) -> Indices:
    return np.ascontiguousarray(column, dtype=np.uint32)


def _present(ranks: Indices) -> NDArray[np.bool_]:
    return ranks > 0


@njit(nogil=True, cache=True)
def _rank(left, right, ranks):  # type: ignore[no-untyped-def]
    """Mark what occurs, then number it from one in increasing order; returns how many occur."""
    for value in left:
        ranks[value] = 1
    for value in right:
        ranks[value] = 1
    count = np.int64(0)
    for value in range(ranks.size):
        if ranks[value]:
            count += 1
            ranks[value] = count
    return count


def _encode_objects(left: list[Any], right: list[Any]) -> tuple[Indices, Indices, Names | None, int]:
    """Ids without a common order are numbered as they come."""
    places: dict[Any, int] = {}
    try:
        numbers = [places.setdefault(one, len(places)) for one in (*left, *right)]
    except TypeError as refusal:
        raise errors.BadParameter(f"an id cannot be looked up ({refusal}): give flat columns of ids") from None
    both = np.array(numbers, np.uint32)
    ids = np.empty(len(places), object)
    ids[:] = list(places)
    return both[: len(left)], both[len(left) :], Names(ids, ordered=False), len(places)


def _check_room(count: int) -> None:
    if count > MAX_NODES:
        raise errors.TooManyNodes(
            f"{count:,} different ids, and indices are 32 bits wide: at most {MAX_NODES:,}; split the graph"
        )


def _comparable(one: np.dtype[Any], other: np.dtype[Any]) -> bool:
    numbers = "iufb"
    return one.kind == other.kind or (one.kind in numbers and other.kind in numbers)


def _from_list(values: Iterable[Any]) -> NDArray[Any]:
    rows: Sequence[Any] = values if isinstance(values, Sequence) else list(values)
    kinds = {type(one) for one in rows}
    if len(kinds) <= 1 and kinds <= {int, str, float, bytes}:
        try:
            return np.array(rows, dtype=np.int64 if kinds == {int} or not kinds else None)
        except OverflowError:
            pass
    array = np.empty(len(rows), object)
    array[:] = rows
    return array


def _from_floats(array: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers read as floats are integers again; anything else is no id."""
    bad = ~(np.isfinite(array) & (array == np.floor(array)) & (np.abs(array) < 2**53))
    if bad.any():
        row = int(np.argmax(bad))
        raise errors.UnknownNode(f"row {row} has {array[row]} for an id: ids are whole numbers, texts or objects")
    return array.astype(np.int64)


def _texts(array: NDArray[Any]) -> NDArray[Any]:
    """Objects that are all texts are an array of texts, and all integers an array of integers."""
    kinds = {type(one) for one in array.tolist()}
    missing = kinds & {type(None), float}
    if missing:
        row = next(i for i, one in enumerate(array.tolist()) if type(one) in missing)
        raise errors.UnknownNode(f"row {row} has {array[row]} for an id: fill it or remove the row")
    if kinds == {str}:
        return array.astype(np.str_)
    try:
        return array.astype(np.int64) if kinds == {int} else array
    except OverflowError:
        return array  # numbers too large for 64 bits are ids all the same


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value

"""Covers: circles or communities as offsets and members, and turned round to who is in which."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Protocol

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .graph import Graph

Offsets = NDArray[np.int64]
Indices = NDArray[np.uint32]


class Cover(Protocol):
    """Anything that has circles: `Circles`, `Partition`."""

    @property
    def graph(self) -> Graph:
        """Where ids come from."""

    @property
    def offsets(self) -> Offsets:
        """Circle `c` has the members `members[offsets[c]:offsets[c + 1]]`."""

    @property
    def members(self) -> Indices:
        """Indices of members, increasing within a circle."""


def by_member(offsets: Offsets, members: Indices, n: int) -> tuple[Offsets, Indices]:
    """Who is in which: starts per member, then numbers of circles, increasing."""
    starts = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(members, minlength=n), out=starts[1:])
    circles = np.empty(members.size, np.uint32)
    _turn(offsets, members, starts, circles)
    return starts, circles


def overlaps(one: tuple[Offsets, Indices], other: tuple[Offsets, Indices], n: int) -> NDArray[np.int64]:
    """Every pair of circles with members in common: int64[pairs, 3] of one, other, members shared."""
    turned = by_member(*other, n)
    shared = np.zeros(other[0].size - 1, np.int64)
    pairs = np.empty((_pair_up(one, turned, shared, np.empty((0, 3), np.int64)), 3), np.int64)
    _pair_up(one, turned, shared, pairs)
    return pairs


@njit(nogil=True, cache=True)
def _turn(offsets, members, starts, circles):
    cursor = starts[:-1].copy()
    for circle in range(offsets.size - 1):
        for place in range(offsets[circle], offsets[circle + 1]):
            circles[cursor[members[place]]] = circle
            cursor[members[place]] += 1


@njit(nogil=True, cache=True)
def _pair_up(one, turned, shared, pairs):
    """Count the pairs, and write those there is room for; `shared` is zero before and after."""
    offsets, members = one
    starts, circles = turned
    count = 0
    for circle in range(offsets.size - 1):
        for place in range(offsets[circle], offsets[circle + 1]):
            member = np.int64(members[place])
            for at in range(starts[member], starts[member + 1]):
                shared[circles[at]] += 1
        for place in range(offsets[circle], offsets[circle + 1]):
            member = np.int64(members[place])
            for at in range(starts[member], starts[member + 1]):
                match = circles[at]
                if not shared[match]:
                    continue
                if count < pairs.shape[0]:
                    pairs[count, 0] = circle
                    pairs[count, 1] = match
                    pairs[count, 2] = shared[match]
                count += 1
                shared[match] = 0
    return count

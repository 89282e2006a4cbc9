"""The 16-byte record of a node, and how kernels read it.

A visited node costs one cache line for its record and one for its neighbours. A record is four 32-bit words: the
start of its in-list (low, high), its in-degree, and P(no in-arc is live) as a fraction of 2**32.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

START_LOW, START_HIGH, DEGREE, THRESHOLD = 0, 1, 2, 3
MAX_NODES = 2**32 - 2  # 2**32 − 1 marks "no node" in kernels
NOBODY = np.uint32(0xFFFFFFFF)

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

Records = NDArray[np.uint32]


@njit(inline="always")
def start_of(records, node):
    """First position (int64) of the node's list in the neighbours."""
    return np.int64(np.uint64(records[node, 0]) | (np.uint64(records[node, 1]) << _S32))


@njit(inline="always")
def degree_of(records, node):
    """Length (int64) of the node's list."""
    return np.int64(records[node, 2])


@njit(inline="always")
def threshold_of(records, node):
    """P(no live in-arc) as a 32-bit fraction (uint32): a uniform 32-bit word below it means that none is."""
    return records[node, 3]


@njit(inline="always")
def write_record(records, node, start, degree, threshold):
    """Fill one record."""
    word = np.uint64(start)
    records[node, 0] = np.uint32(word & _LOW)
    records[node, 1] = np.uint32(word >> _S32)
    records[node, 2] = np.uint32(degree)
    records[node, 3] = np.uint32(threshold)


@njit(inline="always")
def fraction(probability):
    """A probability as a 32-bit fraction, the certain event rounded down to 1 − 2**-32."""
    return np.uint32(min(max(probability, 0.0) * 4294967296.0, 4294967295.0))


@njit(inline="always")
def none_live(degree, probability):
    """P(none of `degree` independent arcs of equal probability is live)."""
    if degree == 0 or probability <= 0.0:
        return 1.0
    if probability >= 1.0:
        return 0.0
    return math.exp(degree * math.log1p(-probability))


@njit(nogil=True, cache=True)
def offsets_of(records):
    """The starts of all lists and the end of the last, uint64[n + 1]."""
    count = records.shape[0]
    offsets = np.zeros(count + 1, np.uint64)
    for node in range(count):
        offsets[node + 1] = offsets[node] + np.uint64(records[node, 2])
    return offsets


@njit(nogil=True, cache=True)
def records_of(offsets, probability):
    """Records of consecutive lists; arcs live with `probability`, or 1 / in-degree when it is negative."""
    count = offsets.size - 1
    records = np.empty((count, 4), np.uint32)
    for node in range(count):
        degree = np.int64(offsets[node + 1] - offsets[node])
        one = probability if probability >= 0.0 or degree == 0 else 1.0 / degree
        write_record(records, node, offsets[node], degree, fraction(none_live(degree, one)))
    return records

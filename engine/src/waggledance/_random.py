"""Counter-based random numbers: the same question gets the same answer in any order, on any number of threads.

A draw is a function of three integers: the seed of the run, the stream (a cascade, a sampled set) and the counter of
the draw in its stream. Nothing is carried over from draw to draw, so work can be cut anywhere without a trace in the
result. Within a stream the numbers are those of SplitMix64 (Steele, Lea and Flood, 2014) started at a hashed key,
with the finaliser's constants of Stafford's variant 13.

`key(seed, stream)` once, then `draw(key, counter)` as often as wanted, is `mix(seed, stream, counter)` at a third of
the price.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np
from numba import njit

_GOLD = np.uint64(0x9E3779B97F4A7C15)
_SILVER = np.uint64(0xD1B54A32D192ED03)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S27 = np.uint64(27)
_S30 = np.uint64(30)
_S31 = np.uint64(31)
_S32 = np.uint64(32)
_S11 = np.uint64(11)
_LOW = np.uint64(0xFFFFFFFF)
_UNIT = 1.0 / 9007199254740992.0  # 2**-53


@njit(inline="always")
def scramble(word):
    """Spread every bit of a 64-bit word over all of them (a bijection)."""
    word = (word ^ (word >> _S30)) * _FIRST
    word = (word ^ (word >> _S27)) * _SECOND
    return word ^ (word >> _S31)


@njit(inline="always")
def key(seed, stream):
    """The 64-bit key of one stream of one run."""
    return scramble(scramble(np.uint64(seed) + _GOLD) ^ (np.uint64(stream) * _SILVER + _GOLD))


@njit(inline="always")
def draw(stream_key, counter):
    """64 random bits: draw number `counter` of the stream whose key is given."""
    return scramble(stream_key + (np.uint64(counter) + np.uint64(1)) * _GOLD)


@njit(inline="always")
def mix(seed, stream, counter):
    """64 random bits for (seed, stream, counter)."""
    return draw(key(seed, stream), counter)


@njit(inline="always")
def unit(word):
    """A float64 in [0, 1), a multiple of 2**-53, from 64 random bits."""
    return np.float64(word >> _S11) * _UNIT


@njit(inline="always")
def bounded(word, size):
    """An integer in [0, size) from the high 32 bits of a word; size below 2**32.

    Multiplication and shift (Lemire, 2019) without the rejection step: the bias is below size / 2**32 relative.
    """
    return np.uint32(((word >> _S32) * np.uint64(size)) >> _S32)


@njit(inline="always")
def low32(word):
    """The low 32 bits, independent of those `bounded` reads."""
    return np.uint32(word & _LOW)

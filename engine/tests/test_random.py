"""Random numbers that hang on their counters alone, and look random all the same."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy import stats

from waggledance._random import bounded, draw, key, low32, mix, scramble, unit

pytestmark = pytest.mark.large


@njit
def words(seeds, streams, counters):
    found = np.empty(seeds.size * streams.size * counters.size, np.uint64)
    place = 0
    for seed in seeds:
        for stream in streams:
            for counter in counters:
                found[place] = mix(seed, stream, counter)
                place += 1
    return found


@njit
def units(given):
    return np.array([unit(word) for word in given])


@njit
def below(given, size):
    return np.array([bounded(word, size) for word in given])


@njit
def lows(given):
    return np.array([low32(word) for word in given])


@njit
def agree():
    return draw(key(3, 5), 7) == mix(3, 5, 7) and scramble(np.uint64(0)) == np.uint64(0)


AXES = {
    "counters": (np.arange(1), np.arange(1), np.arange(200_000)),
    "streams": (np.arange(1), np.arange(200_000), np.arange(1)),
    "seeds": (np.arange(200_000), np.arange(1), np.arange(1)),
    "all": (np.arange(50), np.arange(60), np.arange(70)),
}


@pytest.mark.parametrize("axis", AXES)
def test_words_are_uniform_along_every_axis(axis):
    found = words(*AXES[axis])
    assert np.unique(found).size == found.size
    assert stats.kstest(units(found), "uniform").pvalue > 1e-4
    for shift in (0, 8, 24, 40, 56):
        counts = np.bincount((found >> np.uint64(shift)).astype(np.uint8), minlength=256)
        assert stats.chisquare(counts).pvalue > 1e-4
    pairs = np.histogram2d(units(found[:-1]), units(found[1:]), bins=16)[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4
    assert abs(np.corrcoef(lows(found), units(found))[0, 1]) < 0.02


def test_neighbouring_inputs_change_half_of_the_bits():
    found = words(np.arange(20), np.arange(20), np.arange(50)).reshape(20, 20, 50)
    for axis in range(3):
        changed = np.bitwise_count(found.take(range(1, 20), axis) ^ found.take(range(19), axis))
        assert changed.mean() == pytest.approx(32, abs=0.35)


def test_bounded_numbers_are_uniform():
    found = below(words(*AXES["all"]), 37)
    assert found.max() == 36
    assert stats.chisquare(np.bincount(found)).pvalue > 1e-4
    assert below(words(*AXES["all"])[:100], 1).tolist() == [0] * 100


def test_a_key_and_a_draw_are_a_mix():
    assert agree()

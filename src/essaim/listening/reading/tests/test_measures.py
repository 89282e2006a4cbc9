from __future__ import annotations

import numpy as np
import pytest

from essaim.listening.reading import measures


def test_macro_f1_by_hand():
    true, said = np.array([0, 0, 1, 1, 1, 2]), np.array([0, 1, 1, 1, 0, 2])
    table = measures.confusion(true, said, 3)
    assert table.tolist() == [[1, 1, 0], [1, 2, 0], [0, 0, 1]]
    assert measures.f1_per_class(table) == pytest.approx([1 / 2, 2 / 3, 1])
    assert measures.macro_f1(table) == pytest.approx((1 / 2 + 2 / 3 + 1) / 3)


def test_a_class_neither_met_nor_said_does_not_count():
    table = measures.confusion(np.array([0, 1]), np.array([0, 1]), 3)
    assert measures.macro_f1(table) == 1


def test_the_interval_holds_the_value_and_shrinks_with_n():
    few = np.tile([0, 1, 1, 2], 10)
    said = np.tile([0, 1, 2, 2], 10)
    low, high = measures.interval(few, said, 3)
    value = measures.macro_f1(measures.confusion(few, said, 3))
    more_low, more_high = measures.interval(np.tile(few, 10), np.tile(said, 10), 3)
    assert low < value < high
    assert more_high - more_low < (high - low) / 2
    assert measures.interval(few, said, 3) == (low, high)


def test_a_share_is_corrected_for_the_readers_errors():
    # of 1,000 texts 300 are negative; a reader finds 80 % of them and blames 10 % of the others
    found = (300 * 0.8 + 700 * 0.1) / 1000
    assert measures.corrected_share(found, 0.8, 0.9) == pytest.approx(0.3)
    assert measures.corrected_share(0.02, 0.8, 0.9) == 0
    assert measures.corrected_share(0.5, 0.5, 0.5) is None


def test_sensitivity_and_specificity_by_hand():
    table = np.array([[8, 2], [3, 87]])
    assert measures.rates(table, 0) == (0.8, pytest.approx(87 / 90))


def test_kappa_by_hand():
    assert measures.kappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]) == pytest.approx(0.5)
    assert measures.kappa(["a", "b"], ["a", "b"]) == 1


def test_calibration_of_a_reader_that_knows_itself():
    confidence = np.repeat([0.2, 0.4, 0.6, 0.8, 1.0], 100)
    right = np.concatenate([np.arange(100) < share * 100 for share in (0.2, 0.4, 0.6, 0.8, 1.0)])
    assert measures.expected_error(measures.calibration(confidence, right)) == pytest.approx(0)


def test_wilson_keeps_within_bounds():
    low, high = measures.wilson(0, 10)
    assert (low, round(high, 3)) == (0, 0.278)
    assert measures.wilson(0, 0) == (0, 1)


def test_a_difference_is_that_of_both_figures_on_the_same_texts():
    true, good = np.repeat([0, 1, 2], 50), np.repeat([0, 1, 2, 0], [50, 50, 40, 10])
    bad = np.zeros(150, int)
    found = measures.difference(true, good, bad, 3)
    one, other = (measures.macro_f1(measures.confusion(true, said, 3)) for said in (good, bad))
    assert found["by"] == pytest.approx(one - other)
    assert 0 < found["low"] < found["by"] < found["high"] < 1
    assert found["n"] == 150


def test_a_difference_from_oneself_is_nothing():
    true, said = np.repeat([0, 1], 20), np.tile([0, 1], 20)
    assert measures.difference(true, said, said, 2) == {"by": 0, "low": 0, "high": 0, "n": 40}


def test_who_errs_on_the_same_texts_is_compared_more_finely_than_two_intervals_tell():
    true = np.repeat([0, 1], 200)
    said = np.where(np.arange(400) % 4, true, 1 - true)
    better = np.where(np.arange(400) % 12, said, true)
    low, high = measures.interval(true, said, 2)
    found = measures.difference(true, better, said, 2)
    assert found["low"] > 0
    assert low < measures.macro_f1(measures.confusion(true, better, 2)) - found["by"] < high


def test_kappa_has_an_interval():
    first, second = ["a", "b"] * 30, ["a", "b"] * 27 + ["b", "a"] * 3
    low, high = measures.kappa_interval(first, second)
    assert measures.kappa(first, second) == pytest.approx(0.8)
    assert 0.6 < low < 0.8 < high < 1

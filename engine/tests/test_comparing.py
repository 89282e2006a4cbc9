"""Forecasts beside baselines; concentration of influence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from waggledance import compare, democratisation, effective_number, errors, gini
from waggledance.comparing import spearman

amounts = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=50))
@settings(max_examples=100, deadline=None)
def test_rank_correlation_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert math.isnan(spearman(one, other))
    else:
        assert spearman(one, other) == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-9)


@given(amounts)
@settings(max_examples=200, deadline=None)
def test_gini_is_half_the_relative_mean_difference(values: list[float]) -> None:
    total = sum(values)
    apart = sum(abs(a - b) for a in values for b in values)
    assert gini(values) == pytest.approx(apart / (2 * len(values) * total) if total else 0.0, abs=1e-9)


@given(amounts)
@settings(max_examples=200, deadline=None)
def test_the_effective_number_is_between_one_and_those_who_have_any(values: list[float]) -> None:
    some = [value for value in values if value > 1e-3]
    number = effective_number(some or [0.0])
    assert 1 - 1e-9 <= number <= len(some) + 1e-9 if some else number == 0.0


def test_a_perfect_forecast_has_no_error_and_beats_the_baselines() -> None:
    sizes = np.arange(5, 105)
    found = compare(sizes, sizes, seeds=np.ones(100), mean_size=50.0, interval=(sizes - 1, sizes + 1))
    first = found.scores[0]
    assert (first.bias, first.mae, first.log_ratio, first.spearman) == (0.0, 0.0, 0.0, 1.0)
    assert found.coverage == 1.0
    assert found.beats_baselines
    assert [one.count for one in found.deciles] == [10] * 10
    assert all(one.predicted == one.measured for one in found.deciles)
    assert [one.name for one in found.scores] == ["forecast", "seeds only", "mean size"]
    assert found.to_polars()["mae"].to_list()[1] == (sizes - 1).mean()
    assert not compare([1, 9], [5, 6], seeds=[4, 5], mean_size=5).beats_baselines


def test_other_forecasts_stand_beside() -> None:
    found = compare([3, 4], [2, 8], seeds=[1, 1], mean_size=4, others={"credit": [2, 8]})
    assert found.scores[1].name == "credit"
    assert found.scores[1].mae == 0.0
    assert found.to_dict()["beats_baselines"] is False
    assert found.coverage is None


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(errors.UnequalColumns, match="1 values of seeds for 2 measured"):
        compare([1, 2], [1, 2], seeds=[1], mean_size=1)
    with pytest.raises(errors.BadParameter, match="measured size 1 is 0"):
        compare([1, 2], [1, 0], seeds=[1, 1], mean_size=1)
    with pytest.raises(errors.BadParameter, match="no cascade"):
        compare([], [], seeds=[], mean_size=1)
    with pytest.raises(errors.BadParameter, match="predicted of cascade 0 is nan"):
        compare([math.nan, 2], [1, 2], seeds=[1, 1], mean_size=1)


def test_influence_that_spreads_is_seen_to() -> None:
    found = democratisation([0] * 8 + [1, 2, 3, 0], [1] * 8 + [11] * 4, members=100, edges=[0, 10, 20])
    first, second = found.periods
    assert (first.influencing, first.effective, first.top) == (1, 1.0, 1.0)
    assert (second.influencing, second.effective, second.top) == (4, 4.0, 0.25)
    assert first.gini > second.gini
    assert found.trend == 4.0
    assert found.to_polars()["influencing"].to_list() == [1, 4]
    assert math.isnan(democratisation([0], [0], members=1, edges=[0, 1]).trend)
    weighted = democratisation([0, 1], [1, 1], members=2, edges=[0, 2], amounts=[3.0, 1.0])
    assert weighted.periods[0].total == 4.0


def test_bad_amounts_and_edges_are_refused() -> None:
    with pytest.raises(errors.BadParameter, match="value 1 is -1"):
        gini([1, -1])
    with pytest.raises(errors.BadParameter, match="no value"):
        effective_number([])
    with pytest.raises(errors.BadParameter, match="at least two, increasing"):
        democratisation([0], [0], members=1, edges=[1, 1])
    with pytest.raises(errors.UnknownNode, match="node 3 with 2 members"):
        democratisation([3], [0], members=2, edges=[0, 1])
    with pytest.raises(errors.UnequalColumns, match="1 nodes, 2 times"):
        democratisation([0], [0, 1], members=2, edges=[0, 1])

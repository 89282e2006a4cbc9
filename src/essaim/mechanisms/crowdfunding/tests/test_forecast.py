"""The forecast: what it says, when it keeps silent, and how often it is right on days that are drawn."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.mechanisms.crowdfunding.domain.forecast import SEEN_LEAST, SEEN_MOST, forecast


def test_steady_days_go_on() -> None:
    band = forecast(140, [10] * 14, 10)
    assert band is not None
    assert (band.middle, band.seen) == (240, 14)
    assert (band.low, band.high) == (223, 257)


@pytest.mark.parametrize(("daily", "left"), [([3] * (SEEN_LEAST - 1), 5), ([3] * 14, 0), ([], 5)])
def test_it_keeps_silent_when_it_knows_too_little(daily: list[int], left: int) -> None:
    assert forecast(10, daily, left) is None


def test_only_the_latest_days_are_looked_at() -> None:
    assert forecast(1_000, [500] * 30 + [1] * SEEN_MOST, 5) == forecast(1_000, [1] * SEEN_MOST, 5)


counts = st.lists(st.integers(0, 1_000), min_size=SEEN_LEAST, max_size=30)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(total=st.integers(0, 10**6), daily=counts, left=st.integers(1, 60))
def test_the_band_holds_its_middle_and_never_takes_anyone_away(total: int, daily: list[int], left: int) -> None:
    band = forecast(total, daily, left)
    assert band is not None
    assert total <= band.low <= band.middle <= band.high


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(daily=counts, left=st.integers(1, 30))
def test_further_away_is_wider(daily: list[int], left: int) -> None:
    near, far = forecast(0, daily, left), forecast(0, daily, left + 10)
    assert near is not None
    assert far is not None
    assert far.high - near.high >= 0


@pytest.mark.parametrize(("a_day", "left"), [(2, 10), (8, 10), (8, 30), (20, 30)])
def test_it_is_right_eight_times_in_ten(a_day: int, left: int) -> None:
    """On days drawn from a Poisson law, where the method's one assumption holds."""
    random, right = Random(a_day), 0
    for _ in range(600):
        band = forecast(0, [_poisson(random, a_day) for _ in range(14)], left)
        assert band is not None
        right += band.low <= sum(_poisson(random, a_day) for _ in range(left)) <= band.high
    assert 0.77 <= right / 600 <= 0.95


def _poisson(random: Random, mean: float) -> int:
    count, passed = 0, random.expovariate(mean)
    while passed < 1:
        count += 1
        passed += random.expovariate(mean)
    return count

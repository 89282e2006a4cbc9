"""Splits to the cent, periods, corrections: decided on plain data."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.products.domain import WHOLE, Term
from essaim.projectors.royalties.domain import (
    DEFAULT_SCHEDULE,
    Held,
    Holding,
    NoSuchSchedule,
    Period,
    Schedule,
    ScheduleStartsBadly,
    check_schedule,
    due,
    entry,
    period_of,
    schedule_on,
    settle,
)

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
LONG = (date(2026, 1, 1), date(2030, 1, 1))


def holding(holder, points, starts=LONG[0], ends=LONG[1]):
    return Holding(holder, Term(points, starts, ends))


def test_ten_percent_of_net_sales():
    assert due({date(2026, 3, 5): 12_345}, [holding(1, 1_000)]) == {1: 1_235}


def test_three_equal_holders_of_an_odd_cent_sum_to_the_rounded_total():
    assert due({date(2026, 3, 5): 10_000}, [holding(1, 333), holding(2, 333), holding(3, 334)]) == {
        1: 333,
        2: 333,
        3: 334,
    }
    assert due({date(2026, 3, 5): 1_001}, [holding(n, 300) for n in (3, 1, 2)]) == {1: 30, 2: 30, 3: 30}
    assert due({date(2026, 3, 5): 1_010}, [holding(n, 300) for n in (3, 1, 2)]) == {1: 31, 2: 30, 3: 30}


def test_a_term_counts_its_first_day_and_not_its_last():
    share = holding(1, 1_000, date(2026, 3, 2), date(2026, 3, 4))
    sales = {date(2026, 3, day): 10_000 for day in range(1, 6)}
    assert due(sales, [share]) == {1: 2_000}


def test_more_returned_than_sold_is_owed_negatively():
    assert due({date(2026, 3, 5): -12_345}, [holding(1, 600), holding(2, 400)]) == {1: -740, 2: -494}


@given(
    nets=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12),
    shares=st.lists(st.integers(1, 2_000), min_size=1, max_size=5),
)
def test_parts_sum_to_the_rounded_total_and_stay_within_a_cent(nets, shares):
    sales = {date(2026, 3, 1 + n): net for n, net in enumerate(nets)}
    parts = due(sales, [holding(n, points) for n, points in enumerate(shares)])
    exact = {n: Fraction(sum(nets) * points, WHOLE) for n, points in enumerate(shares)}
    total = sum(exact.values())
    assert abs(sum(parts.values()) - total) <= Fraction(1, 2)
    assert all(abs(parts[n] - exact[n]) < 1 for n in exact)


def test_periods_are_calendar_months_or_quarters():
    quarterly = Schedule(date(2026, 4, 1), 3)
    assert [period_of(date(2026, 2, 10), DEFAULT_SCHEDULE).label, period_of(date(2026, 12, 31), quarterly).label] == [
        "2026-02",
        "2026-Q4",
    ]
    assert period_of(date(2026, 12, 31), quarterly) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert schedule_on(date(2026, 3, 31), [quarterly]) == DEFAULT_SCHEDULE
    assert schedule_on(date(2026, 4, 1), [quarterly]) == quarterly


@pytest.mark.parametrize(
    ("schedule", "refusal"),
    [
        (Schedule(date(2026, 4, 2)), ScheduleStartsBadly),
        (Schedule(date(2026, 5, 1)), ScheduleStartsBadly),
        (Schedule(date(2026, 1, 1)), ScheduleStartsBadly),
        (Schedule(date(2026, 4, 1), 2), NoSuchSchedule),
        (Schedule(date(2026, 4, 1), 1, 366), NoSuchSchedule),
    ],
)
def test_schedule_refuses_to_cut_a_period_or_change_the_past(schedule, refusal):
    with pytest.raises(refusal):
        check_schedule(schedule, date(2026, 3, 1))


def test_a_correction_takes_the_corrected_period_first_then_the_latest_due():
    held = [
        Held(1, MARCH, date(2026, 5, 1), 100),
        Held(2, APRIL, date(2026, 6, 1), 100),
        Held(3, Period(date(2026, 5, 1), date(2026, 5, 31)), date(2026, 7, 1), 100),
    ]
    assert settle(-250, 0, held, MARCH).taken == ((1, 100), (3, 100), (2, 50))
    assert settle(-350, 5, held, MARCH).carried == 55


def test_royalties_pay_off_earlier_corrections_before_anything_is_credited():
    assert settle(100, 30, [], APRIL) == settle(70, 0, [], APRIL).__class__(30, 70, (), 0)
    assert settle(20, 30, [], APRIL).carried == 10


@given(st.lists(st.integers(-500, 500), max_size=30))
def test_what_is_credited_less_taken_is_what_is_owed_plus_what_is_carried(amounts):
    """Over any life of a share: nothing is lost, and what is held never goes below zero."""
    carried = held = owed = 0
    for amount in amounts:
        settlement = settle(amount, carried, [Held(1, MARCH, date(2026, 5, 1), held)] if held else [], APRIL)
        held += settlement.credited - settlement.taken_back
        carried, owed = settlement.carried, owed + amount
        assert held >= 0
        assert carried >= 0
        assert held - carried == owed


def moves(posted):
    return [(posting.account, posting.amount) for posting in posted.postings]


def test_the_entry_moves_between_the_house_and_what_is_held():
    posted = entry("k", 7, "EUR", settle(150, 50, [], APRIL), memo="m", evidence="")
    assert [(p.account, p.amount) for p in posted.postings] == [
        ("house:royalties:EUR", 100),
        ("member:7:held:EUR", -100),
    ]
    correction = settle(-40, 0, [Held(1, APRIL, date(2026, 6, 1), 100)], APRIL)
    back = entry("k", 7, "EUR", correction, memo="m", evidence="")
    assert moves(back) == [("member:7:held:EUR", 40), ("house:royalties:EUR", -40)]
    assert entry("k", 7, "EUR", settle(-40, 0, [], APRIL), memo="m", evidence="") is None

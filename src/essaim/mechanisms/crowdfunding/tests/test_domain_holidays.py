"""Days that lengthen periods: weekends and public holidays, computed for any year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from essaim.mechanisms.crowdfunding.domain import law
from essaim.mechanisms.crowdfunding.domain.holidays import (
    EASTERLY,
    FIXED,
    MOVED,
    ORTHODOX,
    PECULIAR,
    easter,
    holidays,
    orthodox_easter,
    working_day_from,
)


@pytest.mark.parametrize(
    ("year", "west", "east"),
    [
        (1954, date(1954, 4, 18), date(1954, 4, 25)),
        (2000, date(2000, 4, 23), date(2000, 4, 30)),
        (2008, date(2008, 3, 23), date(2008, 4, 27)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (2027, date(2027, 3, 28), date(2027, 5, 2)),
        (2038, date(2038, 4, 25), date(2038, 4, 25)),
    ],
)
def test_easter_in_both_calendars(year: int, west: date, east: date) -> None:
    assert (easter(year), orthodox_easter(year)) == (west, east)


def test_the_holidays_of_a_french_year() -> None:
    days = ((1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    assert holidays("FR", 2026) == {date(2026, month, day) for month, day in days}


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("GR", date(2026, 2, 23)),  # Clean Monday
        ("RO", date(2026, 6, 1)),  # Whit Monday by the other Easter
        ("SE", date(2026, 6, 19)),  # Midsummer's eve
        ("IE", date(2026, 2, 2)),  # Saint Brigid
        ("NL", date(2025, 4, 26)),  # the King's day, not on a Sunday
        ("IS", date(2026, 4, 23)),  # the first day of summer
        ("GB", date(2027, 12, 28)),  # Boxing Day fell on the Sunday, Christmas Day took the Monday
        ("BG", date(2026, 5, 25)),  # 24 May fell on a Sunday
        ("IT", date(2027, 10, 4)),
    ],
)
def test_days_that_move(country: str, day: date) -> None:
    assert day in holidays(country, day.year)


def test_a_day_counts_from_the_year_it_became_one() -> None:
    assert date(2025, 10, 4) not in holidays("IT", 2025)
    assert holidays("XX", 2026) == frozenset()


def test_the_tables_speak_of_the_same_countries() -> None:
    assert FIXED.keys() == EASTERLY.keys()
    assert ORTHODOX | MOVED | PECULIAR.keys() <= FIXED.keys()


def test_the_next_working_day_passes_over_all_of_them() -> None:
    assert working_day_from(date(2026, 12, 25), "DE") == date(2026, 12, 28)
    assert working_day_from(date(2026, 4, 3), "DE") == date(2026, 4, 7)  # Good Friday to Easter Tuesday
    assert working_day_from(date(2026, 4, 3), "FR") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 6, 22), date(2026, 7, 6)),  # a Monday, and so is the fourteenth day
        (date(2026, 6, 20), date(2026, 7, 6)),  # it ended on a Saturday
        (date(2026, 6, 21), date(2026, 7, 6)),  # on a Sunday
        (date(2026, 6, 30), date(2026, 7, 15)),  # on the fourteenth of July
        (date(2026, 4, 30), date(2026, 5, 15)),  # on Ascension Day
        (date(2027, 4, 17), date(2027, 5, 3)),  # on the first of May, a Saturday
    ],
)
def test_withdrawal_runs_fourteen_days_and_to_the_end_of_a_working_day(start: date, last: date) -> None:
    end = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    assert law.withdrawal_ends(start, "FR") == end + timedelta(days=1)

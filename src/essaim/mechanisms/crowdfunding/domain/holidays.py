"""Public holidays of whole countries, computed for any year. Pure.

They lengthen periods (regulation 1182/71, art. 3 (4)), so a day some count and others do not is counted: eves on
which deadlines do not end (Denmark, Sweden, Finland), Good Friday in the Netherlands. Holidays of a single region are
left out. Sources: each country's law on public holidays, and the lists the Member States send for the regulation
(Official Journal, series C, each December). Add a year to a line when a country changes its law; never edit one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
SATURDAY = 5
NEW_YEAR, EPIPHANY, LABOUR, ASSUMPTION, ALL_SAINTS = (1, 1), (1, 6), (5, 1), (8, 15), (11, 1)
IMMACULATE, EVE, CHRISTMAS, STEPHEN, SYLVESTER = (12, 8), (12, 24), (12, 25), (12, 26), (12, 31)
MAUNDY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS = -3, -2, 1, 39, 50, 60
CLEAN_MONDAY = -48
YULE = (CHRISTMAS, STEPHEN)

FIXED: dict[str, tuple[tuple[int, ...], ...]] = {
    "AT": (NEW_YEAR, EPIPHANY, LABOUR, ASSUMPTION, (10, 26), ALL_SAINTS, IMMACULATE, *YULE),
    "BE": (NEW_YEAR, LABOUR, (7, 21), ASSUMPTION, ALL_SAINTS, (11, 11), CHRISTMAS),
    "BG": (NEW_YEAR, (3, 3), LABOUR, (5, 6), (5, 24), (9, 6), (9, 22), EVE, *YULE),
    "CH": (NEW_YEAR, (8, 1), *YULE),
    "CY": (NEW_YEAR, EPIPHANY, (3, 25), (4, 1), LABOUR, ASSUMPTION, (10, 1), (10, 28), *YULE),
    "CZ": (NEW_YEAR, LABOUR, (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17), EVE, *YULE),
    "DE": (NEW_YEAR, LABOUR, (10, 3), *YULE),
    "DK": (NEW_YEAR, (6, 5), EVE, *YULE, SYLVESTER),
    "EE": (NEW_YEAR, (2, 24), LABOUR, (6, 23), (6, 24), (8, 20), EVE, *YULE),
    "ES": (NEW_YEAR, EPIPHANY, LABOUR, ASSUMPTION, (10, 12), ALL_SAINTS, (12, 6), IMMACULATE, CHRISTMAS),
    "FI": (NEW_YEAR, EPIPHANY, LABOUR, (12, 6), EVE, *YULE),
    "FR": (NEW_YEAR, LABOUR, (5, 8), (7, 14), ASSUMPTION, ALL_SAINTS, (11, 11), CHRISTMAS),
    "GB": (NEW_YEAR, *YULE),
    "GR": (NEW_YEAR, EPIPHANY, (3, 25), LABOUR, ASSUMPTION, (10, 28), *YULE),
    "HR": (NEW_YEAR, EPIPHANY, LABOUR, (5, 30), (6, 22), (8, 5), ASSUMPTION, ALL_SAINTS, (11, 18), *YULE),
    "HU": (NEW_YEAR, (3, 15), LABOUR, (8, 20), (10, 23), ALL_SAINTS, (12, 24, 2024), *YULE),
    "IE": (NEW_YEAR, (3, 17), *YULE),
    "IS": (NEW_YEAR, LABOUR, (6, 17), EVE, *YULE, SYLVESTER),
    "IT": (NEW_YEAR, EPIPHANY, (4, 25), LABOUR, (6, 2), ASSUMPTION, (10, 4, 2026), ALL_SAINTS, IMMACULATE, *YULE),
    "LT": (NEW_YEAR, (2, 16), (3, 11), LABOUR, (6, 24), (7, 6), ASSUMPTION, ALL_SAINTS, (11, 2), EVE, *YULE),
    "LU": (NEW_YEAR, LABOUR, (5, 9), (6, 23), ASSUMPTION, ALL_SAINTS, *YULE),
    "LV": (NEW_YEAR, LABOUR, (5, 4), (6, 23), (6, 24), (11, 18), EVE, *YULE, SYLVESTER),
    "MC": (NEW_YEAR, (1, 27), LABOUR, ASSUMPTION, ALL_SAINTS, (11, 19), IMMACULATE, CHRISTMAS),
    "MT": (
        NEW_YEAR, (2, 10), (3, 19), (3, 31), LABOUR, (6, 7), (6, 29), ASSUMPTION, (9, 8), (9, 21), IMMACULATE,
        (12, 13), CHRISTMAS,
    ),
    "NL": (NEW_YEAR, (5, 5), *YULE),
    "NO": (NEW_YEAR, LABOUR, (5, 17), *YULE),
    "PL": (NEW_YEAR, EPIPHANY, LABOUR, (5, 3), ASSUMPTION, ALL_SAINTS, (11, 11), (12, 24, 2025), *YULE),
    "PT": (
        NEW_YEAR, (4, 25), LABOUR, (6, 10), ASSUMPTION, (10, 5), ALL_SAINTS, (12, 1), IMMACULATE, CHRISTMAS,
    ),
    "RO": (
        NEW_YEAR, (1, 2), (1, 6, 2024), (1, 7, 2024), (1, 24), LABOUR, (6, 1), ASSUMPTION, (11, 30), (12, 1), *YULE,
    ),
    "SE": (NEW_YEAR, EPIPHANY, LABOUR, (6, 6), EVE, *YULE, SYLVESTER),
    "SI": (
        NEW_YEAR, (1, 2), (2, 8), (4, 27), LABOUR, (5, 2), (6, 25), ASSUMPTION, (10, 31), ALL_SAINTS, *YULE,
    ),
    "SK": (NEW_YEAR, EPIPHANY, LABOUR, (5, 8), (7, 5), (8, 29), (9, 15), ALL_SAINTS, (11, 17), EVE, *YULE),
}  # fmt: skip
"""Month and day, and the first year where the day became one lately."""

EASTERLY: dict[str, tuple[int, ...]] = {
    "AT": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS),
    "BE": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "BG": (GOOD_FRIDAY, EASTER_MONDAY),
    "CH": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "CY": (CLEAN_MONDAY, GOOD_FRIDAY, EASTER_MONDAY, WHIT_MONDAY),
    "CZ": (GOOD_FRIDAY, EASTER_MONDAY),
    "DE": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "DK": (MAUNDY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "EE": (GOOD_FRIDAY,),
    "ES": (GOOD_FRIDAY,),
    "FI": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION),
    "FR": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "GB": (GOOD_FRIDAY, EASTER_MONDAY),
    "GR": (CLEAN_MONDAY, GOOD_FRIDAY, EASTER_MONDAY, WHIT_MONDAY),
    "HR": (EASTER_MONDAY, CORPUS),
    "HU": (GOOD_FRIDAY, EASTER_MONDAY, WHIT_MONDAY),
    "IE": (EASTER_MONDAY,),
    "IS": (MAUNDY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "IT": (EASTER_MONDAY,),
    "LT": (EASTER_MONDAY,),
    "LU": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "LV": (GOOD_FRIDAY, EASTER_MONDAY),
    "MC": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS),
    "MT": (GOOD_FRIDAY,),
    "NL": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "NO": (MAUNDY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "PL": (EASTER_MONDAY, CORPUS),
    "PT": (GOOD_FRIDAY, CORPUS),
    "RO": (GOOD_FRIDAY, EASTER_MONDAY, WHIT_MONDAY),
    "SE": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION),
    "SI": (EASTER_MONDAY,),
    "SK": (GOOD_FRIDAY, EASTER_MONDAY),
}
"""Days from Easter Sunday; the Orthodox one in the countries of `ORTHODOX`."""

ORTHODOX = frozenset({"BG", "CY", "GR", "RO"})
MOVED = frozenset({"BG", "GB", "IE", "LV"})
"""Where a holiday that falls on a weekend is taken on the next working day."""


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, *Astronomical Algorithms*, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian calendar, told in ours (Meeus, chapter 8); right from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + 13 * DAY


def weekday_from(year: int, month: int, day: int, weekday: int) -> date:
    """The first such weekday (Monday is 0) on or after the day."""
    start = date(year, month, day)
    return start + (weekday - start.weekday()) % 7 * DAY


def _british(year: int) -> Iterator[date]:
    yield from (weekday_from(year, 5, 1, 0), weekday_from(year, 5, 25, 0), weekday_from(year, 8, 25, 0))


def _irish(year: int) -> Iterator[date]:
    brigid = date(year, 2, 1)
    yield brigid if brigid.weekday() == 4 else weekday_from(year, 2, 1, 0)
    yield from (weekday_from(year, month, day, 0) for month, day in ((5, 1), (6, 1), (8, 1), (10, 25)))


def _dutch(year: int) -> Iterator[date]:
    king = date(year, 4, 27)
    yield king - DAY if king.weekday() == 6 else king


def _swedish(year: int) -> Iterator[date]:
    """Midsummer's eve and day; All Saints' Day."""
    yield from (weekday_from(year, 6, 19, 4), weekday_from(year, 6, 20, 5), weekday_from(year, 10, 31, 5))


def _icelandic(year: int) -> Iterator[date]:
    """The first day of summer; the merchants' Monday."""
    yield from (weekday_from(year, 4, 19, 3), weekday_from(year, 8, 1, 0))


PECULIAR: dict[str, Callable[[int], Iterator[date]]] = {
    "FI": _swedish,
    "GB": _british,
    "IE": _irish,
    "IS": _icelandic,
    "NL": _dutch,
    "SE": _swedish,
}


@lru_cache(maxsize=256)
def holidays(country: str, year: int) -> frozenset[date]:
    """The country's public holidays of that year; none for a country we do not know."""
    since = [(*line, 0)[:3] for line in FIXED.get(country, ())]
    fixed = [date(year, month, day) for month, day, first in since if year >= first]
    sunday = orthodox_easter(year) if country in ORTHODOX else easter(year)
    found = {sunday + days * DAY for days in EASTERLY.get(country, ())}
    found |= set(PECULIAR[country](year)) if country in PECULIAR else set()
    found |= set(fixed)
    if country in MOVED:
        for day in sorted(fixed):
            if day.weekday() >= SATURDAY:
                found.add(_next_free(day, found))
    return frozenset(found)


def _next_free(day: date, taken: set[date]) -> date:
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day


def is_working_day(day: date, country: str) -> bool:
    """Neither a Saturday, a Sunday nor a public holiday there."""
    return day.weekday() < SATURDAY and day not in holidays(country, day.year)


def working_day_from(day: date, country: str) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, country):
        day += DAY
    return day

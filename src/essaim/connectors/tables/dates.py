"""Moments as tables write them: ISO, French and English words, day or month first, seconds since 1970. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any

ORDERS = ("iso", "day-first", "month-first", "words", "seconds")
Reads = Callable[[Any], datetime]

_MONTHS = (
    "jan", "janv", "janvier", "january", 1, "feb", "fev", "fevr", "fevrier", "february", 2, "mar", "mars", "march", 3,
    "apr", "avr", "avril", "april", 4, "may", "mai", 5, "jun", "juin", "june", 6, "jul", "juil", "juillet", "july", 7,
    "aug", "aou", "aout", "august", 8, "sep", "sept", "septembre", "september", 9, "oct", "octobre", "october", 10,
    "nov", "novembre", "november", 11, "dec", "decembre", "december", 12,
)  # fmt: skip
_ISO_ZONE = re.compile(r"\s*(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d))$", re.IGNORECASE)
_NUMBERS = re.compile(
    r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{2,4})"
    r"(?:[,T ]+(?:à |at )?(\d{1,2})\s*[:h.]\s*(\d{2})?(?::(\d{2}))?\s*(am|pm)?)?$",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)?(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d]+)\.?|([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?)"
    r",?\s+(\d{4})(?:[, ]+(?:à |at |T)?(\d{1,2})\s*[:h]\s*(\d{2})?(?::(\d{2}))?\s*(am|pm)?)?$",
    re.IGNORECASE,
)
_TWITTER = re.compile(r"^[A-Z][a-z]{2} [A-Z][a-z]{2} \d")
_ACCENTS = str.maketrans("éûèô", "eueo")


def _month_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    waiting: list[str] = []
    for word in _MONTHS:
        if isinstance(word, int):
            numbers |= dict.fromkeys(waiting, word)
            waiting = []
        else:
            waiting.append(word)
    return numbers


MONTHS = _month_numbers()


def reader(order: str, zone: tzinfo) -> Reads:
    """A function that reads moments in this order; those without a zone of their own are of `zone`.

    It raises ValueError for what is no moment.
    """
    read = {
        "iso": _iso, "day-first": _numbers(day_first=True), "month-first": _numbers(day_first=False),
        "words": _words, "seconds": _seconds,
    }[order]  # fmt: skip

    def reads(value: Any) -> datetime:
        at = value if isinstance(value, datetime) else read(value if order == "seconds" else str(value).strip())
        return at if at.tzinfo else at.replace(tzinfo=zone)

    return reads


def guessed_order(values: Sequence[Any]) -> tuple[str, float]:
    """The order that reads most of these values, and the share it reads. Where days and months could be either, the
    day comes first unless some value says otherwise."""
    best = ("iso", 0.0)
    for order in ORDERS:
        reads = reader(order, UTC)
        share = sum(_is_read(reads, value) for value in values) / max(1, len(values))
        if share > best[1]:
            best = (order, share)
    return best


def _is_read(reads: Reads, value: Any) -> bool:
    try:
        return 1970 <= reads(value).year <= 2100
    except (ValueError, OverflowError, OSError):
        return False


def _iso(written: str) -> datetime:
    if len(written) < 10 or written[4] != "-":
        raise ValueError(written)
    return datetime.fromisoformat(_ISO_ZONE.sub(_offset, written))


def _offset(zone: re.Match[str]) -> str:
    return "+00:00" if zone[1] else f"{zone[2]}:{zone[3]}"


def _numbers(*, day_first: bool) -> Callable[[str], datetime]:
    def read(written: str) -> datetime:
        found = _NUMBERS.match(written)
        if found is None:
            raise ValueError(written)
        first, second, third = int(found[1]), int(found[2]), int(found[3])
        if len(found[1]) == 4:
            year, month, day = first, second, third
        else:
            day, month = (first, second) if day_first else (second, first)
            year = third + 2000 if third < 70 else third + 1900 if third < 100 else third
        return datetime(year, month, day, *_clock(found[4], found[5], found[6], found[7]))

    return read


def _words(written: str) -> datetime:
    if _TWITTER.match(written) and (found := re.match(r"\w+ (\w+ \d+ [\d:]+) ([+-]\d{4}) (\d{4})$", written)):
        return datetime.strptime(f"{found[1]} {found[3]} {found[2]}", "%b %d %H:%M:%S %Y %z")
    if found := _WORDS.match(written):
        month = MONTHS.get((found[2] or found[3]).lower().translate(_ACCENTS))
        if month is None:
            raise ValueError(written)
        day = int(found[1] or found[4])
        return datetime(int(found[5]), month, day, *_clock(found[6], found[7], found[8], found[9]))
    try:
        return parsedate_to_datetime(written)
    except (TypeError, IndexError) as error:
        raise ValueError(written) from error


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> tuple[int, int, int]:
    at = int(hour or 0)
    if half:
        at = at % 12 + (12 if half.lower() == "pm" else 0)
    return at, int(minute or 0), int(second or 0)


def _seconds(value: Any) -> datetime:
    """Seconds or, when there are too many for that, milliseconds."""
    number = float(value)
    if number < 1e8:
        raise ValueError(value)
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)

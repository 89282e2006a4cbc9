"""On which days there was what a search looks for, known from the sums: what is rare is looked for there only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Sum as Total

from essaim.listening.desk.models import Stale, Sum
from essaim.listening.desk.rollup import starts

Span = tuple[datetime, datetime]


def days_with(dimensions: Mapping[str, str], polarity: int | None) -> dict[date, int]:
    """The days on which all of these were said, with how many mentions there can be at most. A day that is to be
    counted again is among them: nobody knows what it holds."""
    stale = dict.fromkeys(Stale.objects.values_list("day", flat=True), 0)
    found: dict[date, int] | None = None
    for dimension, value in dimensions.items():
        cells = Sum.objects.filter(brand=None, dimension=dimension, value=value)
        if polarity is not None:
            cells = cells.filter(polarity=polarity)
        here = dict(cells.order_by().values("day").annotate(n=Total("mentions")).values_list("day", "n"))
        found = here if found is None else {day: min(found[day], here[day]) for day in found.keys() & here.keys()}
    return stale | (found or {})


def spans(days: Sequence[date]) -> list[Span]:
    """From the first moment of each to its last, days that follow one another as one; the earliest first."""
    found: list[Span] = []
    for day in sorted(days):
        begins, ends = starts(day), starts(day + timedelta(days=1))
        if found and found[-1][1] == begins:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return found


def stretches(days: Mapping[date, int], wanted: int, *, forwards: bool) -> Iterator[list[date]]:
    """The nearest days that could hold twice what is wanted, then eight times, and so on to the end."""
    room, held, stretch = 2 * wanted, 0, []
    for day in sorted(days, reverse=not forwards):
        stretch.append(day)
        held += days[day]
        if held >= room:
            yield stretch
            room, held, stretch = room * 4, 0, []
    if stretch:
        yield stretch

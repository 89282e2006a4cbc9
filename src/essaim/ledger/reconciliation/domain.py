"""Comparing what a provider tells of its balance with what the books hold of it. Pure; amounts in minor units,
positive when the house gains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One movement: `reference` and `kind` say which, `day` when."""

    day: date
    reference: str
    kind: str
    amount: int


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """`told` None: the provider knows nothing of it. `written` None: the books do not."""

    day: date
    reference: str
    kind: str
    told: int | None
    written: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """Sums of a day; a pair counts on the day the provider tells."""

    day: date
    lines: int
    told: int
    written: int

    @property
    def difference(self) -> int:
        return self.told - self.written


@dataclass(frozen=True, slots=True)
class Report:
    days: tuple[Day, ...]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


Pair = tuple[Line | None, Line | None]


def reconcile(told: Iterable[Line], written: Iterable[Line], since: date, until: date) -> Report:
    """Day by day from `since` to before `until`. Lines outside the period serve to find the other half of a pair
    and are not reported themselves: give some days more on both sides."""
    pairs = [pair for pair in _paired(told, written) if since <= _day(pair) < until]
    return Report(
        _days(pairs), tuple(sorted(_differences(pairs), key=lambda one: (one.day, one.reference, one.kind)))
    )


def _paired(told: Iterable[Line], written: Iterable[Line]) -> list[Pair]:
    """Within a reference and kind: equal amounts first, in the order of their days, then what is left."""
    groups: defaultdict[tuple[str, str], tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for side, lines in enumerate((told, written)):
        for line in lines:
            groups[line.reference, line.kind][side].append(line)
    return [pair for key in sorted(groups) for pair in _pairs(*groups[key])]


def _pairs(told: list[Line], written: list[Line]) -> list[Pair]:
    pairs: list[Pair] = []
    left: list[Line] = []
    rest = sorted(written)
    for line in sorted(told):
        same = next((other for other in rest if other.amount == line.amount), None)
        if same is None:
            left.append(line)
        else:
            rest.remove(same)
            pairs.append((line, same))
    both = min(len(left), len(rest))
    pairs += zip(left[:both], rest[:both], strict=True)
    pairs += [(line, None) for line in left[both:]]
    pairs += [(None, line) for line in rest[both:]]
    return pairs


def _day(pair: Pair) -> date:
    told, written = pair
    return told.day if told else written.day if written else date.min


def _days(pairs: Iterable[Pair]) -> tuple[Day, ...]:
    sums: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pair in pairs:
        told, written = pair
        sums[_day(pair)][0] += 1
        sums[_day(pair)][1] += told.amount if told else 0
        sums[_day(pair)][2] += written.amount if written else 0
    return tuple(Day(day, *sums[day]) for day in sorted(sums))


def _differences(pairs: Iterable[Pair]) -> list[Difference]:
    found = []
    for told, written in pairs:
        one = told or written
        if one and (told is None or written is None or told.amount != written.amount):
            sides = told.amount if told else None, written.amount if written else None
            found.append(Difference(_day((told, written)), one.reference, one.kind, *sides))
    return found

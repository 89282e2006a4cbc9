"""Royalties of a period, to the cent, and what a later correction may take back.

Amounts are integer minor units, shares basis points of net sales (`WHOLE` is all of it). Nothing here reads a
clock or a database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.chart import house_account, member_account
from essaim.ledger.domain import Entry, Posting, credit, debit
from essaim.products.domain import WHOLE, Term

MONTHLY, QUARTERLY = 1, 3
DEFAULT_HOLD_DAYS = 30


class ScheduleStartsBadly(Refusal):
    """A schedule that would cut a period in two, or change one that has begun."""

    cause = _("A new schedule cannot begin on %(day)s.")
    remedy = _("Let it begin on the first day of a quarter to come: 1 January, 1 April, 1 July or 1 October.")


class NoSuchSchedule(Refusal):
    cause = _("Royalties are stated each month or each quarter, and held between 0 and 365 days.")
    remedy = _("Choose one of the two, and a number of days in that range.")


class PeriodStillRuns(Refusal):
    cause = _("The period %(period)s runs until %(last)s.")
    remedy = _("Close it once it has ended.")


@dataclass(frozen=True)
class Schedule:
    """How long a period is (months) and how long its royalties are held (days), from the day `valid_from`."""

    valid_from: date
    months: int = MONTHLY
    hold_days: int = DEFAULT_HOLD_DAYS


DEFAULT_SCHEDULE = Schedule(date.min)


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month or quarter, both days included."""

    first: date
    last: date

    @property
    def label(self) -> str:
        if self.last.month == self.first.month:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"


def check_schedule(schedule: Schedule, today: date) -> None:
    if schedule.months not in (MONTHLY, QUARTERLY) or not 0 <= schedule.hold_days <= 365:
        raise NoSuchSchedule
    start = schedule.valid_from
    if start.day != 1 or start.month % 3 != 1 or start <= today:
        raise ScheduleStartsBadly(day=start)


def schedule_on(day: date, schedules: Iterable[Schedule]) -> Schedule:
    """The schedule in force on a day: the latest that has begun, else monthly with thirty days' hold."""
    begun = [schedule for schedule in schedules if schedule.valid_from <= day]
    return max(begun, key=lambda schedule: schedule.valid_from, default=DEFAULT_SCHEDULE)


def period_of(day: date, schedule: Schedule) -> Period:
    """The calendar period that holds the day."""
    month = day.month - (day.month - 1) % schedule.months
    first = date(day.year, month, 1)
    after = first.year * 12 + first.month - 1 + schedule.months
    return Period(first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Holding:
    """A holder (member id) and his share over a term."""

    holder: int
    term: Term


def due(net_by_day: Mapping[date, int], holdings: Sequence[Holding]) -> dict[int, int]:
    """What each holder is due, in minor units, on the net sales of each day (may be negative after returns).

    The exact total is rounded half up to a whole unit, then split by largest remainder: the parts sum to it,
    and each is less than one unit away from its exact share. Equal remainders go to the lower member id.
    """
    exact: defaultdict[int, int] = defaultdict(int)
    for day, net in net_by_day.items():
        for holding in holdings:
            if holding.term.covers(day):
                exact[holding.holder] += net * holding.term.basis_points
    total = (2 * sum(exact.values()) + WHOLE) // (2 * WHOLE)
    parts = {holder: amount // WHOLE for holder, amount in exact.items()}
    by_remainder = sorted(exact, key=lambda holder: (-(exact[holder] % WHOLE), holder))
    for holder in by_remainder[: total - sum(parts.values())]:
        parts[holder] += 1
    return parts


@dataclass(frozen=True)
class Held:
    """What is still held of an earlier statement, and when it was due to be released."""

    statement: int
    period: Period
    due_on: date
    left: int


@dataclass(frozen=True)
class Settlement:
    """What becomes of an amount owed: `credited` is added to what is held, `taken` comes back from what is held.

    `settled` is the part that pays off earlier corrections; `carried` is what corrections have still to take
    from royalties to come.
    """

    settled: int
    credited: int
    taken: tuple[tuple[int, int], ...]
    carried: int

    @property
    def taken_back(self) -> int:
        return sum(amount for _statement, amount in self.taken)


def settle(owed: int, carried: int, held: Sequence[Held], period: Period) -> Settlement:
    """Settle `owed` (negative for a correction downwards) for one holder of one product.

    A correction takes from what is still held for this product and holder: of the corrected period first, then
    of the statements furthest from their release. What it cannot take is carried, and taken from the next
    royalties before anything is credited. What was released is never taken back.
    """
    if owed >= 0:
        settled = min(owed, carried)
        return Settlement(settled, owed - settled, (), carried - settled)
    wanted = -owed
    taken: list[tuple[int, int]] = []
    for part in sorted(held, key=lambda part: (part.period != period, -part.due_on.toordinal(), -part.statement)):
        amount = min(part.left, wanted)
        if amount > 0:
            taken.append((part.statement, amount))
            wanted -= amount
    return Settlement(0, 0, tuple(taken), carried + wanted)


def entry(key: str, holder: int, unit: str, settlement: Settlement, *, memo: str, evidence: str) -> Entry | None:
    """The movement a settlement makes, None when it makes none: between the house's royalties and what is held."""
    moved = settlement.credited - settlement.taken_back
    if moved == 0:
        return None
    expense, held = house_account("royalties", unit), member_account(holder, unit, "held")
    postings: tuple[Posting, ...]
    if moved > 0:
        postings = (debit(expense, moved), credit(held, moved))
    else:
        postings = (debit(held, -moved), credit(expense, -moved))
    return Entry(key, memo, postings, "royalty", evidence)

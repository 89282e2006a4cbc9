"""Entries and their arithmetic. Pure: no database, no clock.

An entry moves value between accounts; its postings sum to zero in every unit. Amounts are integers in minor
units (cents; whole points). A positive amount is a debit, but nobody types a sign: `debit()`, `credit()` and
`transfer()` make postings.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from essaim.kit.errors import Conflict, Refusal, gettext_noop
from essaim.ledger.chart import debit_side

_ = gettext_noop

LARGEST = 10**15
KIND = re.compile(r"[a-z][a-z0-9._-]{0,39}")


class Unbalanced(Refusal):
    cause = _("What is debited and what is credited differ by %(difference)s %(unit)s.")
    remedy = _("Make both sides equal.")


class EmptyEntry(Refusal):
    cause = _("An entry moves value between at least two accounts.")
    remedy = _("Name what is debited and what is credited.")


class ImpossibleAmount(Refusal):
    cause = _("“%(amount)s” is not an amount that can be moved.")
    remedy = _("Give a whole number of minor units above zero.")


class MixedUnits(Refusal):
    cause = _("One entry may not turn one unit into another.")
    remedy = _("Go through the exchange accounts of both units.")


class OppositeSides(Refusal):
    cause = _("Value does not simply move from “%(source)s” to “%(target)s”: they grow on opposite sides.")
    remedy = _("Write one debit and one credit.")


class KeyReused(Conflict):
    cause = _("Another entry already stands under the key “%(key)s”.")
    remedy = _("Reload the page and look at what was posted before trying again.")


class AlreadyReversed(Conflict):
    cause = _("This entry has already been reversed.")
    remedy = _("Look at the reversing entry in the journal.")


class InsufficientFunds(Conflict):
    """`account` is the code; `short` and `unit` say what is missing, in minor units."""

    cause = _("There is not enough in the account %(account)s for this.")
    remedy = _("Choose a smaller amount, or put money in first.")


class Named(Protocol):
    """An account, as far as an entry needs to know it: a row, or the chart's description."""

    @property
    def code(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True, order=True)
class Posting:
    account: str
    unit: str
    amount: int

    @property
    def is_debit(self) -> bool:
        return self.amount > 0

    def negated(self) -> Posting:
        return Posting(self.account, self.unit, -self.amount)


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of value. `key` makes it happen once; `evidence` is a path of the house or an outside reference.

    `kind` is a word of the journal, such as `award` or `contest.prize`. Raises EmptyEntry, ImpossibleAmount,
    MixedUnits or Unbalanced: an entry that exists is sound.
    """

    key: str
    memo: str
    postings: tuple[Posting, ...]
    kind: str
    evidence: str = ""
    reverses: str | None = None

    def __post_init__(self) -> None:
        if not self.key or not KIND.fullmatch(self.kind):
            raise ValueError(f"an entry needs a key and a kind in one lower-case word, not {self.kind!r}")
        if len(self.postings) < 2:
            raise EmptyEntry
        for posting in self.postings:
            _possible(posting.amount)
        totals = totals_by_unit(self.postings)
        for unit, total in totals.items():
            if total:
                raise Unbalanced(difference=abs(total), unit=unit)
        if len(totals) > 1 and not _exchanged(self.postings):
            raise MixedUnits

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the entry does. Words (memo, evidence) are not part of it: they depend on a language."""
        lines = [self.kind, self.reverses or ""]
        lines += [f"{posting.account} {posting.amount}" for posting in sorted(self.postings)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def debit(account: Named, amount: int) -> Posting:
    """A debit of `amount` minor units (above zero): what a bank or an expense account gains, what a debt loses."""
    return Posting(account.code, account.unit, _positive(amount))


def credit(account: Named, amount: int) -> Posting:
    """A credit of `amount` minor units (above zero): what a member's balance or an income gains."""
    return Posting(account.code, account.unit, -_positive(amount))


def transfer(source: Named, target: Named, amount: int) -> tuple[Posting, Posting]:
    """`source` loses what `target` gains. OppositeSides when that has no single meaning (bank to member)."""
    if debit_side(source.kind) != debit_side(target.kind):
        raise OppositeSides(source=source.code, target=target.code)
    if debit_side(source.kind):
        return debit(target, amount), credit(source, amount)
    return debit(source, amount), credit(target, amount)


def reversed_entry(entry: Entry, *, key: str, memo: str, evidence: str = "") -> Entry:
    """The entry that undoes another: every posting negated."""
    postings = tuple(posting.negated() for posting in entry.postings)
    return Entry(key, memo, postings, entry.kind, evidence, reverses=entry.key)


def totals_by_unit(postings: Iterable[Posting]) -> dict[str, int]:
    totals: defaultdict[str, int] = defaultdict(int)
    for posting in postings:
        totals[posting.unit] += posting.amount
    return dict(totals)


def natural(kind: str, amount: int) -> int:
    """A sum of postings as the account's owner reads it: a member owed 5 reads +5."""
    return amount if debit_side(kind) else -amount


def balances(postings: Iterable[Posting], kinds: Mapping[str, str]) -> dict[str, int]:
    """What each account holds after `postings`, read on its own side; `kinds` gives each code's kind."""
    sums: defaultdict[str, int] = defaultdict(int)
    for posting in postings:
        sums[posting.account] += natural(kinds[posting.account], posting.amount)
    return dict(sums)


def running(opening: int, movements: Iterable[int]) -> list[int]:
    """The balance after each movement."""
    balance, after = opening, []
    for movement in movements:
        balance += movement
        after.append(balance)
    return after


def _positive(amount: int) -> int:
    if _possible(amount) < 0:
        raise ImpossibleAmount(amount=amount)
    return amount


def _possible(amount: int) -> int:
    if type(amount) is not int or amount == 0 or abs(amount) > LARGEST:
        raise ImpossibleAmount(amount=amount)
    return amount


def _exchanged(postings: Iterable[Posting]) -> bool:
    """Every unit of the entry passes through its exchange account."""
    units = {posting.unit for posting in postings}
    return all(any(posting.account == f"house:exchange:{unit}" for posting in postings) for unit in units)

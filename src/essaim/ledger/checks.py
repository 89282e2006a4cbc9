"""Proving the books: everything the database should never have let in is looked for all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essaim.ledger import seals
from essaim.ledger.models import Account, BooksCheck, JournalEntry, Posting, Seal

NATURAL = "CASE WHEN a.kind IN ('asset', 'expense') THEN p.amount ELSE -p.amount END"

QUESTIONS: dict[str, tuple[object, str]] = {
    "unbalanced": (
        gettext_lazy("The entry does not balance."),
        """SELECT DISTINCT coalesce(e.key, p.entry_id::text) FROM ledger_posting p
           JOIN ledger_account a ON a.id = p.account_id LEFT JOIN ledger_journalentry e ON e.id = p.entry_id
           GROUP BY p.entry_id, e.key, a.unit HAVING sum(p.amount) <> 0""",
    ),
    "incomplete": (
        gettext_lazy("The entry lost or gained lines."),
        """SELECT e.key FROM ledger_journalentry e LEFT JOIN ledger_posting p ON p.entry_id = e.id
           GROUP BY e.id HAVING count(p.id) <> e.lines""",
    ),
    "mixed": (
        gettext_lazy("The entry mixes units outside the exchange accounts."),
        """SELECT key FROM (
             SELECT e.key, a.unit, bool_or(a.code = 'house:exchange:' || a.unit) AS exchanged
             FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
             JOIN ledger_journalentry e ON e.id = p.entry_id GROUP BY e.key, a.unit) units
           GROUP BY key HAVING count(*) > 1 AND NOT bool_and(exchanged)""",
    ),
    "orphaned": (
        gettext_lazy("A line belongs to no entry or no account."),
        """SELECT p.id::text FROM ledger_posting p LEFT JOIN ledger_journalentry e ON e.id = p.entry_id
           LEFT JOIN ledger_account a ON a.id = p.account_id WHERE e.id IS NULL OR a.id IS NULL""",
    ),
    "balance": (
        gettext_lazy("The balance is not the sum of its lines."),
        f"""SELECT a.code FROM ledger_account a LEFT JOIN ledger_posting p ON p.account_id = a.id
            WHERE NOT a.summed GROUP BY a.id HAVING a.balance <> coalesce(sum({NATURAL}), 0)""",
    ),
    "floor": (
        gettext_lazy("The account is below its floor."),
        f"""SELECT a.code FROM ledger_account a LEFT JOIN ledger_posting p ON p.account_id = a.id
            WHERE a.floor IS NOT NULL GROUP BY a.id HAVING coalesce(sum({NATURAL}), 0) < a.floor""",
    ),
    "reversal": (
        gettext_lazy("The reversal does not mirror its entry."),
        """SELECT DISTINCT r.key FROM ledger_journalentry r
           JOIN ledger_posting p ON p.entry_id IN (r.id, r.reverses_id) WHERE r.reverses_id IS NOT NULL
           GROUP BY r.id, p.account_id HAVING sum(p.amount) <> 0""",
    ),
    "fingerprint": (
        gettext_lazy("The entry is not what was posted."),
        """SELECT e.key FROM ledger_journalentry e LEFT JOIN ledger_journalentry u ON u.id = e.reverses_id
           LEFT JOIN LATERAL (
             SELECT string_agg(a.code || ' ' || p.amount, E'\\n' ORDER BY a.code COLLATE "C", p.amount) AS text
             FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id WHERE p.entry_id = e.id) lines ON true
           WHERE e.fingerprint <> encode(sha256(convert_to(
             e.kind || E'\\n' || coalesce(u.key, '') || E'\\n' || coalesce(lines.text, ''), 'UTF8')), 'hex')""",
    ),
}
AT_MOST = 20


def ask(name: str, told: object, question: str) -> None:
    """Look at something more each time: `question` is SQL that gives the place of every fault (from a `ready()`)."""
    QUESTIONS[name] = (told, question)


class Fault(NamedTuple):
    """One thing that is wrong; `where` is a key, a code or a date."""

    name: str
    where: str
    told: str


@dataclass(frozen=True)
class Report:
    """What a check of the books looked at and found."""

    entries: int
    postings: int
    accounts: int
    seals: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        if self.sound:
            return ngettext(
                "The books are sound: %(entries)d entry, %(postings)d lines, %(accounts)d accounts.",
                "The books are sound: %(entries)d entries, %(postings)d lines, %(accounts)d accounts.",
                self.entries,
            ) % {
                "entries": self.entries,
                "postings": self.postings,
                "accounts": self.accounts,
            }
        lines = [f"- {fault.where}: {fault.told}" for fault in self.faults]
        return "\n".join([_("The books are NOT sound:"), *lines])


class BooksBroken(Exception):
    """Raised by `prove_books()`; holds the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(str(report))


@transaction.atomic
def check_books() -> Report:
    """Look at every entry, balance, floor, reversal and seal; changes nothing."""
    faults = [fault for name in QUESTIONS for fault in _ask(name)]
    faults += [Fault("seal", f"{seal.sealed_at:%Y-%m-%d}", _("The seal is broken.")) for seal in seals.broken()]
    return Report(
        JournalEntry.objects.count(),
        Posting.objects.count(),
        Account.objects.count(),
        Seal.objects.count(),
        tuple(faults),
    )


def prove_books() -> Report:
    """`check_books()`, kept for the proof page; BooksBroken when there is a fault."""
    report = check_books()
    BooksCheck.objects.create(
        entries=report.entries, postings=report.postings, faults=[list(fault[:2]) for fault in report.faults]
    )
    if not report.sound:
        raise BooksBroken(report)
    return report


def _ask(name: str) -> list[Fault]:
    told, question = QUESTIONS[name]
    with connection.cursor() as cursor:
        cursor.execute(f"{question} LIMIT {AT_MOST}")
        return [Fault(name, where, str(told)) for (where,) in cursor.fetchall()]

"""The books as files: CSV of the journal and of a statement, and the French accounting file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from essaim.ledger import fec
from essaim.ledger.models import JournalEntry, Posting, Seal

JOURNAL = ("entry", "date", "key", "kind", "memo", "evidence", "reverses", "account", "debit", "credit", "unit")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Each row as a CSV line; texts that a spreadsheet would run as a formula are quoted."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])


def journal_rows(entries: QuerySet[JournalEntry]) -> Iterator[tuple[object, ...]]:
    """One row per posting, amounts in minor units, oldest first."""
    yield JOURNAL
    postings = Posting.objects.filter(entry__in=entries.order_by().values("pk"))
    for posting in postings.select_related("entry__reverses", "account").order_by("id").iterator(5_000):
        entry = posting.entry
        yield (
            entry.pk,
            f"{entry.at:%Y-%m-%dT%H:%M:%SZ}",
            entry.key,
            entry.kind,
            entry.memo,
            entry.evidence,
            entry.reverses_id or "",
            posting.account.code,
            max(posting.amount, 0),
            max(-posting.amount, 0),
            posting.account.unit,
        )


def fec_lines(unit: str, opening: date, closing: date) -> Iterator[fec.Line]:
    """Sealed postings in the house's currency between two days (both included), in the order of the entries.

    Only what is sealed is exported: behind a seal nothing can slip in, so numbers stay as they were given.
    """
    zone = timezone.get_current_timezone()
    since = datetime.combine(opening, time.min, zone)
    until = datetime.combine(closing, time.max, zone)
    seals = list(Seal.objects.order_by("id").values_list("last_entry_id", "sealed_at"))
    if not seals:
        return
    postings = Posting.objects.filter(
        account__unit=unit, entry__at__range=(since, until), entry_id__lte=seals[-1][0]
    ).select_related("entry", "account__owner")
    ahead = iter(seals)
    last, sealed_at = next(ahead)
    for posting in postings.order_by("entry_id", "id").iterator(5_000):
        while posting.entry_id > last:
            last, sealed_at = next(ahead)
        yield _line(posting, sealed_at)


def fec_file(unit: str, opening: date, closing: date) -> Iterator[str]:
    return fec.rows(fec_lines(unit, opening, closing))


def _line(posting: Posting, sealed_at: datetime) -> fec.Line:
    account, entry = posting.account, posting.entry
    return fec.Line(
        entry=entry.pk,
        day=timezone.localdate(entry.at),
        account=account.number,
        account_title=account.title,
        member=f"M{account.owner_id:07d}" if account.owner_id else "",
        member_name=str(account.owner) if account.owner else "",
        reference=entry.key,
        memo=entry.memo,
        amount=posting.amount,
        valid=timezone.localdate(sealed_at),
    )


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

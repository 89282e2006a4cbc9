"""The public journal and the chain of hashes over it.

A public line says which entry, the day (UTC), the kind of movement, the account, the amount in minor units
(a debit is positive) and the unit. A member appears under a pseudonym of his own in every entry, which only
he can recognise: nobody can follow him from line to line. `recompute.py` checks all of it from outside.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import F, QuerySet, Sum

from essaim.kit import clock
from essaim.ledger import chart
from essaim.ledger.models import Account, JournalEntry, Posting, Seal

GENESIS = "0" * 64
COLUMNS = ("entry", "date", "kind", "account", "amount", "unit")
Totals = dict[str, dict[str, int]]

LINES = """
SELECT e.id, concat_ws(',', e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), e.kind,
    CASE WHEN a.role = 'member'
         THEN 'member-' || left(encode(sha256(convert_to(a.secret || ':' || e.id, 'UTF8')), 'hex'), 12)
              || ':' || a.name || ':' || a.unit
         ELSE a.code END,
    p.amount, a.unit)
FROM ledger_posting p JOIN ledger_journalentry e ON e.id = p.entry_id JOIN ledger_account a ON a.id = p.account_id
WHERE e.id > %s AND e.id <= %s ORDER BY p.entry_id, p.id
"""


def pseudonym(account: Account, entry_id: int) -> str:
    """How the account appears in an entry's public lines."""
    if account.role != Account.Role.MEMBER:
        return account.code
    mark = hashlib.sha256(f"{account.secret}:{entry_id}".encode()).hexdigest()[:12]
    return f"member-{mark}:{account.name}:{account.unit}"


def public_lines(after: int, until: int) -> Iterator[tuple[int, str]]:
    """(entry, its public line) for entries after `after` up to `until`, in order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DECLARE public_lines NO SCROLL CURSOR FOR {LINES}", [after, until])
        while True:
            cursor.execute("FETCH 5000 FROM public_lines")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute("CLOSE public_lines")


def public_journal() -> Iterator[str]:
    """The sealed journal as CSV lines, each with the seal that covers it."""
    yield "seal," + ",".join(COLUMNS)
    after = 0
    for seal in Seal.objects.order_by("id"):
        for _entry, line in public_lines(after, seal.last_entry_id):
            yield f"{seal.pk},{line}"
        after = seal.last_entry_id


def chained(previous_hash: str, lines: Iterable[str]) -> str:
    """SHA-256 over the hash before and every line, each ended by a line feed."""
    digest = hashlib.sha256(f"{previous_hash}\n".encode())
    for line in lines:
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


@transaction.atomic
def seal_books() -> Seal | None:
    """Seal every entry written since the last seal; the last seal when there is nothing new.

    The table's lock waits for writers under way, so no lower number can appear behind the seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_journalentry IN SHARE ROW EXCLUSIVE MODE")
    last = Seal.objects.order_by("-id").first()
    after = last.last_entry_id if last else 0
    fresh = JournalEntry.objects.filter(pk__gt=after)
    newest = fresh.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        return last
    previous = last.hash if last else GENESIS
    return Seal.objects.create(
        last_entry_id=newest,
        entries=fresh.count(),
        previous_hash=previous,
        hash=chained(previous, (line for _, line in public_lines(after, newest))),
        totals=_added(last.totals if last else {}, sums(after)),
        sealed_at=clock.now(),
    )


def totals_now() -> Totals:
    """What each group of accounts holds now: the last seal's totals and what came since."""
    last = Seal.objects.order_by("-id").first()
    return _added(last.totals if last else {}, sums(last.last_entry_id if last else 0))


def sums(after: int) -> Totals:
    """By unit and group, read on each group's own side: the entries after `after`."""
    totals: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = (
        Posting.objects.filter(entry_id__gt=after)
        .values_list("account__unit", "account__role", "account__kind")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    for unit, role, kind, total in rows:
        totals[unit][group(role, kind)] = total if chart.debit_side(kind) else -total
    return totals


def group(role: str, kind: str) -> str:
    """House accounts go by kind, the others by whose they are."""
    return str(kind if role == Account.Role.HOUSE else role)


def broken() -> list[Seal]:
    """The seals whose hash is not the one their lines give, or that do not follow the one before."""
    faulty, after, previous = [], 0, GENESIS
    for seal in Seal.objects.order_by("id"):
        lines = (line for _, line in public_lines(after, seal.last_entry_id))
        if seal.previous_hash != previous or seal.hash != chained(previous, lines):
            faulty.append(seal)
        after, previous = seal.last_entry_id, seal.hash
    return faulty


def sealed() -> QuerySet[JournalEntry]:
    """The entries a seal covers."""
    last = Seal.objects.order_by("-id").first()
    return JournalEntry.objects.filter(pk__lte=last.last_entry_id if last else 0).order_by(F("id").asc())


def _added(before: Totals, more: Totals) -> Totals:
    units = {*before, *more}
    return {
        unit: {
            name: before.get(unit, {}).get(name, 0) + more.get(unit, {}).get(name, 0)
            for name in sorted({*before.get(unit, {}), *more.get(unit, {})})
        }
        for unit in sorted(units)
    }

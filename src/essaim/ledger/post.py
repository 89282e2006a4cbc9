"""The only way into the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.ledger.accounts import account_ids
from essaim.ledger.domain import AlreadyReversed, Entry, InsufficientFunds, KeyReused, reversed_entry
from essaim.ledger.models import JournalEntry
from essaim.people.models import Member

BATCH = 10_000


def post(entry: Entry, activity: Activity | None = None, *, author: Member | None = None) -> JournalEntry:
    """Write `entry` once: the same key and content again gives the row that stands.

    Raises KeyReused when the key stands for something else, InsufficientFunds when an account would fall
    below its floor. Nothing of the call is written then.
    """
    (pk,) = post_many([entry], activity, author=author)
    return JournalEntry.objects.get(pk=pk)


def post_many(
    entries: Sequence[Entry],
    activity: Activity | None = None,
    *,
    activities: Mapping[str, int] | None = None,
    author: Member | None = None,
) -> list[int]:
    """Write many entries, all or none; their ids, in order. Each call to the database takes 10,000.

    They follow from `activity`, or each from its own: `activities` gives the activity's id by the entry's key.
    """
    _agree(entries)
    origins = activities or ({entry.key: activity.pk for entry in entries} if activity else {})
    with transaction.atomic():
        return [
            pk
            for start in range(0, len(entries), BATCH)
            for pk in _write(entries[start : start + BATCH], origins, author)
        ]


def reverse(
    entry: JournalEntry,
    *,
    key: str,
    memo: str,
    evidence: str = "",
    activity: Activity | None = None,
    author: Member | None = None,
) -> JournalEntry:
    """Undo an entry by its mirror. AlreadyReversed the second time, unless it is the same call again."""
    return post(reversed_entry(entry.as_entry(), key=key, memo=memo, evidence=evidence), activity, author=author)


def _agree(entries: Sequence[Entry]) -> None:
    """One key, one content, also within a call."""
    seen: dict[str, str] = {}
    for entry in entries:
        if seen.setdefault(entry.key, entry.fingerprint) != entry.fingerprint:
            raise KeyReused(key=entry.key)


def _write(entries: Sequence[Entry], origins: Mapping[str, int], author: Member | None) -> list[int]:
    once = list({entry.key: entry for entry in entries}.values())
    ids = account_ids(posting.account for entry in once for posting in entry.postings)
    undone = dict(_undone(once))
    lines = [(number, posting) for number, entry in enumerate(once, start=1) for posting in entry.postings]
    given: list[Any] = [
        [entry.key for entry in once],
        [entry.kind for entry in once],
        [entry.memo for entry in once],
        [entry.evidence for entry in once],
        [entry.fingerprint for entry in once],
        [len(entry.postings) for entry in once],
        [undone[entry.reverses] if entry.reverses else None for entry in once],
        [origins.get(entry.key) for entry in once],
        clock.now(),
        author.pk if author else None,
        [number for number, _ in lines],
        [ids[posting.account] for _, posting in lines],
        [posting.amount for _, posting in lines],
    ]
    with _refusals(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(POST, given)
        rows = {number: (pk, fingerprint) for number, pk, fingerprint, _ in cursor.fetchall()}
    standing = {}
    for number, entry in enumerate(once, start=1):
        standing[entry.key], fingerprint = rows[number]
        if fingerprint != entry.fingerprint:
            raise KeyReused(key=entry.key)
    return [standing[entry.key] for entry in entries]


POST = """SELECT number, id, fingerprint, is_new FROM ledger_post(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::bigint[], %s::bigint[], %s, %s,
    %s::int[], %s::bigint[], %s::bigint[])"""


def _undone(entries: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    """The rows of the entries reversed here."""
    keys = [entry.reverses for entry in entries if entry.reverses]
    if keys:
        yield from JournalEntry.objects.filter(key__in=keys).values_list("key", "id")


@contextmanager
def _refusals() -> Iterator[None]:
    """What the database refuses, in the house's words."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        constraint = getattr(diagnosis, "constraint_name", None) or ""
        if constraint == "account_floor":
            raise InsufficientFunds(account=_account_in(diagnosis)) from error
        if constraint == "ledger_journalentry_reverses_id_key":
            raise AlreadyReversed from error
        raise


def _account_in(diagnosis: object) -> str:
    """The account's code, from the trigger's detail or from the failing row (its second column)."""
    detail = str(getattr(diagnosis, "message_detail", "") or "")
    return detail.split(", ")[1] if ", " in detail else detail

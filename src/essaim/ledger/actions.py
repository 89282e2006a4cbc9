"""What a treasurer does by hand: put money in, write an entry, reverse one. Always with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.kit.errors import Refusal, gettext_noop
from essaim.ledger import chart, entries, policy
from essaim.ledger import post as journal
from essaim.ledger.domain import Entry, credit, debit
from essaim.ledger.models import JournalEntry
from essaim.ledger.verbs import EntryPosted, EntryReversed
from essaim.people.models import Member
from essaim.people.policy import allow

_ = gettext_noop


class ReasonMissing(Refusal):
    cause = _("An entry made by hand needs a reason.")
    remedy = _("Write in one sentence what it is for.")


@transaction.atomic
def put_money_in(*, actor: Member, amount: int, unit: str, reason: str, key: Any) -> JournalEntry:
    """The house's own money has arrived on its bank account: it may be promised from now on."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    entry = entries.deposit(key=f"manual:{key}", amount=amount, unit=unit, memo=_reason(reason))
    return _post(actor, entry, amount, unit)


@transaction.atomic
def take_money_out(*, actor: Member, amount: int, unit: str, reason: str, key: Any) -> JournalEntry:
    """The house takes back money of its own that is promised to nobody."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    entry = entries.withdrawal(key=f"manual:{key}", amount=amount, unit=unit, memo=_reason(reason))
    return _post(actor, entry, amount, unit)


@transaction.atomic
def write_entry(
    *, actor: Member, debited: str, credited: str, amount: int, reason: str, key: Any, evidence: str = ""
) -> JournalEntry:
    """A movement between two accounts, named by their codes."""
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    left, right = chart.describe(debited), chart.describe(credited)
    postings = (debit(left, amount), credit(right, amount))
    return _post(actor, Entry(f"manual:{key}", _reason(reason), postings, "manual", evidence), amount, left.unit)


@transaction.atomic
def reverse_entry(*, actor: Member, entry: JournalEntry, reason: str, key: Any) -> JournalEntry:
    """Undo an entry by its mirror; nothing is ever deleted."""
    entry = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    allow(policy.keep_books, actor, refusal=policy.NotTreasurer)
    memo = _reason(reason)
    amount, unit = _size(entry)
    activity = record(EntryReversed(amount, unit, entry.memo, memo), actor=actor, object=entry, public=False)
    return journal.reverse(entry, key=f"manual:{key}", memo=memo, activity=activity, author=actor)


def _post(actor: Member, entry: Entry, amount: int, unit: str) -> JournalEntry:
    """Post, then record; a form sent twice does both once."""
    standing = JournalEntry.objects.filter(key=entry.key).exists()
    posted = journal.post(entry, author=actor)
    if not standing:
        record(EntryPosted(amount, unit, entry.memo, entry.memo), actor=actor, object=posted, public=False)
    return posted


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def _size(entry: JournalEntry) -> tuple[int, str]:
    """The larger side of the entry's first unit."""
    first = entry.postings.select_related("account").order_by("id")[0]
    same = entry.postings.filter(account__unit=first.account.unit, amount__gt=0)
    return sum(same.values_list("amount", flat=True)), first.account.unit

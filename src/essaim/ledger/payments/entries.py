"""What money moved by a provider writes in the books. Pure."""

from __future__ import annotations

from essaim.ledger.chart import house_account
from essaim.ledger.domain import Entry, Named, Posting, credit, debit
from essaim.ledger.payments.domain import Move


def received(
    key: str, *, amount: int, till: str, target: Named, memo: str, evidence: str, kind: str = Move.CAPTURE
) -> Entry:
    """`till` is the house account where the provider's money stands; what was paid belongs to `target`."""
    return Entry(key, memo, (debit(house_account(till, target.unit), amount), credit(target, amount)), kind, evidence)


def returned(
    key: str, *, amount: int, till: str, target: Named, available: int, memo: str, evidence: str, kind: str
) -> Entry:
    """The provider has taken money back. What `target` no longer has, the house has lost."""
    borne = min(amount, max(available, 0))
    postings: list[Posting] = [credit(house_account(till, target.unit), amount)]
    if borne:
        postings.append(debit(target, borne))
    if amount > borne:
        postings.append(debit(house_account("losses", target.unit), amount - borne))
    return Entry(key, memo, tuple(postings), kind, evidence)


def recovered(
    key: str, *, amount: int, till: str, target: Named, lost: int, memo: str, evidence: str, kind: str = Move.RECOVERY
) -> Entry:
    """Money that had left came back: the house's loss is made good first (`lost`), the rest goes to `target`."""
    made_good = min(amount, max(lost, 0))
    postings: list[Posting] = [debit(house_account(till, target.unit), amount)]
    if made_good:
        postings.append(credit(house_account("losses", target.unit), made_good))
    if amount > made_good:
        postings.append(credit(target, amount - made_good))
    return Entry(key, memo, tuple(postings), kind, evidence)

"""What only a provider's statement tells: its fees, and what it sent to the house's bank. Pure."""

from __future__ import annotations

from essaim.ledger.chart import house_account
from essaim.ledger.domain import Entry, credit, debit

FEE, TRANSFER = "provider-fee", "provider-transfer"


def fee(key: str, *, till: str, amount: int, unit: str, memo: str, evidence: str) -> Entry:
    """The provider keeps `amount`; below zero it gives a fee back."""
    return _moved(key, "provider-fees", till, amount, unit, memo, FEE, evidence)


def transfer(key: str, *, till: str, amount: int, unit: str, memo: str, evidence: str) -> Entry:
    """The provider sends `amount` to the house's bank; below zero it came back."""
    return _moved(key, "bank", till, amount, unit, memo, TRANSFER, evidence)


def _moved(key: str, gains: str, loses: str, amount: int, unit: str, memo: str, kind: str, evidence: str) -> Entry:
    source, target = (loses, gains) if amount > 0 else (gains, loses)
    postings = (debit(house_account(target, unit), abs(amount)), credit(house_account(source, unit), abs(amount)))
    return Entry(key, memo, postings, kind, evidence)

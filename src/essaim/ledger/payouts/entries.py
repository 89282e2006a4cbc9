"""A payout's way through the books: balance → held → in transit → out, or back. Pure."""

from __future__ import annotations

from essaim.ledger.chart import house_account, member_account
from essaim.ledger.domain import Entry, Posting, credit, debit, transfer


def asked(payout_id: object, member_id: int, amount: int, unit: str, memo: str) -> Entry:
    """The amount leaves the balance at once, so that it cannot be asked twice."""
    postings = transfer(member_account(member_id, unit), member_account(member_id, unit, "held"), amount)
    return _entry(payout_id, "asked", memo, postings, "payout-asked")


def given_back(payout_id: object, member_id: int, amount: int, unit: str, memo: str) -> Entry:
    """Refused or cancelled: back on the balance."""
    postings = transfer(member_account(member_id, unit, "held"), member_account(member_id, unit), amount)
    return _entry(payout_id, "given-back", memo, postings, "payout-given-back")


def sent(payout_id: object, member_id: int, amount: int, unit: str, memo: str) -> Entry:
    postings = transfer(member_account(member_id, unit, "held"), house_account("transit", unit), amount)
    return _entry(payout_id, "sent", memo, postings, "payout-sent")


def settled(payout_id: object, till: str, amount: int, unit: str, memo: str) -> Entry:
    """Arrived: the money has left the house's account `till`."""
    postings = (debit(house_account("transit", unit), amount), credit(house_account(till, unit), amount))
    return _entry(payout_id, "settled", memo, postings, "payout")


def failed(payout_id: object, member_id: int, amount: int, unit: str, memo: str) -> Entry:
    """It never left: back on the balance."""
    postings = transfer(house_account("transit", unit), member_account(member_id, unit), amount)
    return _entry(payout_id, "failed", memo, postings, "payout-failed")


def returned(payout_id: object, member_id: int, till: str, amount: int, unit: str, memo: str) -> Entry:
    """It had left and came back."""
    postings = (debit(house_account(till, unit), amount), credit(member_account(member_id, unit), amount))
    return _entry(payout_id, "returned", memo, postings, "payout-returned")


def arrived_after_all(
    payout_id: object, word: int, member_id: int, till: str, amount: int, unit: str, memo: str
) -> Entry:
    """Said to have failed, it had left: off the balance again. `word` is the provider's, so that each counts once."""
    postings = (debit(member_account(member_id, unit), amount), credit(house_account(till, unit), amount))
    return _entry(payout_id, f"settled-{word}", memo, postings, "payout")


def came_back_after_all(
    payout_id: object, word: int, member_id: int, till: str, amount: int, unit: str, memo: str
) -> Entry:
    """Said to have arrived, it came back: on the balance again."""
    postings = (debit(house_account(till, unit), amount), credit(member_account(member_id, unit), amount))
    return _entry(payout_id, f"returned-{word}", memo, postings, "payout-returned")


def _entry(payout_id: object, step: str, memo: str, postings: tuple[Posting, ...], kind: str) -> Entry:
    return Entry(f"payout:{payout_id}:{step}", memo, postings, kind, evidence=f"/my/payouts/{payout_id}/")

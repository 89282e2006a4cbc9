"""The house's usual movements, as entries. Pure. Mechanisms with movements of their own build them likewise."""

from __future__ import annotations

from collections.abc import Iterable

from essaim.ledger.chart import POINTS, cause_account, escrow_account, house_account, member_account
from essaim.ledger.domain import Entry, Posting, credit, debit, transfer


def deposit(*, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """The house puts its own money in: its bank holds it, and it is free to be promised."""
    postings = (debit(house_account("bank", unit), amount), credit(house_account("own", unit), amount))
    return Entry(key, memo, postings, "deposit", evidence)


def withdrawal(*, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """The house takes free money of its own out again."""
    postings = (debit(house_account("own", unit), amount), credit(house_account("bank", unit), amount))
    return Entry(key, memo, postings, "withdrawal", evidence)


def fund(initiative_id: int, *, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """The house sets money aside for an initiative; refused (InsufficientFunds) beyond what it has put in."""
    postings = transfer(house_account("own", unit), escrow_account(initiative_id, unit), amount)
    return Entry(key, memo, postings, "fund", evidence)


def unfund(initiative_id: int, *, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """What an initiative did not spend goes back to the house."""
    postings = transfer(escrow_account(initiative_id, unit), house_account("own", unit), amount)
    return Entry(key, memo, postings, "unfund", evidence)


def award(
    initiative_id: int,
    parts: Iterable[tuple[int, int]],
    *,
    key: str,
    memo: str,
    unit: str = "EUR",
    kind: str = "award",
    evidence: str = "",
) -> Entry:
    """An initiative pays members from its escrow. `parts`: (member id, minor units); parts of zero are left out."""
    paid = [(member_id, amount) for member_id, amount in parts if amount]
    total = sum(amount for _, amount in paid)
    postings = (
        debit(escrow_account(initiative_id, unit), total),
        *(credit(member_account(member_id, unit), amount) for member_id, amount in paid),
    )
    return Entry(key, memo, postings, kind, evidence)


def royalties(
    parts: Iterable[tuple[int, int]], *, key: str, memo: str, unit: str = "EUR", evidence: str = ""
) -> Entry:
    """Royalties fall due to members and are held until they may be drawn: the house's expense, its debt to each."""
    paid = [(member_id, amount) for member_id, amount in parts if amount]
    total = sum(amount for _, amount in paid)
    postings: tuple[Posting, ...] = (
        debit(house_account("royalties", unit), total),
        *(credit(member_account(member_id, unit, "held"), amount) for member_id, amount in paid),
    )
    return Entry(key, memo, postings, "royalty", evidence)


def hold(member_id: int, *, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """A part of a member's balance is set aside."""
    postings = transfer(member_account(member_id, unit), member_account(member_id, unit, "held"), amount)
    return Entry(key, memo, postings, "hold", evidence)


def release(member_id: int, *, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = "") -> Entry:
    """What was set aside is the member's to use."""
    postings = transfer(member_account(member_id, unit, "held"), member_account(member_id, unit), amount)
    return Entry(key, memo, postings, "release", evidence)


def points(member_id: int, *, key: str, amount: int, memo: str, evidence: str = "") -> Entry:
    """Points are given to a member."""
    postings = transfer(house_account("points", POINTS), member_account(member_id, POINTS), amount)
    return Entry(key, memo, postings, "points", evidence)


def gift(
    initiative_id: int, cause: str, *, key: str, amount: int, unit: str = "EUR", memo: str, evidence: str = ""
) -> Entry:
    """An initiative gives to a cause from its escrow."""
    postings = transfer(escrow_account(initiative_id, unit), cause_account(cause, unit), amount)
    return Entry(key, memo, postings, "gift", evidence)

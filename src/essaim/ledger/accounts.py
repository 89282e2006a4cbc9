"""Accounts, opened on first use. Two sessions opening the same one get the same row."""

from __future__ import annotations

from collections.abc import Iterable

from essaim.ledger import chart
from essaim.ledger.models import Account
from essaim.people.models import Member


def house(name: str, unit: str = "EUR") -> Account:
    """An account of the house: a name of `chart.HOUSE` (bank, provider, own, fees, rewards, royalties …)."""
    return opened(chart.house_account(name, unit))


def escrow(initiative_id: int, unit: str = "EUR") -> Account:
    """What is set aside for an initiative."""
    return opened(chart.escrow_account(initiative_id, unit))


def member(member: Member, unit: str = "EUR", kind: str = "balance") -> Account:
    """A member's `balance` (his to use) or what is `held` for him."""
    return opened(chart.member_account(member.pk, unit, kind))


def cause(name: str, unit: str = "EUR") -> Account:
    return opened(chart.cause_account(name, unit))


def opened(account: chart.Account) -> Account:
    found = Account.objects.filter(code=account.code).first()
    if found is None:
        open_accounts([account.code])
        found = Account.objects.get(code=account.code)
    return found


def account_ids(codes: Iterable[str]) -> dict[str, int]:
    """The row of each code; what does not exist yet is opened. UnknownAccount for a code outside the chart."""
    wanted = set(codes)
    found = _ids(wanted)
    if missing := wanted - found.keys():
        open_accounts(missing)
        found |= _ids(missing)
    return found


def open_accounts(codes: Iterable[str]) -> None:
    """Insert the missing rows, in the order of their codes (two sessions never wait for each other crosswise)."""
    rows = [_row(chart.describe(code)) for code in sorted(set(codes))]
    Account.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)


def _ids(codes: Iterable[str]) -> dict[str, int]:
    return dict(Account.objects.filter(code__in=list(codes)).values_list("code", "id"))


def _row(account: chart.Account) -> Account:
    return Account(
        code=account.code,
        unit=account.unit,
        kind=account.kind,
        role=account.role,
        name=account.name,
        number=account.number,
        title=account.title,
        owner_id=account.owner_id,
        initiative_id=account.initiative_id,
        floor=account.floor,
        summed=account.summed,
        balance=None if account.summed else 0,
    )

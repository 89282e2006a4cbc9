"""What the books keep about a person: shown in the export, and what of it goes when the person goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from essaim.ledger import chart
from essaim.ledger.domain import Entry, transfer
from essaim.ledger.models import Payout, PayoutStep
from essaim.ledger.payouts.queries import UNDER_WAY
from essaim.ledger.post import post
from essaim.ledger.queries import member_accounts, statement
from essaim.people import rights
from essaim.people.models import Member


def statements_of(member: Member) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "account": account.name,
            "date": line.entry.at.isoformat(),
            "kind": line.entry.kind,
            "memo": line.entry.memo,
            "amount": line.moved,
            "balance": line.after,
            "unit": account.unit,
        }
        for account in member_accounts(member)
        for line in statement(account)
    ]


def payouts_of(member: Member) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "asked": payout.requested_at.isoformat(),
            "amount": payout.amount,
            "unit": payout.unit,
            "account": payout.destination,
            "state": payout.state,
            "reason": payout.reason,
        }
        for payout in Payout.objects.filter(member=member)
    ]


def owed_to(member: Member) -> Sequence[rights.Owed]:
    """Money, not points: points go with the account. What a payout has taken hold of is under way, and only that."""
    sums, moving = Counter[str](), Counter[str]()
    for account in member_accounts(member).exclude(unit=chart.POINTS):
        sums[account.unit] += account.balance or 0
    for payout in Payout.objects.filter(member=member, state__in=UNDER_WAY):
        moving[payout.unit] += payout.amount
        if payout.state != Payout.State.SENT:
            sums[payout.unit] -= payout.amount
    owed = [rights.Owed(amount, unit) for unit, amount in sums.items() if amount]
    return [*owed, *(rights.Owed(amount, unit, under_way=True) for unit, amount in moving.items())]


def forget(member: Member) -> None:
    """What is still on the accounts goes to the house; bank accounts and what was noted are forgotten."""
    for account in member_accounts(member).filter(balance__gt=0):
        home = chart.house_account("points" if account.unit == chart.POINTS else "own", account.unit)
        postings = transfer(account, home, account.balance or 0)
        post(Entry(f"given-up:{account.pk}", "", postings, "given-up"))
    Payout.objects.filter(member=member).update(destination="")
    PayoutStep.objects.filter(payout__member=member, state="identity").update(reason="")


rights.register("statement", portrait=statements_of, erase=forget, owed=owed_to)
rights.register("payouts", portrait=payouts_of)

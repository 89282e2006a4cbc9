"""What is done with a pledge's money: let go, asked back, matched. Called by acts that hold the campaign's lock."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language, gettext, override

from essaim.kit import clock
from essaim.kit.money import format_amount
from essaim.ledger.models import Payment
from essaim.ledger.payments.actions import return_payment
from essaim.ledger.payments.requests import refundable
from essaim.ledger.post import post
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.actions.pots import promise
from essaim.mechanisms.crowdfunding.domain import entries, errors
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.models import Charge, Match, OfflineMoney, Pledge, Refund
from essaim.people.models import Member
from essaim.people.queries import house


def release(pledge: Pledge, state: str) -> None:
    """The pledge is over: its places are free, pots keep their money, and its own goes back."""
    pledge.state, pledge.expires_at = state, None
    pledge.save(update_fields=["state", "expires_at"])
    pledge.lines.update(holds=False)
    unmatch(pledge)
    send_everything_back(pledge, _cause(state))


def _cause(state: str) -> str:
    causes = {"withdrawn": Refund.Cause.WITHDRAWAL, "released": Refund.Cause.FAILURE}
    return causes.get(str(state), Refund.Cause.CANCELLED)


def send_everything_back(pledge: Pledge, cause: str, *, by: Member | None = None, reason: str = "") -> None:
    """Holds are let go, received money is asked back, however many attempts it came by."""
    from essaim.mechanisms.crowdfunding.actions.payments import let_go

    for charge in Charge.objects.filter(pledge=pledge).select_related("payment"):
        let_go(charge.payment)
        if (left := refundable(charge.payment)) > 0:
            _ask_provider(
                pledge, charge.payment, left, cause, by, reason, f"all:{charge.pk}:{charge.payment.refunded}"
            )
    if (by_hand := offline_left(pledge)) > 0:
        _by_hand(pledge, by_hand, cause, by, reason, f"all:{pledge.pk}:{pledge.refunded}")


def send_charge_back(charge: Charge, cause: str) -> None:
    """What came by an attempt that no longer counts."""
    from essaim.mechanisms.crowdfunding.actions.payments import let_go

    let_go(charge.payment)
    if (left := refundable(charge.payment)) > 0:
        mark = f"charge:{charge.pk}:{charge.payment.refunded}"
        _ask_provider(charge.pledge, charge.payment, left, cause, None, "", mark)


def returnable(pledge: Pledge) -> int:
    """What was received of the pledge and is neither back nor on its way back."""
    payments = Payment.objects.filter(pk__in=Charge.objects.filter(pledge=pledge).values("payment"))
    there = sum(max(refundable(payment), 0) for payment in payments) + offline_left(pledge)
    return max(min(there, pledge.left), 0)


def offline_left(pledge: Pledge) -> int:
    """What came by cheque, transfer or cash, less what is promised back by hand and what was passed on."""
    came = pledge.offline.filter(way=OfflineMoney.Way.IN).exclude(confirmed_at=None)
    back = pledge.refunds.filter(payment=None)
    total = came.aggregate(sum=Sum("amount"))["sum"] or 0
    return int(total - (back.aggregate(sum=Sum("amount"))["sum"] or 0)) if total else 0


def ask_back(
    pledge: Pledge, amount: int, *, cause: str, mark: str, by: Member | None = None, reason: str = ""
) -> list[Refund]:
    """Pay `amount` back, from whichever payments it came by. Raises NothingRefundable."""
    left = returnable(pledge)
    if not 0 < amount <= left:
        raise errors.NothingRefundable(left=format_amount(left, pledge.unit, get_language() or "fr"))
    made = []
    for charge in Charge.objects.filter(pledge=pledge).select_related("payment"):
        part = min(amount, max(refundable(charge.payment), 0))
        if part:
            made.append(_ask_provider(pledge, charge.payment, part, cause, by, reason, f"{mark}:{charge.pk}"))
            amount -= part
    if amount:
        made.append(_by_hand(pledge, amount, cause, by, reason, mark))
    return made


def _ask_provider(
    pledge: Pledge, payment: Payment, amount: int, cause: str, by: Member | None, reason: str, mark: str
) -> Refund:
    key = entries.key(pledge.campaign_id, "refund", pledge.pk, mark)
    refund, new = Refund.objects.get_or_create(
        key=key,
        defaults=_refund(pledge, amount, cause, by, reason) | {"payment": payment},
    )
    if new:
        recall(pledge, amount, mark=f"{pledge.pk}:{mark}")
        return_payment(payment, amount, key=key)
    return refund


def _by_hand(pledge: Pledge, amount: int, cause: str, by: Member | None, reason: str, mark: str) -> Refund:
    key = entries.key(pledge.campaign_id, "refund", pledge.pk, mark, "hand")
    return Refund.objects.get_or_create(key=key, defaults=_refund(pledge, amount, cause, by, reason))[0]


def _refund(pledge: Pledge, amount: int, cause: str, by: Member | None, reason: str) -> dict[str, Any]:
    return {"pledge": pledge, "amount": amount, "cause": cause, "asked_by": by, "reason": reason[:300]}


def recall(pledge: Pledge, amount: int, *, mark: str) -> None:
    """Settled money comes back into the jar when the jar no longer holds what is to be paid back."""
    rules = queries.rules_of(pledge.campaign)
    promised = Refund.objects.filter(pledge__campaign=pledge.campaign_id, done_at=None).exclude(pledge=pledge)
    waiting = promised.aggregate(sum=Sum("amount"))["sum"] or 0
    missing = amount - max(escrow_balance(pledge.campaign_id, pledge.unit) - waiting, 0)
    if missing > 0 and queries.has_passed(queries.campaign_of(pledge.campaign)):
        missing = min(missing, amount)
        post(entries.recalled(pledge.campaign_id, rules, missing, mark=mark, memo=memo(pledge)))


def memo(pledge: Pledge) -> str:
    with override(house().languages[0]):  # the books are kept in one language
        words = {"campaign": pledge.campaign.title, "number": pledge.number}
        return (gettext("%(campaign)s, pledge %(number)s") % words)[:300]


def unmatch(pledge: Pledge) -> None:
    """Pots no longer add to the pledge."""
    Match.objects.filter(pledge=pledge).exclude(amount=0).update(amount=0)


def rematch(pledge: Pledge) -> None:
    """Pots add what they may to the pledge as it now stands; nothing to one that does not count."""
    unmatch(pledge)
    if pledge.state in life.COUNTING:
        promise(pledge, pledge.amount if pledge.state == Pledge.State.HELD else pledge.left)


def pass_on(pledge: Pledge, due: life.Due) -> None:
    """The campaign failed: received money becomes a credit or a gift, as its giver chose."""
    amount, now = returnable(pledge), clock.now()
    if amount:
        unit, campaign = pledge.unit, pledge.campaign_id
        if due is life.Due.CREDIT and pledge.backer_id is not None:
            post(
                entries.credited(
                    campaign, unit, amount, member_id=pledge.backer_id, mark=pledge.pk, memo=memo(pledge)
                )
            )
            pledge.credited += amount
        else:
            post(entries.given(campaign, unit, amount, mark=pledge.pk, memo=memo(pledge)))
            pledge.given += amount
    pledge.state = Pledge.State.CREDITED if pledge.credited else Pledge.State.GIVEN
    pledge.settled_at = now
    pledge.save(update_fields=["state", "credited", "given", "settled_at"])
    pledge.lines.update(holds=False)

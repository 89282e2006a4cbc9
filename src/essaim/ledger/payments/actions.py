"""Acts around payments: opening one, asking for money to be taken, let go, paid back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.ledger import accounts, policy
from essaim.ledger.models import Account, Payment, Request
from essaim.ledger.payments import requests
from essaim.ledger.payments.domain import NotCancellable, NotCapturable, NotRefundable
from essaim.ledger.payments.opening import asked_of_provider
from essaim.ledger.payments.requests import Wanted
from essaim.ledger.payments.settle import facts_of
from essaim.ledger.providers import default_provider, provider
from essaim.ledger.verbs import PaymentOpened, RefundAsked
from essaim.people.models import Member
from essaim.people.policy import allow

Kind = Request.Kind


def open_payment(
    *,
    payer: Member | None,
    target: Account,
    amount: int,
    memo: str,
    key: Any,
    return_path: str = "",
    capture: str = "now",
    purpose: str = "",
    by: str = "",
    until: datetime | None = None,
) -> tuple[Payment, str]:
    """Ask the provider to take `amount` for `target`, or to hold it; the row and the address the payer goes to.

    `key` (a UUID made with the form) makes it happen once. `purpose` names who hears of it (`payments.listen`),
    `by` the provider (else the house's first), `until` when a later capture is made at the latest. Callers decide
    beforehand who may pay for what. A provider may be far away: hold no lock meanwhile.
    """
    payment = prepare_payment(
        payer=payer,
        target=target,
        amount=amount,
        memo=memo,
        key=key,
        return_path=return_path,
        capture=capture,
        purpose=purpose,
        by=by,
        until=until,
    )
    return begin_payment(payment)


def prepare_payment(
    *,
    payer: Member | None,
    target: Account,
    amount: int,
    memo: str,
    key: Any,
    return_path: str = "",
    capture: str = "now",
    purpose: str = "",
    by: str = "",
    until: datetime | None = None,
) -> Payment:
    """The row alone, written in the caller's transaction beside what it is for; `begin_payment` asks the provider."""
    source = provider(by) if by else default_provider()
    payment, _new = Payment.objects.get_or_create(
        pk=key,
        defaults={
            "provider": source.slug,
            "payer": payer,
            "target": target,
            "amount": amount,
            "unit": target.unit,
            "memo": memo,
            "return_path": return_path or f"/payments/{key}/",
            "capture": capture,
            "purpose": purpose,
            "until": until,
        },
    )
    return payment


def begin_payment(payment: Payment) -> tuple[Payment, str]:
    """Ask the provider, as often as one likes; the row and the address the payer goes to. Hold no lock meanwhile."""
    opened = asked_of_provider(payment)
    payment.refresh_from_db()
    return payment, opened.url


def capture_payment(payment: Payment, amount: int, key: Any) -> Request:
    """Take `amount` of what is held; the rest is let go. Taken when the provider says so (`payment.succeeded`).

    The request is written in the caller's transaction and sent after it, again until it is answered: the same key
    asks once. A refusal is heard as `payment.failed`. Raises NotCapturable when less is held.
    """
    if standing := requests.made(key):
        return standing
    facts = facts_of(payment)
    if not _can_be_taken(payment, amount):
        raise NotCapturable(available=policy.written(facts.authorised, payment.unit), state=facts.state)
    return requests.write(payment, Kind.CAPTURE, amount, key)


def capture_payments(wanted: Sequence[Wanted]) -> None:
    """Take what is held for many; those for which less is held are left out: what became of them is heard."""
    requests.write_many(Kind.CAPTURE, [one for one in wanted if _can_be_taken(one.payment, one.amount)])


def _can_be_taken(payment: Payment, amount: int) -> bool:
    facts = facts_of(payment)
    return facts.state == "authorised" and 0 < amount <= facts.authorised


def cancel_payment(payment: Payment, key: Any) -> Request:
    """Let go what is held, or no longer wait for the payer (`payment.cancelled` follows). Raises NotCancellable."""
    if standing := requests.made(key):
        return standing
    if not facts_of(payment).can_be_cancelled:
        raise NotCancellable
    return requests.write(payment, Kind.CANCEL, payment.authorised, key)


def cancel_payments(wanted: Sequence[Wanted]) -> None:
    """Let go many; those taken or closed meanwhile, and those no provider has heard of, are left out."""
    able = [one for one in wanted if one.payment.reference and facts_of(one.payment).can_be_cancelled]
    requests.write_many(Kind.CANCEL, able)


def return_payment(payment: Payment, amount: int, key: Any) -> Request:
    """Pay `amount` back to the payer (`payment.refunded` follows). Callers decide who may. Raises NotRefundable
    beyond what was taken, less what was paid back or asked to be."""
    if standing := requests.made(key):
        return standing
    available = requests.refundable(payment)
    if not 0 < amount <= available:
        raise NotRefundable(available=policy.written(available, payment.unit))
    return requests.write(payment, Kind.REFUND, amount, key)


def return_payments(wanted: Sequence[Wanted]) -> None:
    """Pay back of many what the caller has found to be there (`requests.refundables`)."""
    requests.write_many(Kind.REFUND, wanted)


def pay_in(*, actor: Member, amount: int, unit: str, memo: str, key: Any) -> tuple[Payment, str]:
    """The house pays its own money in through the provider."""
    allow(policy.keep_books, actor)
    with transaction.atomic():
        target = accounts.house("own", unit)
        record(PaymentOpened(amount, unit, memo), actor=actor, public=False)
    return open_payment(payer=actor, target=target, amount=amount, memo=memo, key=key)


def refund_payment(*, actor: Member, payment: Payment, amount: int, key: Any) -> None:
    """Ask the provider to pay back a part or all. The books move when the provider says it is done."""
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        allow(policy.keep_books, actor)
        if requests.made(key) is None:
            request = return_payment(payment, amount, key)
            record(RefundAsked(amount, payment.unit, payment.memo), actor=actor, public=False)
        else:
            return
    requests.send(request)

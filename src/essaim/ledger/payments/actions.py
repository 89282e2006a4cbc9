"""Acts around payments: opening one, asking for money to be paid back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.ledger import accounts, policy
from essaim.ledger.events import apply_waiting
from essaim.ledger.models import Account, Payment
from essaim.ledger.payments.domain import NotRefundable
from essaim.ledger.payments.settle import facts_of
from essaim.ledger.providers import default_provider, provider
from essaim.ledger.verbs import PaymentOpened, RefundAsked
from essaim.people.models import Member
from essaim.people.policy import allow


def open_payment(
    *, payer: Member | None, target: Account, amount: int, memo: str, key: Any, return_path: str = ""
) -> tuple[Payment, str]:
    """Ask the provider to take `amount` for `target`; the row and the address the payer goes to.

    `key` (a UUID made with the form) makes it happen once. Callers decide beforehand who may pay for what.
    """
    source = default_provider()
    payment, _new = Payment.objects.get_or_create(
        pk=key,
        defaults={
            "provider": source.slug,
            "payer": payer,
            "target": target,
            "amount": amount,
            "unit": target.unit,
            "memo": memo,
        },
    )
    opened = source.create_payment(
        key=str(payment.pk),
        amount=payment.amount,
        unit=payment.unit,
        memo=payment.memo,
        return_path=return_path or f"/payments/{payment.pk}/",
    )
    Payment.objects.filter(pk=payment.pk).update(reference=opened.reference)
    apply_waiting(provider=source.slug, reference=opened.reference)
    payment.refresh_from_db()
    return payment, opened.url


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
        available = facts_of(payment).left
        if not 0 < amount <= available:
            raise NotRefundable(available=policy.written(available, payment.unit))
        record(RefundAsked(amount, payment.unit, payment.memo), actor=actor, public=False)
    provider(payment.provider).refund(reference=payment.reference or "", amount=amount, key=str(key))

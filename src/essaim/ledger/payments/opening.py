"""Asking the provider to take a payment; asked again by the same key, it answers the same."""

from __future__ import annotations

from essaim.ledger.events import apply_waiting
from essaim.ledger.models import Payment
from essaim.ledger.providers import Opened, provider


def asked_of_provider(payment: Payment) -> Opened:
    """The reference is written as soon as it is known; what was told about it before is applied then."""
    opened = provider(payment.provider).create_payment(
        key=str(payment.pk),
        amount=payment.amount,
        unit=payment.unit,
        memo=payment.memo,
        return_path=payment.return_path,
        capture=payment.capture,
        until=payment.until,
    )
    if payment.reference != opened.reference:
        Payment.objects.filter(pk=payment.pk).update(reference=opened.reference)
        apply_waiting(provider=payment.provider, references=[opened.reference])
    return opened

"""A provider's word: kept once, whole, and applied in the order it makes sense."""

from __future__ import annotations

from django.db import transaction

from essaim.ledger.models import Payment, Payout, ProviderEvent
from essaim.ledger.payments import domain as payments
from essaim.ledger.payments import listening
from essaim.ledger.payments.settle import apply_to_payment
from essaim.ledger.payouts.settle import apply_to_payout
from essaim.ledger.providers import Said

Outcome = ProviderEvent.Outcome
KNOWN = ("payment.", "payout.")


@transaction.atomic
def receive_event(*, provider: str, said: Said) -> ProviderEvent:
    """Keep the event and apply what can be applied to its payment or payout. The same event again does nothing."""
    event, new = ProviderEvent.objects.get_or_create(
        provider=provider,
        event_id=said.event_id,
        defaults={
            "type": said.type,
            "reference": said.reference,
            "amount": said.amount,
            "occurred_at": said.occurred_at,
            "expires_at": said.expires_at,
            "body": said.body,
            "outcome": Outcome.WAITING if said.type.startswith(KNOWN) else Outcome.UNKNOWN,
        },
    )
    if new:
        apply_waiting(provider=provider, reference=said.reference, told=event)
    return event


@transaction.atomic
def apply_waiting(*, provider: str, reference: str, told: ProviderEvent | None = None) -> None:
    """Apply the events waiting for this reference, again and again until none can be. `told` is the one just kept:
    its outcome is written on it."""
    payment = _payment(provider, reference)
    payout = None if payment else _payout(provider, reference)
    if payment is None and payout is None:
        return  # told before we knew the reference: it is applied when the reference is written
    while waiting := _waiting(provider, reference, told):
        applied = next((event for event in waiting if _apply(event, payment, payout)), None)
        if applied is None or (len(waiting) == 1 and applied.type not in REOPENING):
            return


REOPENING = {payments.SUCCEEDED}
"""Words after which others, looked at before, are looked at again."""


def _payment(provider: str, reference: str) -> Payment | None:
    """The payment, locked; what its listener locks is locked before."""
    found = Payment.objects.filter(provider=provider, reference=reference)
    if (payment := found.first()) is not None:
        listening.lock_for(payment)
        return found.select_for_update().first()
    return None


def _payout(provider: str, reference: str) -> Payout | None:
    return Payout.objects.select_for_update().filter(provider=provider, reference=reference).first()


def _waiting(provider: str, reference: str, told: ProviderEvent | None) -> list[ProviderEvent]:
    """In the order in which they happened."""
    waiting = ProviderEvent.objects.filter(provider=provider, reference=reference, outcome=Outcome.WAITING)
    found = waiting.order_by("occurred_at", "id")
    return [told if told is not None and event.pk == told.pk else event for event in found]


def _apply(event: ProviderEvent, payment: Payment | None, payout: Payout | None) -> bool:
    """Whether the event could be applied."""
    if payment is not None and event.type.startswith("payment."):
        outcome = apply_to_payment(payment, event)
    elif payout is not None and event.type.startswith("payout."):
        outcome = apply_to_payout(payout, event)
    else:
        outcome = Outcome.UNKNOWN
    if outcome == Outcome.WAITING:
        return False
    event.outcome = outcome
    event.save(update_fields=["outcome"])
    return True


def apply_all_waiting() -> None:
    """What arrived while its reference was being written (the sweep)."""
    waiting = ProviderEvent.objects.filter(outcome=Outcome.WAITING).exclude(reference="")
    for provider, reference in waiting.values_list("provider", "reference").distinct():
        apply_waiting(provider=provider, reference=reference)

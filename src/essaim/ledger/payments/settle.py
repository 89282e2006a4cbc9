"""Applying a provider's event to its payment, under the payment's lock."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

from django.db.models import Sum

from essaim.ledger import queries
from essaim.ledger.domain import Entry
from essaim.ledger.models import Account, Payment, Posting, ProviderEvent
from essaim.ledger.payments import domain, entries, listening
from essaim.ledger.payments.domain import Event, Facts, Move
from essaim.ledger.payments.listening import Moved
from essaim.ledger.post import post_many
from essaim.ledger.providers import provider

Outcome = ProviderEvent.Outcome
FACTS = tuple(fact.name for fact in fields(Facts))


def apply_to_payment(payment: Payment, event: ProviderEvent) -> str:
    """The event's outcome; facts and books have moved with it. `payment` is locked by the caller."""
    if event.type not in domain.TYPES:
        return Outcome.UNKNOWN
    before = facts_of(payment)
    outcome = domain.apply(before, Event(event.type, event.amount, event.occurred_at, event.expires_at))
    if outcome.facts is None:
        return Outcome.WAITING
    if outcome.move is not None:
        post_many([_entry(payment, event, outcome.move, outcome.amount)])
    if outcome.reopens:
        _reopen_failures(payment, event)
    for name, value in asdict(outcome.facts).items():
        setattr(payment, name, value)
    payment.save(update_fields=FACTS)
    if outcome.stale:
        return Outcome.STALE
    _tell(Moved(payment, event.type, before, outcome.facts, outcome.move, outcome.amount, event.occurred_at, event))
    return Outcome.APPLIED


def _tell(moved: Moved) -> None:
    """What is said again in other words moves nothing."""
    if moved.move is not None or replace(moved.after, attempted_at=moved.before.attempted_at) != moved.before:
        listening.tell(moved)


def facts_of(payment: Payment) -> Facts:
    return Facts(**{name: getattr(payment, name) for name in FACTS})


def _entry(payment: Payment, event: ProviderEvent, move: Move, amount: int) -> Entry:
    key = f"{event.provider}:{event.event_id}"
    till, evidence = provider(event.provider).account, f"{event.provider} {event.reference}"
    target = Account.objects.select_for_update(no_key=True).get(pk=payment.target_id)
    if move is Move.CAPTURE:
        return entries.received(key, amount=amount, till=till, target=target, memo=payment.memo, evidence=evidence)
    if move in (Move.RECOVERY, Move.REFUND_BACK):
        lost = _borne_by_the_house(payment, LOSING[move])
        return entries.recovered(
            key, amount=amount, till=till, target=target, lost=lost, memo=payment.memo, evidence=evidence, kind=move
        )
    available = queries.balance(target) if target.floor is not None else amount
    return entries.returned(
        key,
        amount=amount,
        till=till,
        target=target,
        available=available,
        memo=payment.memo,
        evidence=evidence,
        kind=move,
    )


LOSING = {Move.RECOVERY: Move.CHARGEBACK, Move.REFUND_BACK: Move.REFUND}
"""What each way back undoes."""


def _borne_by_the_house(payment: Payment, move: Move) -> int:
    """What this payment's chargebacks, or its refunds, cost the house so far."""
    moved = Posting.objects.filter(
        account__code=f"house:losses:{payment.unit}",
        entry__kind__in=[move, *(back for back, left in LOSING.items() if left is move)],
        entry__evidence=f"{payment.provider} {payment.reference}",
    )
    return moved.aggregate(total=Sum("amount"))["total"] or 0


def _reopen_failures(payment: Payment, success: ProviderEvent) -> None:
    """A failure dated after this success was taken for a failed attempt: it is a late failure."""
    ProviderEvent.objects.filter(
        provider=payment.provider,
        reference=payment.reference,
        type=domain.FAILED,
        occurred_at__gt=success.occurred_at,
        outcome__in=[Outcome.APPLIED, Outcome.STALE],
    ).update(outcome=Outcome.WAITING)

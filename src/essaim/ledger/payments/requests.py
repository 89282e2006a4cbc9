"""What is asked of providers: written with the decision, sent after it, none lost and none twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from essaim.kit import clock
from essaim.ledger.events import receive_event
from essaim.ledger.models import Payment, ProviderEvent, Request
from essaim.ledger.payments import domain
from essaim.ledger.payments.opening import asked_of_provider
from essaim.ledger.payments.settle import facts_of
from essaim.ledger.providers import ProviderRefused, ProviderSilent, Said, provider

Kind, State = Request.Kind, Request.State
BATCH = 50
LONGEST_WAIT = timedelta(hours=1)


def made(key: Any) -> Request | None:
    return Request.objects.filter(key=str(key)).first()


def write(payment: Payment, kind: str, amount: int, key: Any) -> Request:
    """Written once by its key; sent when the caller's transaction is committed."""
    from essaim.ledger.jobs import ring

    request, new = Request.objects.get_or_create(
        key=str(key), defaults={"payment": payment, "kind": kind, "amount": amount}
    )
    if new:
        transaction.on_commit(ring)
    return request


def refundable(payment: Payment) -> int:
    """What is there, less what is being paid back: asked of the provider, or about to be."""
    asked = Request.objects.filter(payment=payment, kind=Kind.REFUND).exclude(state=State.REFUSED)
    asked_total: int = asked.aggregate(total=Sum("amount"))["total"] or 0
    facts = facts_of(payment)
    return facts.left - max(asked_total - told_back(payment), 0)


def told_back(payment: Payment) -> int:
    """All that was ever said to be paid back, also what came back to us since."""
    told = ProviderEvent.objects.filter(
        provider=payment.provider,
        reference=payment.reference,
        type=domain.REFUNDED,
        outcome=ProviderEvent.Outcome.APPLIED,
    )
    total: int = told.aggregate(total=Sum("amount"))["total"] or 0
    return total


def unanswered() -> list[Request]:
    """What a provider refused, or has not answered at the first time of asking; the latest fifty."""
    open_ = Request.objects.filter(Q(state=State.REFUSED) | Q(state=State.WAITING, attempts__gt=0))
    return list(open_.select_related("payment").order_by("-id")[:50])


def send_waiting() -> int:
    """Send what is due, by batches; how many were answered. Several may run at once: each takes its own."""
    answered = 0
    while (sent := _send_batch()) is not None:
        answered += sent
    return answered


def send(request: Request) -> None:
    """Send one now, unless another is sending it."""
    with transaction.atomic():
        locked = _waiting().filter(pk=request.pk).first()
        if locked is not None:
            _send(locked)


def _send_batch() -> int | None:
    """A kill in the middle sends the batch again: its keys make that harmless."""
    with transaction.atomic():
        batch = list(_waiting().filter(next_at__lte=clock.now()).order_by("next_at", "id")[:BATCH])
        return sum(map(_send, batch)) if batch else None


def _waiting() -> Any:
    found = Request.objects.filter(state=State.WAITING).select_related("payment")
    return found.select_for_update(of=("self",), skip_locked=True)


def _send(request: Request) -> bool:
    request.attempts += 1
    try:
        said = _ask(request)
    except ProviderSilent:
        request.next_at = clock.now() + min(timedelta(seconds=30) * 2 ** min(request.attempts, 10), LONGEST_WAIT)
    except ProviderRefused as refusal:
        request.state, request.reason = State.REFUSED, str(refusal.facts.get("reason", ""))[:300]
        _hear_refusal(request)
    else:
        request.state = State.SENT
        if said is not None:
            receive_event(provider=request.payment.provider, said=said)
    request.save(update_fields=["state", "attempts", "next_at", "reason"])
    return request.state != State.WAITING


def _ask(request: Request) -> Said | None:
    source = provider(request.payment.provider)
    reference = request.payment.reference or asked_of_provider(request.payment).reference
    match request.kind:
        case Kind.CAPTURE:
            return source.capture(reference=reference, amount=request.amount, key=request.key)
        case Kind.CANCEL:
            return source.cancel(reference=reference, key=request.key)
    return source.refund(reference=reference, amount=request.amount, key=request.key)


def _hear_refusal(request: Request) -> None:
    """A capture refused to our face is the provider's word as much as one that arrives by its webhook."""
    if request.kind == Kind.CAPTURE:
        said = Said(
            event_id=f"refusal:{request.pk}",
            type=domain.FAILED,
            reference=request.payment.reference or "",
            amount=request.amount,
            occurred_at=clock.now(),
            body={"reason": request.reason, "request": request.key},
        )
        receive_event(provider=request.payment.provider, said=said)

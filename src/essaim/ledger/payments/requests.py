"""What is asked of providers: written with the decision, sent after it, none lost and none twice."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from essaim.kit import clock
from essaim.kit.rows import write_rows
from essaim.ledger.events import receive_events
from essaim.ledger.models import Payment, ProviderEvent, Request
from essaim.ledger.payments import domain
from essaim.ledger.payments.opening import asked_of_provider
from essaim.ledger.payments.settle import facts_of
from essaim.ledger.providers import (
    Answer,
    Ask,
    Provider,
    ProviderRefused,
    ProviderSilent,
    Said,
    TakesBatches,
    ask_all,
    provider,
)

Kind, State = Request.Kind, Request.State
BATCH = 50
"""Asked of a provider in one transaction, when it takes requests one by one."""
LARGEST = 1_000
LOG = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=1)


def made(key: Any) -> Request | None:
    return Request.objects.filter(key=str(key)).first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be asked of a provider, once by its key."""

    payment: Payment
    amount: int
    key: Any


def write(payment: Payment, kind: str, amount: int, key: Any) -> Request:
    """Written once by its key; sent when the caller's transaction is committed."""
    write_many(kind, [Wanted(payment, amount, key)])
    return Request.objects.get(key=str(key))


def write_many(kind: str, wanted: Sequence[Wanted]) -> None:
    from essaim.ledger.jobs import ring

    keys = [str(one.key) for one in wanted]
    known = set(Request.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [
        Request(key=key, payment=one.payment, kind=kind, amount=one.amount)
        for key, one in zip(keys, wanted, strict=True)
        if key not in known
    ]
    if new:
        Request.objects.bulk_create(new, ignore_conflicts=True)
        transaction.on_commit(ring)


def refundable(payment: Payment) -> int:
    """What is there, less what is being paid back: asked of the provider, or about to be."""
    return refundables([payment])[payment.pk]


def refundables(payments: Collection[Payment]) -> dict[Any, int]:
    """The same of many, by their ids."""
    asked, told = _asked_back(payments), _told_back(payments)
    return {
        payment.pk: facts_of(payment).left
        - max(asked.get(payment.pk, 0) - told.get((payment.provider, payment.reference), 0), 0)
        for payment in payments
    }


def _asked_back(payments: Collection[Payment]) -> dict[Any, int]:
    asked = Request.objects.filter(payment__in=payments, kind=Kind.REFUND).exclude(state=State.REFUSED)
    return dict(asked.order_by().values_list("payment").annotate(total=Sum("amount")))


def _told_back(payments: Collection[Payment]) -> dict[tuple[str, str | None], int]:
    """All that was ever said to be paid back, also what came back to us since."""
    told = ProviderEvent.objects.filter(
        reference__in=[payment.reference for payment in payments if payment.reference],
        provider__in={payment.provider for payment in payments},
        type=domain.REFUNDED,
        outcome=ProviderEvent.Outcome.APPLIED,
    )
    rows = told.order_by().values_list("provider", "reference").annotate(total=Sum("amount"))
    return {(provider, reference): total for provider, reference, total in rows}


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
        locked = list(_waiting().filter(pk=request.pk))
        if locked:
            _send(_with_payments(locked))


def _send_batch() -> int | None:
    """A kill in the middle sends the batch again: its keys make that harmless."""
    with transaction.atomic():
        batch = list(_waiting().filter(next_at__lte=clock.now()).order_by("next_at", "id")[:LARGEST])
        return _send(_of_one_provider(_with_payments(batch))) if batch else None


def _waiting() -> Any:
    return Request.objects.filter(state=State.WAITING).select_for_update(skip_locked=True)


def _with_payments(requests: Sequence[Request]) -> Sequence[Request]:
    payments = Payment.objects.in_bulk({request.payment_id for request in requests})
    for request in requests:
        request.payment = payments[request.payment_id]
    return requests


def _of_one_provider(due: Sequence[Request]) -> list[Request]:
    """Those for the provider of the first, as many as it takes at once; the others have their turn after."""
    source = provider(due[0].payment.provider)
    size = source.most_at_once if isinstance(source, TakesBatches) else BATCH
    return [request for request in due if request.payment.provider == source.slug][:size]


def _send(batch: Sequence[Request]) -> int:
    """How many were answered. What the provider said at once is heard in the same transaction."""
    source = provider(batch[0].payment.provider)
    words: dict[str, Request] = {}
    heard = []
    for request, answer in zip(batch, _answers(source, batch), strict=True):
        if (said := _noted(request, answer)) is not None:
            words[said.event_id] = request
            heard.append(said)
    for said, error in receive_events(provider=source.slug, words=heard):
        LOG.error("event %s of %s could not be applied", said.event_id, source.slug, exc_info=error)
        _put_off(words[said.event_id])
    write_rows(batch, ["state", "attempts", "next_at", "reason"])
    return sum(request.state != State.WAITING for request in batch)


def _answers(source: Provider, batch: Sequence[Request]) -> list[Answer]:
    """One for each request; those of payments the provider does not know yet open them first."""
    names = [_reference(request.payment) for request in batch]
    asks = [
        Ask(request.kind, name, request.amount, request.key)
        for request, name in zip(batch, names, strict=True)
        if isinstance(name, str)
    ]
    answers = iter(ask_all(source, asks))
    return [next(answers) if isinstance(name, str) else name for name in names]


def _reference(payment: Payment) -> str | ProviderRefused | ProviderSilent:
    try:
        payment.reference = payment.reference or asked_of_provider(payment).reference
        return payment.reference
    except (ProviderRefused, ProviderSilent) as refusal:
        return refusal


def _noted(request: Request, answer: Answer) -> Said | None:
    """The answer on its request; what is to be heard of it."""
    request.attempts += 1
    match answer:
        case ProviderSilent():
            _put_off(request)
        case ProviderRefused():
            request.state, request.reason = State.REFUSED, str(answer.facts.get("reason", ""))[:300]
            return _refusal(request)
        case _:
            request.state = State.SENT
            return answer
    return None


def _put_off(request: Request) -> None:
    request.state = State.WAITING
    request.next_at = clock.now() + min(timedelta(seconds=30) * 2 ** min(request.attempts, 10), LONGEST_WAIT)


def _refusal(request: Request) -> Said | None:
    """A capture refused to our face is the provider's word as much as one that arrives by its webhook."""
    if request.kind != Kind.CAPTURE:
        return None
    return Said(
        event_id=f"refusal:{request.pk}",
        type=domain.FAILED,
        reference=request.payment.reference or "",
        amount=request.amount,
        occurred_at=clock.now(),
        body={"reason": request.reason, "request": request.key},
    )

"""A provider's words: each kept once, whole, and applied in the order it makes sense. One word is a batch of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from essaim.kit.apart import done_apart
from essaim.ledger.models import Payment, Payout, ProviderEvent
from essaim.ledger.payments import domain as payments
from essaim.ledger.payments import listening
from essaim.ledger.payments.settle import Step, apply_steps, considered
from essaim.ledger.payouts.settle import apply_to_payout
from essaim.ledger.providers import Said

Outcome = ProviderEvent.Outcome
KNOWN = ("payment.", "payout.")
BATCH = 1_000
Waiting = dict[str, list[ProviderEvent]]
"""By the reference they are about, in the order in which they happened."""


def receive_event(*, provider: str, said: Said) -> ProviderEvent:
    """Keep the event and apply what can be applied to its payment or payout. The same event again does nothing."""
    return _receive(provider, [said])[0]


def receive_events(*, provider: str, words: Sequence[Said]) -> list[tuple[Said, Exception]]:
    """Keep and apply many, under one lock and by one statement each; those that failed, each with its error.

    A word that fails leaves nothing behind and does not hold the others up: the provider tells it again.
    """
    return [
        failure
        for start in range(0, len(words), BATCH)
        for failure in done_apart(lambda some: _receive(provider, some), words[start : start + BATCH])
    ]


@transaction.atomic
def _receive(provider: str, words: Sequence[Said]) -> list[ProviderEvent]:
    """The events of the words, in their order."""
    kept = _known(provider, words)
    told = _kept(provider, {word.event_id: word for word in words if word.event_id not in kept})
    kept |= {event.event_id: event for event in told}
    apply_waiting(provider=provider, references={event.reference for event in told}, told=told)
    return [kept[word.event_id] for word in words]


def _known(provider: str, words: Iterable[Said]) -> dict[str, ProviderEvent]:
    found = ProviderEvent.objects.filter(provider=provider, event_id__in=[word.event_id for word in words])
    return {event.event_id: event for event in found}


def _kept(provider: str, words: dict[str, Said]) -> list[ProviderEvent]:
    """Written in the order of their names: two sessions told the same never wait for each other crosswise."""
    if not words:
        return []
    rows = [_row(provider, words[name]) for name in sorted(words)]
    ProviderEvent.objects.bulk_create(rows, ignore_conflicts=True)
    there = ProviderEvent.objects.filter(provider=provider, event_id__in=words)
    standing = {name: (key, outcome) for name, key, outcome in there.values_list("event_id", "id", "outcome")}
    for row in rows:
        row.pk, row.outcome = standing[row.event_id]
        row._state.adding = False
    return rows


def _row(provider: str, said: Said) -> ProviderEvent:
    return ProviderEvent(
        provider=provider,
        event_id=said.event_id,
        type=said.type,
        reference=said.reference,
        amount=said.amount,
        occurred_at=said.occurred_at,
        expires_at=said.expires_at,
        body=said.body,
        outcome=Outcome.WAITING if said.type.startswith(KNOWN) else Outcome.UNKNOWN,
    )


@transaction.atomic
def apply_waiting(*, provider: str, references: Collection[str], told: Iterable[ProviderEvent] = ()) -> None:
    """Apply the events waiting for these references, again and again until none can be. `told` are those just kept:
    their outcome is written on them. What is told of a reference not known yet is applied when that is written."""
    owed = _payments(provider, references)
    payouts = _payouts(provider, set(references) - owed.keys())
    waiting = _waiting(provider, [*owed, *payouts], {event.pk: event for event in told})
    for reference, payout in payouts.items():
        _apply_to_payout(payout, waiting.get(reference, []))
    while owed and (steps := _steps(owed, waiting)):
        apply_steps(steps)
        _go_on(provider, steps, waiting)


REOPENING = {payments.SUCCEEDED}
"""Words after which others, looked at before, are looked at again."""


def _payments(provider: str, references: Collection[str]) -> dict[str, Payment]:
    """The payments, locked in the order of their ids; what their listeners lock is locked before."""
    found = Payment.objects.filter(provider=provider, reference__in=references)
    if not (seen := list(found.only("id", "purpose"))):
        return {}
    listening.lock_for(seen)
    locked = Payment.objects.select_for_update().filter(pk__in=[payment.pk for payment in seen]).order_by("pk")
    return {str(payment.reference): payment for payment in locked}


def _payouts(provider: str, references: Collection[str]) -> dict[str, Payout]:
    if not references:
        return {}
    found = Payout.objects.select_for_update().filter(provider=provider, reference__in=references).order_by("pk")
    return {str(payout.reference): payout for payout in found}


def _waiting(provider: str, references: Collection[str], told: dict[int, ProviderEvent]) -> Waiting:
    by_reference: Waiting = defaultdict(list)
    if references:
        found = ProviderEvent.objects.filter(
            provider=provider, reference__in=references, outcome=Outcome.WAITING
        ).exclude(pk__in=list(told))
        mine = [one for one in told.values() if one.outcome == Outcome.WAITING and one.reference in references]
        for event in sorted([*found, *mine], key=lambda event: (event.occurred_at, event.pk)):
            by_reference[event.reference].append(event)
    return by_reference


def _steps(owed: dict[str, Payment], waiting: Waiting) -> list[Step]:
    """At most one for each payment: the first of its words that can be applied now."""
    steps = []
    for reference, payment in owed.items():
        for event in waiting.get(reference, ()):
            if (step := considered(payment, event)) is not None:
                steps.append(step)
                break
    return steps


def _go_on(provider: str, steps: Sequence[Step], waiting: Waiting) -> None:
    """What still waits after these steps; a success reopens words that were looked at before."""
    reopened = set()
    for step in steps:
        waiting[step.event.reference].remove(step.event)
        if step.event.type in REOPENING:
            reopened.add(step.event.reference)
    held = {event.pk: event for reference in reopened for event in waiting.pop(reference)}
    waiting |= _waiting(provider, reopened, held)


def _apply_to_payout(payout: Payout, waiting: list[ProviderEvent]) -> None:
    while (applied := next((event for event in waiting if _applied(payout, event)), None)) is not None:
        waiting.remove(applied)


def _applied(payout: Payout, event: ProviderEvent) -> bool:
    outcome = apply_to_payout(payout, event) if event.type.startswith("payout.") else Outcome.UNKNOWN
    if outcome == Outcome.WAITING:
        return False
    event.outcome = outcome
    event.save(update_fields=["outcome"])
    return True


def apply_all_waiting() -> None:
    """What arrived while its reference was being written (the sweep)."""
    waiting = ProviderEvent.objects.filter(outcome=Outcome.WAITING).exclude(reference="")
    by_provider = defaultdict(list)
    for provider, reference in waiting.order_by().values_list("provider", "reference").distinct():
        by_provider[provider].append(reference)
    for provider, references in by_provider.items():
        for start in range(0, len(references), BATCH):
            _apply_apart(provider, references[start : start + BATCH])


def _apply_apart(provider: str, references: Sequence[str]) -> None:
    """All that can be applied is, before the first failure is raised."""
    failed = done_apart(lambda some: apply_waiting(provider=provider, references=some), references)
    if failed:
        raise failed[0][1]

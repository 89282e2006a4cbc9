"""Applying providers' events to their payments, under the payments' locks: one step of each payment at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Sum

from essaim.kit.rows import write_rows
from essaim.ledger import queries
from essaim.ledger.domain import Entry, natural
from essaim.ledger.models import Account, Payment, Posting, ProviderEvent
from essaim.ledger.payments import domain, entries, listening
from essaim.ledger.payments.domain import Event, Facts, Move
from essaim.ledger.payments.listening import Moved
from essaim.ledger.post import post_many
from essaim.ledger.providers import provider

Outcome = ProviderEvent.Outcome
FACTS = tuple(fact.name for fact in fields(Facts))


@dataclass(frozen=True, slots=True)
class Step:
    """What an event does to a payment. `does` None: the house does not know the word."""

    payment: Payment
    event: ProviderEvent
    before: Facts
    does: domain.Outcome | None

    @property
    def outcome(self) -> str:
        if self.does is None:
            return Outcome.UNKNOWN
        return Outcome.STALE if self.does.stale else Outcome.APPLIED

    def moved(self) -> Moved | None:
        """What listeners hear; what is said again in other words moves nothing."""
        does, before, event = self.does, self.before, self.event
        if does is None or does.stale or does.facts is None:
            return None
        if does.move is None and replace(does.facts, attempted_at=before.attempted_at) == before:
            return None
        return Moved(self.payment, event.type, before, does.facts, does.move, does.amount, event.occurred_at, event)


def considered(payment: Payment, event: ProviderEvent) -> Step | None:
    """What the event would do now; None when it waits for another."""
    before = facts_of(payment)
    if event.type not in domain.TYPES:
        return Step(payment, event, before, None)
    does = domain.apply(before, Event(event.type, event.amount, event.occurred_at, event.expires_at))
    return Step(payment, event, before, does) if does.facts is not None else None


def apply_steps(steps: Sequence[Step]) -> None:
    """Books, payments and events move together, each by one statement. Payments are locked, none is there twice."""
    post_many(list(_entries(steps)))
    _reopen_failures(steps)
    for step in steps:
        if step.does is not None and step.does.facts is not None:
            for name in FACTS:
                setattr(step.payment, name, getattr(step.does.facts, name))
    write_rows([step.payment for step in steps if step.does is not None and not step.does.stale], FACTS)
    _write_outcomes(steps)
    listening.tell(moved for step in steps if (moved := step.moved()) is not None)


def _write_outcomes(steps: Iterable[Step]) -> None:
    by_outcome = defaultdict(list)
    for step in steps:
        step.event.outcome = step.outcome
        by_outcome[step.outcome].append(step.event.pk)
    for outcome, keys in by_outcome.items():
        ProviderEvent.objects.filter(pk__in=keys).update(outcome=outcome)


def facts_of(payment: Payment) -> Facts:
    return Facts(**{name: getattr(payment, name) for name in FACTS})


def _entries(steps: Iterable[Step]) -> Iterator[Entry]:
    """In the order of the steps: what a target has left after one is what the next may draw on."""
    moving = [(step, step.does) for step in steps if step.does is not None and step.does.move is not None]
    targets = _targets({step.payment.target_id for step, _does in moving})
    drawn = {step.payment.target_id for step, does in moving if does.move in RETURNS}
    left = {pk: queries.balance(target) for pk, target in targets.items() if pk in drawn and target.floor is not None}
    for step, does in moving:
        target = targets[step.payment.target_id]
        entry = _entry(step, does, target, left.get(target.pk, does.amount))
        yield entry
        if target.pk in left:
            left[target.pk] += natural(target.kind, sum(p.amount for p in entry.postings if p.account == target.code))


RETURNS = {Move.REFUND, Move.CHARGEBACK}
"""Moves that draw on what the target has."""


def _targets(keys: Iterable[int]) -> dict[int, Account]:
    """Locked, in the order of their ids."""
    found = Account.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {account.pk: account for account in found} if keys else {}


def _entry(step: Step, does: domain.Outcome, target: Account, left: int) -> Entry:
    """`left`: what the target has, or may be taken as having."""
    payment, event = step.payment, step.event
    key, evidence = f"{event.provider}:{event.event_id}", f"{event.provider} {event.reference}"
    told: dict[str, Any] = {"amount": does.amount, "target": target, "memo": payment.memo, "evidence": evidence}
    told["till"] = provider(event.provider).account
    match does.move:
        case Move.CAPTURE:
            return entries.received(key, **told)
        case Move.REFUND | Move.CHARGEBACK:
            return entries.returned(key, **told, available=left, kind=does.move)
        case Move.RECOVERY | Move.REFUND_BACK:
            lost = _borne_by_the_house(payment, LOSING[does.move])
            return entries.recovered(key, **told, lost=lost, kind=does.move)
    raise AssertionError(does.move)


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


def _reopen_failures(steps: Iterable[Step]) -> None:
    """A failure dated after its payment's success was taken for a failed attempt: it is a late failure."""
    successes = {step.event.reference: step.event for step in steps if step.does is not None and step.does.reopens}
    if not successes:
        return
    failures = ProviderEvent.objects.filter(
        provider__in={event.provider for event in successes.values()},
        reference__in=successes,
        type=domain.FAILED,
        outcome__in=[Outcome.APPLIED, Outcome.STALE],
    )
    late = [row.pk for row in failures if row.occurred_at > successes[row.reference].occurred_at]
    ProviderEvent.objects.filter(pk__in=late).update(outcome=Outcome.WAITING)

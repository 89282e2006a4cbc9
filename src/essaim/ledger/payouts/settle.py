"""Applying a provider's event to its payout, under the payout's lock."""

from __future__ import annotations

from essaim.activity.record import record
from essaim.kit import clock
from essaim.ledger.domain import Entry
from essaim.ledger.models import JournalEntry, Payout, PayoutStep, ProviderEvent
from essaim.ledger.payouts import domain, entries
from essaim.ledger.payouts.domain import Facts, Move
from essaim.ledger.post import post
from essaim.ledger.providers import provider
from essaim.ledger.verbs import PayoutFailed, PayoutSettled

Outcome = ProviderEvent.Outcome


def apply_to_payout(payout: Payout, event: ProviderEvent) -> str:
    """The event's outcome; state and books have moved with it. `payout` is locked by the caller."""
    if event.type not in domain.TYPES:
        return Outcome.UNKNOWN
    before = Facts(payout.state, payout.settled_at, payout.failed_at)
    outcome = domain.apply(before, event.type, event.occurred_at)
    if outcome.facts is None:
        return Outcome.WAITING
    if outcome.facts == before:
        return Outcome.STALE
    if outcome.move is not None:
        post(_entry(payout, outcome.move))
    payout.state, payout.settled_at, payout.failed_at = (
        outcome.facts.state,
        outcome.facts.settled_at,
        outcome.facts.failed_at,
    )
    payout.save(update_fields=["state", "settled_at", "failed_at"])
    if outcome.move is not None:
        _tell(payout, outcome.move)
    return Outcome.APPLIED


def _entry(payout: Payout, move: Move) -> Entry:
    till, amount, unit = provider(payout.provider).account, payout.amount, payout.unit
    memo = JournalEntry.objects.get(key=f"payout:{payout.pk}:asked").memo
    if move is Move.SETTLE:
        return entries.settled(payout.pk, till, amount, unit, memo)
    if move is Move.FAIL:
        return entries.failed(payout.pk, payout.member_id, amount, unit, memo)
    return entries.returned(payout.pk, payout.member_id, till, amount, unit, memo)


def _tell(payout: Payout, move: Move) -> None:
    PayoutStep.objects.create(payout=payout, state=payout.state, actor=None, at=clock.now())
    told = PayoutSettled if move is Move.SETTLE else PayoutFailed
    record(told(payout.amount, payout.unit, ""), actor=None, target=payout.member)

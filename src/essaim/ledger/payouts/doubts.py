"""A provider that contradicts itself about a payout: nothing moves by itself, a treasurer looks and decides."""

from __future__ import annotations

from django.db import transaction

from essaim.activity.record import record
from essaim.ledger import policy
from essaim.ledger.domain import InsufficientFunds
from essaim.ledger.models import Payout, ProviderEvent
from essaim.ledger.payouts import domain, entries, queries
from essaim.ledger.payouts.actions import lock, memo, step
from essaim.ledger.post import post
from essaim.ledger.providers import provider
from essaim.ledger.queries import member_balance
from essaim.ledger.verbs import PayoutFailed, PayoutSettled
from essaim.people.models import Member

State, Outcome = Payout.State, ProviderEvent.Outcome


@transaction.atomic
def believe_last_word(*, actor: Member, payout: Payout) -> Payout:
    """What the provider said last is true: the books and the payout follow it.

    Raises SpentMeanwhile when the money had come back to the member, who does not hold it any more.
    """
    payout = lock(payout)
    policy.allow_approval(actor, payout)
    word = _words(payout)[-1]
    arrived = word.type == "payout.settled"
    make = entries.arrived_after_all if arrived else entries.came_back_after_all
    till, owner = provider(payout.provider).account, payout.member
    try:
        entry = make(payout.pk, word.pk, owner.pk, till, payout.amount, payout.unit, memo(payout))
        post(entry, author=actor)
    except InsufficientFunds:
        held = policy.written(member_balance(owner, payout.unit), payout.unit)
        raise domain.SpentMeanwhile(name=owner, available=held) from None
    payout.state = State.SETTLED if arrived else State.RETURNED
    setattr(payout, "settled_at" if arrived else "failed_at", word.occurred_at)
    payout.save(update_fields=["state", "settled_at", "failed_at"])
    _close(payout, actor, payout.state, Outcome.APPLIED)
    told = PayoutSettled if arrived else PayoutFailed
    record(told(payout.amount, payout.unit, ""), actor=actor, target=owner)
    return payout


@transaction.atomic
def set_words_aside(*, actor: Member, payout: Payout, reason: str) -> Payout:
    """What the provider said first stays true; `reason` says how one knows."""
    payout = lock(payout)
    policy.allow_approval(actor, payout)
    _words(payout)
    if not reason.strip():
        raise domain.ReasonMissing
    _close(payout, actor, "set-aside", Outcome.STALE, reason.strip()[:300])
    return payout


def _words(payout: Payout) -> list[ProviderEvent]:
    words = list(queries.words_in_doubt(payout).select_for_update())
    if not words:
        raise domain.NothingInDoubt
    return words


def _close(payout: Payout, actor: Member, state: str, outcome: str, reason: str = "") -> None:
    """None of the words waits any more."""
    waiting = {"provider": payout.provider, "reference": payout.reference, "outcome": Outcome.WAITING}
    ProviderEvent.objects.filter(type__startswith="payout.", **waiting).update(outcome=outcome)
    step(payout, state, actor, reason)

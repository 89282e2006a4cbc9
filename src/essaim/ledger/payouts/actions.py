"""Acts around a payout. Each locks the payout's row first, save the request, where the balance itself is the lock."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from essaim.activity.record import record
from essaim.kit import clock
from essaim.ledger import policy
from essaim.ledger.domain import InsufficientFunds
from essaim.ledger.events import apply_waiting
from essaim.ledger.models import Payout, PayoutApproval, PayoutRules, PayoutStep
from essaim.ledger.payouts import domain, entries, queries
from essaim.ledger.post import post
from essaim.ledger.providers import payout_provider, provider
from essaim.ledger.queries import member_balance
from essaim.ledger.verbs import (
    IdentityChecked,
    PayoutApproved,
    PayoutCancelled,
    PayoutRefused,
    PayoutRequested,
    PayoutRulesChanged,
    PayoutSent,
)
from essaim.people.models import Member
from essaim.people.policy import allow
from essaim.people.queries import house

State, Identity = Payout.State, Payout.Identity
OPEN = (State.REQUESTED, State.APPROVED)


@transaction.atomic
def request_payout(*, actor: Member, amount: int, unit: str, destination: str, key: Any) -> Payout:
    """The member asks for `amount` of his balance. `key` (the form's UUID) makes it happen once."""
    Member.objects.select_for_update(no_key=True).get(pk=actor.pk)
    standing = Payout.objects.filter(pk=key, member=actor).first()
    if standing:
        return standing
    allow(policy.ask_payout, actor)
    number, rules = domain.iban(destination), queries.rules()
    if amount < rules.minimum:
        raise domain.BelowMinimum(minimum=policy.written(rules.minimum, unit))
    payout = Payout.objects.create(
        pk=key,
        member=actor,
        amount=amount,
        unit=unit,
        destination=number,
        identity=_identity(actor, amount, unit, rules),
        approvals_needed=domain.approvals_needed(amount, rules),
        provider=payout_provider().slug,
        leaves_at=clock.now() + rules.hold,
    )
    try:
        post(entries.asked(payout.pk, actor.pk, amount, unit, memo(payout)), author=actor)
    except InsufficientFunds:
        raise domain.BeyondBalance(available=policy.written(member_balance(actor, unit), unit)) from None
    step(payout, "requested", actor)
    record(PayoutRequested(amount, unit, ""), actor=actor)
    return payout


@transaction.atomic
def approve_payout(*, actor: Member, payout: Payout) -> Payout:
    """One person's yes; with the last one needed the payout is approved and leaves after its hold."""
    payout = lock(payout)
    policy.allow_approval(actor, payout)
    _must_be(payout, State.REQUESTED)
    if payout.identity == Identity.NEEDED:
        raise domain.IdentityUnchecked
    _approval, new = PayoutApproval.objects.get_or_create(payout=payout, approver=actor)
    if not new:
        raise domain.ApprovedAlready
    step(payout, "approval", actor)
    if payout.approvals.count() >= payout.approvals_needed:
        _move(payout, State.APPROVED, None)
    record(
        PayoutApproved(payout.amount, payout.unit, ""),
        actor=actor,
        target=payout.member,
    )
    return payout


@transaction.atomic
def refuse_payout(*, actor: Member, payout: Payout, reason: str) -> Payout:
    """Not paid, for a reason the member reads; the money is on his balance again."""
    payout = lock(payout)
    policy.allow_approval(actor, payout)
    _must_be(payout, *OPEN)
    if not reason.strip():
        raise domain.ReasonMissing
    payout.reason = reason.strip()
    _move(payout, State.REFUSED, actor, payout.reason)
    post(entries.given_back(payout.pk, payout.member_id, payout.amount, payout.unit, memo(payout)), author=actor)
    record(
        PayoutRefused(payout.amount, payout.unit, "", payout.reason),
        actor=actor,
        target=payout.member,
    )
    return payout


@transaction.atomic
def cancel_payout(*, actor: Member, payout: Payout) -> Payout:
    """The member thinks better of it, as long as the money has not left."""
    payout = lock(payout)
    allow(policy.cancel_payout, actor, payout)
    _must_be(payout, *OPEN)
    _move(payout, State.CANCELLED, actor)
    post(entries.given_back(payout.pk, payout.member_id, payout.amount, payout.unit, memo(payout)), author=actor)
    record(PayoutCancelled(payout.amount, payout.unit, ""), actor=actor)
    return payout


@transaction.atomic
def verify_identity(*, actor: Member, payout: Payout, document: str) -> Payout:
    """A treasurer has seen who the member is; `document` names what was looked at (kept, never a copy of it)."""
    payout = lock(payout)
    if policy.is_own_payout.test(actor, payout):
        raise domain.NoSelfCheck
    policy.allow_approval(actor, payout)
    _must_be(payout, State.REQUESTED)
    payout.identity = Identity.VERIFIED
    payout.save(update_fields=["identity"])
    step(payout, "identity", actor, document)
    record(
        IdentityChecked(payout.amount, payout.unit, ""),
        actor=actor,
        target=payout.member,
    )
    return payout


def send_payout(*, payout: Payout, actor: Member | None = None) -> Payout:
    """Send an approved payout past its hold. The books move and the state is written first; then the provider is
    asked, under the payout's own key, as often as it takes to get an answer.
    """
    payout = _leave(payout, actor)
    if payout.reference is None:
        reference = provider(payout.provider).payout(
            key=str(payout.pk), amount=payout.amount, unit=payout.unit, destination=payout.destination
        )
        Payout.objects.filter(pk=payout.pk).update(reference=reference)
        apply_waiting(provider=payout.provider, references=[reference])
    payout.refresh_from_db()
    return payout


@transaction.atomic
def _leave(payout: Payout, actor: Member | None) -> Payout:
    payout = lock(payout)
    if actor is not None:
        policy.allow_approval(actor, payout)
    if payout.state == State.SENT:
        return payout
    _must_be(payout, State.APPROVED)
    if clock.now() < payout.leaves_at:
        raise domain.StillHeld(day=f"{payout.leaves_at:%d/%m/%Y}")
    _move(payout, State.SENT, actor)
    post(entries.sent(payout.pk, payout.member_id, payout.amount, payout.unit, memo(payout)), author=actor)
    record(
        PayoutSent(payout.amount, payout.unit, ""),
        actor=actor,
        target=payout.member,
    )
    return payout


@transaction.atomic
def change_rules(*, actor: Member, two_persons_above: int, minimum: int, hold_days: int, identity_above: int) -> None:
    """The house's figures for payouts to come; those already asked keep theirs."""
    allow(policy.keep_books, actor)
    figures = {
        "two_persons_above": two_persons_above,
        "minimum": minimum,
        "hold_days": hold_days,
        "identity_above": identity_above,
    }
    PayoutRules.objects.update_or_create(pk=1, defaults=figures)
    record(PayoutRulesChanged(**figures), actor=actor, public=False)


def memo(payout: Payout) -> str:
    """In the house's own language: the books are kept in one."""
    with override(house().languages[0]):
        return _("Payout to the account %(account)s") % {"account": domain.hidden_iban(payout.destination)}


def _identity(member: Member, amount: int, unit: str, rules: domain.Rules) -> str:
    if queries.is_identified(member):
        return Identity.VERIFIED
    needed = domain.needs_identity(amount, queries.promised_in_a_year(member, unit), rules)
    return Identity.NEEDED if needed else Identity.NOT_NEEDED


def lock(payout: Payout) -> Payout:
    return Payout.objects.select_for_update().select_related("member").get(pk=payout.pk)


def _must_be(payout: Payout, *states: str) -> None:
    if payout.state not in states:
        raise domain.PayoutMovedOn(state=payout.get_state_display())


def _move(payout: Payout, state: str, actor: Member | None, reason: str = "") -> None:
    payout.state = state
    payout.save(update_fields=["state", "reason"])
    step(payout, state, actor, reason)


def step(payout: Payout, state: str, actor: Member | None, reason: str = "") -> None:
    PayoutStep.objects.create(payout=payout, state=state, actor=actor, reason=reason, at=clock.now())

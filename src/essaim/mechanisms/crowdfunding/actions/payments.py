"""Paying a pledge through a provider. Not acts: they ask the outside, and hold no lock meanwhile."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, override

from essaim.initiatives.models import Initiative
from essaim.initiatives.queries import open_phase
from essaim.kit import clock
from essaim.ledger import accounts
from essaim.ledger.payments.actions import begin_payment, prepare_payment
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.actions.money import let_go
from essaim.mechanisms.crowdfunding.actions.pledging import locked
from essaim.mechanisms.crowdfunding.domain import errors, outcomes
from essaim.mechanisms.crowdfunding.models import Charge, Pledge
from essaim.people.queries import house

PURPOSE = "crowdfunding"
State = Pledge.State
STILL_OPEN = ("created", "pending", "step_up")


def pay(pledge: Pledge, return_path: str) -> str:
    """The address the backer goes to; asked again, the same payment goes on. Raises NothingToPay, PaymentUnderWay."""
    charge = ready_charge(pledge, return_path)
    _payment, url = begin_payment(charge.payment)
    return url


@transaction.atomic
def ready_charge(pledge: Pledge, return_path: str = "") -> Charge:
    """The one charge of the pledge that is to be paid: the one under way when it still fits, else a new one."""
    campaign, pledge = locked(pledge)
    if pledge.state not in (State.UNPAID, State.FAILED, State.PENDING) or _too_late(pledge):
        raise errors.NothingToPay
    rules, row = queries.rules_of(campaign), queries.campaign_of(campaign)
    if row.outcome == row.Outcome.FAILED:
        raise errors.CampaignClosed
    capture = outcomes.when_charged(rules, passed=queries.has_passed(row))
    live = Charge.objects.filter(pledge=pledge, superseded_at=None).select_related("payment").first()
    if live is not None and _fits(live, pledge, capture):
        return live
    if pledge.state == State.PENDING:
        raise errors.PaymentUnderWay
    if live is not None:
        supersede(live)
    return _new_charge(campaign, pledge, capture, return_path)


def _too_late(pledge: Pledge) -> bool:
    return pledge.expires_at is not None and pledge.expires_at <= clock.now() and pledge.state != State.PENDING


def _fits(charge: Charge, pledge: Pledge, capture: str) -> bool:
    payment = charge.payment
    return (
        charge.amount == pledge.amount
        and payment.capture == capture
        and payment.state in STILL_OPEN
        and payment.captured == 0
    )


def supersede(charge: Charge) -> None:
    """Another attempt takes its place; what its bank still holds is let go."""
    charge.superseded_at = clock.now()
    charge.save(update_fields=["superseded_at"])
    let_go([charge.payment])


def _taken_by(campaign: Initiative, capture: str) -> datetime | None:
    """The end of the running round and a day for the work: beyond what banks hold, an agreement is kept instead."""
    phase = open_phase(campaign)
    return phase.ends_at + timedelta(days=1) if capture == "later" and phase is not None else None


def _new_charge(campaign: Initiative, pledge: Pledge, capture: str, return_path: str) -> Charge:
    with override(house().languages[0]):  # the books are kept in one language
        memo = gettext("%(campaign)s, pledge %(number)s") % {"campaign": campaign.title, "number": pledge.number}
    payment = prepare_payment(
        payer=pledge.backer,
        target=accounts.escrow(campaign.pk, pledge.unit),
        amount=pledge.amount,
        memo=memo[:300],
        key=uuid.uuid4(),
        return_path=return_path,
        capture=capture,
        purpose=PURPOSE,
        until=_taken_by(campaign, capture),
    )
    return Charge.objects.create(pledge=pledge, payment=payment, amount=pledge.amount)

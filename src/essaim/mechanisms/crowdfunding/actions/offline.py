"""Money that comes without a provider: entered by the team with its trace, by two persons above a limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.money import format_amount
from essaim.ledger.post import post
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.actions.hearing import take_note
from essaim.mechanisms.crowdfunding.actions.money import memo
from essaim.mechanisms.crowdfunding.actions.orders import Order
from essaim.mechanisms.crowdfunding.actions.pledging import locked, made_before, must_be, new_pledge
from essaim.mechanisms.crowdfunding.domain import entries, errors
from essaim.mechanisms.crowdfunding.models import OfflineMoney, Pledge, Refund
from essaim.mechanisms.crowdfunding.payloads import OfflineConfirmed, OfflineEntered, SentBackByHand
from essaim.people.models import Member

State, Way = Pledge.State, OfflineMoney.Way


@transaction.atomic
def enter_offline_pledge(
    *,
    campaign: Initiative,
    actor: Member,
    order: Order,
    method: str,
    reference: str,
    received_on: date,
    key: Any,
    backer: Member | None = None,
    email: str = "",
    name: str = "",
) -> Pledge:
    """A pledge with its cheque, transfer or cash, whole. Above the limit it counts once another person confirms."""
    campaign = lock(campaign)
    allow(policy.write_offline, actor, campaign)
    if (pledge := made_before(campaign, backer, key)) is None:
        given = {"backer": backer, "key": key, "email": email.strip().casefold()[:254], "name": name[:80]}
        pledge = new_pledge(campaign, order, method=Pledge.Method(method), **given)
        pledge.expires_at = clock.now() + timedelta(days=queries.rules_of(campaign).offline_days)
        pledge.save(update_fields=["expires_at"])
    receive_offline(
        pledge=pledge, actor=actor, amount=pledge.amount, reference=reference, received_on=received_on, key=str(key)
    )
    pledge.refresh_from_db()
    return pledge


@transaction.atomic
def receive_offline(
    *, pledge: Pledge, actor: Member, amount: int, reference: str, received_on: date, key: str
) -> OfflineMoney:
    """Money for a pledge has come in by hand; the whole of it. Two persons above the limit."""
    campaign, pledge = locked(pledge)
    allow(policy.write_offline, actor, campaign)
    if (before := OfflineMoney.objects.filter(key=f"in:{key}").first()) is not None:
        return before
    must_be(pledge, State.UNPAID, State.FAILED)
    if not reference.strip():
        raise errors.OfflineNotBacked
    if amount != pledge.amount:
        raise errors.NotTheAmount(amount=format_amount(pledge.amount, pledge.unit, get_language() or "fr"))
    money = OfflineMoney.objects.create(
        pledge=pledge,
        amount=amount,
        reference=reference.strip()[:80],
        received_on=received_on,
        key=f"in:{key}",
        entered_by=actor,
    )
    told = OfflineEntered(pledge.number, amount, pledge.unit)
    record(told, actor=actor, object=pledge, initiative=campaign, target=pledge.backer)
    if amount <= queries.rules_of(campaign).two_persons_above:
        _receive(money, pledge, actor)
    return money


@transaction.atomic
def confirm_offline(*, money: OfflineMoney, actor: Member) -> Pledge:
    """A second person has seen the cheque, the statement, the cash: the pledge counts. Raises NotByOnePerson."""
    campaign, pledge = locked(money.pledge)
    allow(policy.confirm_offline, actor, campaign)
    money = OfflineMoney.objects.get(pk=money.pk)
    if money.confirmed_at is not None:
        return pledge
    if money.entered_by_id == actor.pk:
        limit = format_amount(queries.rules_of(campaign).two_persons_above, pledge.unit, get_language() or "fr")
        raise errors.NotByOnePerson(limit=limit)
    _receive(money, pledge, actor)
    told = OfflineConfirmed(pledge.number, money.amount, pledge.unit)
    record(told, actor=actor, object=pledge, initiative=campaign, target=pledge.backer)
    return pledge


def _receive(money: OfflineMoney, pledge: Pledge, actor: Member) -> None:
    money.confirmed_by, money.confirmed_at = actor, clock.now()
    money.save(update_fields=["confirmed_by", "confirmed_at"])
    words: dict[str, Any] = {"mark": money.pk, "memo": memo(pledge), "evidence": money.reference}
    post(entries.received_offline(pledge.campaign_id, pledge.unit, money.amount, **words), author=actor)
    take_note([pledge])


@transaction.atomic
def send_back_by_hand(*, refund: Refund, treasurer: Member, reference: str, day: date) -> Refund:
    """The treasurer has paid a refund by transfer or cheque: it leaves the books too."""
    campaign, pledge = locked(refund.pledge)
    allow(policy.handle_money, treasurer, campaign)
    refund = Refund.objects.get(pk=refund.pk)
    if refund.done_at is not None:
        return refund
    if refund.payment_id is not None:
        raise errors.NothingRefundable(left=format_amount(0, pledge.unit, get_language() or "fr"))
    if not reference.strip():
        raise errors.OfflineNotBacked
    refund.done_at = clock.now()
    refund.save(update_fields=["done_at"])
    paid = OfflineMoney.objects.create(
        pledge=pledge,
        way=Way.OUT,
        amount=refund.amount,
        reference=reference.strip()[:80],
        received_on=day,
        key=f"out:{refund.pk}",
        entered_by=treasurer,
        confirmed_by=treasurer,
        confirmed_at=clock.now(),
    )
    told = SentBackByHand(pledge.number, refund.amount, pledge.unit)
    act = record(told, actor=treasurer, object=pledge, initiative=campaign, target=pledge.backer)
    words: dict[str, Any] = {"mark": paid.pk, "memo": memo(pledge), "evidence": paid.reference}
    post(entries.sent_back(pledge.campaign_id, pledge.unit, refund.amount, **words), act, author=treasurer)
    take_note([pledge])
    return refund

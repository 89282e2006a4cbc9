"""The desk after the campaign: addresses, answers, options until they are locked; parcels, delays; money back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.domain import check_text
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.actions.money import Why, ask_back
from essaim.mechanisms.crowdfunding.actions.pledging import locked, must_be
from essaim.mechanisms.crowdfunding.domain import errors, tiers
from essaim.mechanisms.crowdfunding.letters import page_of, write_news
from essaim.mechanisms.crowdfunding.models import Campaign, Delay, Delivery, Pledge, PledgeLine, Refund, Tier
from essaim.mechanisms.crowdfunding.payloads import (
    ChoicesLocked,
    DeliveryDelayed,
    ParcelDelivered,
    ParcelReturned,
    ParcelSent,
    PledgeDetailed,
    RefundAsked,
)
from essaim.people.models import Member

State = Pledge.State
KEPT = ("name", "lines", "postcode", "city", "country", "phone")
"""Fields of an address."""
LONGEST = 300


@transaction.atomic
def give_address(*, pledge: Pledge, actor: Member | None, address: Mapping[str, Any]) -> Pledge:
    """Where the parcel goes; until addresses are locked. The country stays the one shipping was paid for."""
    _campaign, pledge = _open_details(pledge, actor)
    kept = {name: str(address.get(name, "")).strip()[:LONGEST] for name in KEPT}
    kept["country"] = pledge.country or kept["country"].upper()[:2]
    if not (kept["name"] and kept["lines"] and kept["city"] and kept["country"]):
        raise errors.AddressIncomplete
    pledge.address = kept
    pledge.save(update_fields=["address"])
    return _detailed(pledge, actor, "address")


@transaction.atomic
def answer_survey(*, pledge: Pledge, actor: Member | None, answers: Mapping[str, Any]) -> Pledge:
    """What the team asks after the campaign; unknown questions are left out."""
    campaign, pledge = _open_details(pledge, actor)
    asked = {str(question["slug"]): question for question in queries.campaign_of(campaign).survey}
    kept = {slug: str(value).strip()[:LONGEST] for slug, value in answers.items() if slug in asked}
    for slug, value in kept.items():
        choices = asked[slug].get("choices")
        if choices and value and value not in choices:
            raise errors.UnknownChoice(option=asked[slug]["label"], value=value, choices=", ".join(choices))
    pledge.answers = kept
    pledge.save(update_fields=["answers"])
    return _detailed(pledge, actor, "answers")


@transaction.atomic
def change_options(
    *, pledge: Pledge, actor: Member | None, line: PledgeLine, options: Mapping[str, Any]
) -> PledgeLine:
    """Another size, another text to engrave; until they are locked. The text is to be read over again."""
    _campaign, pledge = _open_details(pledge, actor)
    line = PledgeLine.objects.select_related("tier").get(pk=line.pk, pledge=pledge)
    line.options = tiers.chosen(line.tier.as_offer().options, options)
    line.save(update_fields=["options"])
    pledge.engraving_checked_at = None
    pledge.save(update_fields=["engraving_checked_at"])
    _detailed(pledge, actor, "options")
    return line


@transaction.atomic
def check_engraving(*, pledge: Pledge, actor: Member | None) -> Pledge:
    """The giver has read over what will be engraved."""
    _campaign, pledge = _open_details(pledge, actor)
    pledge.engraving_checked_at = clock.now()
    pledge.save(update_fields=["engraving_checked_at"])
    return _detailed(pledge, actor, "engraving")


def _open_details(pledge: Pledge, actor: Member | None) -> tuple[Initiative, Pledge]:
    """The pledge, if its details may still change: by its giver until the lock, by the team afterwards too."""
    campaign, pledge = locked(pledge)
    allow(policy.deliver, actor, pledge)
    must_be(pledge, State.UNPAID, State.PENDING, State.HELD, State.PAID)
    row = queries.campaign_of(campaign)
    own = policy.own_pledge.test(actor, pledge)
    if own and queries.choices_locked(pledge) and not policy.runs_campaign.test(actor, pledge):
        raise errors.ChoicesLocked(day=f"{timezone.localtime(row.lock_at):%d/%m/%Y}")
    return campaign, pledge


def _detailed(pledge: Pledge, actor: Member | None, what: str) -> Pledge:
    told = PledgeDetailed(pledge.number, what)
    record(told, actor=actor, object=pledge, initiative=pledge.campaign, target=pledge.backer)
    return pledge


@transaction.atomic
def lock_choices(*, campaign: Initiative, actor: Member, at: datetime) -> Campaign:
    """From this moment on addresses and options stay: parcels are prepared."""
    campaign = lock(campaign)
    allow(policy.run_desk, actor, campaign)
    row = queries.campaign_of(campaign)
    row.lock_at = at
    row.save(update_fields=["lock_at"])
    record(ChoicesLocked(f"{timezone.localtime(at):%d/%m/%Y}"), actor=actor, object=campaign, initiative=campaign)
    return row


@transaction.atomic
def mark_sent(*, pledge: Pledge, actor: Member, carrier: str = "", tracking: str = "") -> Delivery:
    """The parcel has left, or is ready to be fetched."""
    campaign, pledge = locked(pledge)
    allow(policy.run_desk, actor, campaign)
    must_be(pledge, State.PAID)
    if pledge.waived or pledge.tier_id is None:
        raise errors.NothingToSend
    delivery = _delivery(pledge, Delivery.State.SENT, carrier=carrier[:60], tracking=tracking[:60])
    told = ParcelSent(pledge.number, delivery.carrier, delivery.tracking)
    record(told, actor=actor, object=pledge, initiative=campaign, target=pledge.backer)
    return delivery


@transaction.atomic
def mark_delivered(*, pledge: Pledge, actor: Member | None) -> Delivery:
    """It arrived: its backer says so, or the team on the carrier's word. The time to withdraw runs from now on."""
    campaign, pledge = locked(pledge)
    allow(policy.deliver, actor, pledge)
    must_be(pledge, State.PAID)
    before = Delivery.objects.filter(pledge=pledge, state=Delivery.State.DELIVERED).first()
    if before is not None:
        return before
    delivery = _delivery(pledge, Delivery.State.DELIVERED)
    told = ParcelDelivered(pledge.number)
    record(told, actor=actor, object=pledge, initiative=campaign, target=pledge.backer)
    return delivery


@transaction.atomic
def mark_returned(*, pledge: Pledge, actor: Member) -> Delivery:
    """The parcel came back: the address is to be looked at."""
    campaign, pledge = locked(pledge)
    allow(policy.run_desk, actor, campaign)
    must_be(pledge, State.PAID, State.WITHDRAWN, State.REFUNDED)
    delivery = _delivery(pledge, Delivery.State.RETURNED)
    told = ParcelReturned(pledge.number)
    record(told, actor=actor, object=pledge, initiative=campaign, target=pledge.backer)
    return delivery


def _delivery(pledge: Pledge, state: str, **more: str) -> Delivery:
    now = clock.now()
    delivery = Delivery.objects.filter(pledge=pledge).first() or Delivery(pledge=pledge)
    delivery.state, delivery.changed_at = Delivery.State(state), now
    if state == Delivery.State.SENT:
        delivery.sent_at, delivery.carrier, delivery.tracking = now, more["carrier"], more["tracking"]
    if state == Delivery.State.DELIVERED:
        delivery.delivered_at = now
    delivery.save()
    return delivery


@transaction.atomic
def announce_delay(*, tier: Tier, actor: Member, month: date, reason: str) -> Delay:
    """Rewards arrive later than promised: the new month and the reason, in public, and to each who waits."""
    campaign = lock(tier.campaign)
    allow(policy.run_desk, actor, campaign)
    tier, reason = Tier.objects.get(pk=tier.pk), check_text(reason, 1_000)
    before, month = tier.delivery_month, month.replace(day=1)
    if before is None or month <= before:
        raise errors.NotALaterMonth
    delay = Delay.objects.create(campaign=campaign, tier=tier, before=before, after=month, reason=reason, by=actor)
    tier.delivery_month = month
    tier.save(update_fields=["delivery_month"])
    told = DeliveryDelayed(tier.title, f"{before:%m/%Y}", f"{month:%m/%Y}", reason)
    record(told, actor=actor, object=campaign, initiative=campaign)
    waiting = Pledge.objects.filter(campaign=campaign, lines__tier=tier, state__in=[State.HELD, State.PAID])
    for pledge in waiting.select_related("backer", "campaign").iterator(chunk_size=1_000):
        _tell_delay(pledge, delay)
    return delay


def _tell_delay(pledge: Pledge, delay: Delay) -> None:
    with override(pledge.language or "fr"):
        facts = {
            "tier": delay.tier.title,
            "month": f"{delay.after:%m/%Y}",
            "reason": delay.reason,
            "page": page_of(pledge),
        }
        subject = gettext("“%(tier)s” arrives later") % facts
        text = gettext("Hello,\n\n“%(tier)s” is now promised for %(month)s.\n\n%(reason)s\n\n%(page)s") % facts
    write_news(pledge, "delay", subject, text, mark=delay.pk)


@transaction.atomic
def refund_pledge(*, pledge: Pledge, treasurer: Member, amount: int, reason: str, key: str) -> list[Refund]:
    """Pay a part or all of it back, with the reason the backer reads. Raises NothingRefundable."""
    campaign, pledge = locked(pledge)
    allow(policy.handle_money, treasurer, campaign)
    mark = f"team:{key}"
    standing = list(Refund.objects.filter(pledge=pledge, key__contains=f":{mark}"))
    if standing:
        return standing
    must_be(pledge, State.PAID, State.FAILED)
    if not reason.strip():
        raise errors.ReasonMissing
    made = ask_back(pledge, amount, Why(Refund.Cause.TEAM, treasurer, reason.strip()), mark=mark)
    told = RefundAsked(pledge.number, amount, pledge.unit, reason.strip()[:300])
    record(told, actor=treasurer, object=pledge, initiative=campaign, target=pledge.backer)
    return made

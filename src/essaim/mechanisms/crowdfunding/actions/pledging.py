"""A pledge while the campaign runs: made, changed, cancelled; what becomes of it if the campaign fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.actions import orders
from essaim.mechanisms.crowdfunding.actions.money import Why, ask_back, release, rematch
from essaim.mechanisms.crowdfunding.actions.orders import Order
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.rules import Choice, Rules
from essaim.mechanisms.crowdfunding.letters import write_guest_link
from essaim.mechanisms.crowdfunding.models import Campaign, Pledge, Refund
from essaim.mechanisms.crowdfunding.payloads import (
    FailureChoiceMade,
    PledgeCancelled,
    PledgeChanged,
    PledgeMade,
    PledgesClaimed,
)
from essaim.people.models import Member

State = Pledge.State


@transaction.atomic
def make_pledge(
    *,
    campaign: Initiative,
    backer: Member | None,
    order: Order,
    key: Any,
    email: str = "",
    name: str = "",
    language: str = "",
) -> Pledge:
    """Pledge; it keeps its place while it is being paid. `key` (the form's UUID) makes it happen once.

    A guest is known by his address. Raises what is in the way: a tier gone, a limit, a country not served.
    """
    campaign = lock(campaign)
    if (before := made_before(campaign, backer, key)) is not None:
        return before
    allow(policy.make_pledge, backer, campaign)
    email = _address(backer, email)
    return new_pledge(campaign, order, backer=backer, key=key, email=email, name=name[:80], language=language)


def new_pledge(campaign: Initiative, order: Order, **who: Any) -> Pledge:
    """The pledge, checked and written, not paid yet; the campaign is locked, who may is decided by the caller."""
    rules, late, now = queries.rules_of(campaign), _door(campaign), clock.now()
    backer = who["backer"]
    _choice(order.on_failure, backer)
    decided = orders.decide(campaign, rules, order, backer=backer, email=who["email"], at=now)
    language = who.pop("language", "") or (backer.language if backer else "fr")
    pledge = Pledge(
        campaign=campaign,
        number=queries.next_number(campaign),
        language=language,
        unit=rules.unit,
        late=late,
        made_at=now,
        expires_at=now + timedelta(minutes=rules.unpaid_minutes),
        **who,
    )
    return _written(pledge, order, decided)


def _written(pledge: Pledge, order: Order, decided: orders.Decided) -> Pledge:
    orders.fill(pledge, order, decided)
    pledge.save()
    orders.write_lines(pledge, decided)
    if pledge.is_guest and pledge.method == Pledge.Method.ONLINE:
        write_guest_link(pledge)
    made = PledgeMade(pledge.number, pledge.amount, pledge.unit)
    record(made, actor=pledge.backer, object=pledge, initiative=pledge.campaign)
    return pledge


def made_before(campaign: Initiative, backer: Member | None, key: Any) -> Pledge | None:
    """The pledge this very form made. Raises KeyUsed when it was somebody else's, or another campaign's."""
    before = Pledge.objects.filter(key=key).first()
    if before is not None and (before.campaign_id, before.backer_id) != (campaign.pk, backer.pk if backer else None):
        raise errors.KeyUsed
    return before


def _door(campaign: Initiative) -> bool:
    """Whether a pledge made now comes late. Raises CampaignClosed or LatePledgesNotTaken."""
    row = queries.campaign_of(campaign)
    if row.outcome == Campaign.Outcome.FAILED:
        raise errors.CampaignClosed
    in_round = bool(queries.in_round(campaign))
    if not in_round and row.outcome != Campaign.Outcome.SUCCEEDED:
        raise errors.CampaignClosed
    if not in_round and not queries.rules_of(campaign).late_pledges:
        raise errors.LatePledgesNotTaken
    return not in_round


def _address(backer: Member | None, email: str) -> str:
    if backer is not None:
        return ""
    if "@" not in email:
        raise errors.AddressMissing
    return email.strip().casefold()[:254]


def _choice(choice: str, backer: Member | None) -> None:
    if Choice(choice) is Choice.CREDIT and backer is None:
        raise errors.NoCreditForGuests


def locked(pledge: Pledge) -> tuple[Initiative, Pledge]:
    """The campaign, locked, and the pledge as it now stands."""
    campaign = lock(pledge.campaign)
    fresh = Pledge.objects.select_related("backer", "tier").get(pk=pledge.pk)
    fresh.campaign = campaign
    return campaign, fresh


def must_be(pledge: Pledge, *states: str) -> None:
    if pledge.state == State.PENDING and State.PENDING not in states:
        raise errors.PaymentUnderWay
    if pledge.state not in states:
        raise errors.PledgeMovedOn(state=pledge.get_state_display())


def while_open(campaign: Initiative) -> None:
    """Raises CampaignClosed once the round is over or the campaign has its outcome."""
    if not queries.in_round(campaign) or queries.campaign_of(campaign).outcome:
        raise errors.CampaignClosed


@transaction.atomic
def change_pledge(*, pledge: Pledge, actor: Member | None, order: Order, key: Any) -> Pledge:
    """Change a pledge while the campaign runs.

    What needs no more money changes at once, and what was received too much goes back. What needs more is a new
    pledge, to be paid, which replaces this one when it is.
    """
    campaign, pledge = locked(pledge)
    if (before := Pledge.objects.filter(key=key, replaces=pledge).first()) is not None:
        return before
    allow(policy.change_pledge, actor, pledge)
    while_open(campaign)
    must_be(pledge, State.UNPAID, State.HELD, State.PAID)
    _choice(order.on_failure, pledge.backer)
    rules, now = queries.rules_of(campaign), clock.now()
    decided = orders.decide(campaign, rules, order, backer=pledge.backer, email=pledge.email, at=now, but=pledge)
    if decided.price.total > pledge.amount and pledge.state != State.UNPAID:
        return _replacement(pledge, order, decided, rules, key, now)
    return _changed(pledge, order, decided, actor)


def _replacement(
    pledge: Pledge, order: Order, decided: orders.Decided, rules: Rules, key: Any, now: datetime
) -> Pledge:
    _drop_replacement(pledge)
    new = Pledge(
        campaign=pledge.campaign,
        number=queries.next_number(pledge.campaign),
        key=key,
        backer=pledge.backer,
        email=pledge.email,
        name=pledge.name,
        language=pledge.language,
        unit=pledge.unit,
        address=pledge.address,
        late=pledge.late,
        made_at=now,
        expires_at=now + timedelta(minutes=rules.unpaid_minutes),
        replaces=pledge,
    )
    return _written(new, order, decided)


def _drop_replacement(pledge: Pledge) -> None:
    """An earlier change that was never paid no longer counts."""
    standing = Pledge.objects.filter(replaces=pledge).first()
    if standing is None:
        return
    if standing.state == State.PENDING:
        raise errors.PaymentUnderWay
    release([standing], State.CANCELLED)
    Pledge.objects.filter(pk=standing.pk).update(replaces=None)


def _changed(pledge: Pledge, order: Order, decided: orders.Decided, actor: Member | None) -> Pledge:
    before = pledge.amount
    orders.fill(pledge, order, decided)
    pledge.save()
    orders.write_lines(pledge, decided)
    if pledge.state == State.PAID and before > pledge.amount:
        ask_back(
            pledge,
            before - pledge.amount,
            Why(Refund.Cause.CANCELLED),
            mark=f"change:{pledge.number}:{before}:{pledge.amount}",
        )
    rematch([pledge])
    changed = PledgeChanged(pledge.number, before, pledge.amount, pledge.unit)
    record(changed, actor=actor, object=pledge, initiative=pledge.campaign)
    return pledge


@transaction.atomic
def cancel_pledge(*, pledge: Pledge, actor: Member | None) -> Pledge:
    """Take a pledge back while the campaign runs: what a bank holds is let go, what was received goes back."""
    campaign, pledge = locked(pledge)
    allow(policy.own_pledge, actor, pledge)
    if pledge.state == State.CANCELLED:
        return pledge
    while_open(campaign)
    must_be(pledge, State.UNPAID, State.PENDING, State.HELD, State.PAID, State.FAILED)
    release([pledge], State.CANCELLED)
    told = PledgeCancelled(pledge.number, pledge.amount, pledge.unit)
    record(told, actor=actor, object=pledge, initiative=campaign)
    return pledge


@transaction.atomic
def choose_on_failure(*, pledge: Pledge, actor: Member | None, choice: str) -> Pledge:
    """Say what becomes of the pledge if the campaign fails; as long as it has not been passed on."""
    campaign, pledge = locked(pledge)
    allow(policy.own_pledge, actor, pledge)
    _choice(choice, pledge.backer)
    if pledge.state in life.OVER or pledge.settled_at is not None or queries.campaign_of(campaign).outcome:
        raise errors.PledgeMovedOn(state=pledge.get_state_display())
    if pledge.on_failure == choice:
        return pledge
    pledge.on_failure = Choice(choice)
    pledge.save(update_fields=["on_failure"])
    record(FailureChoiceMade(pledge.number, choice), actor=actor, object=pledge, initiative=campaign)
    return pledge


@transaction.atomic
def claim_pledges(*, member: Member) -> int:
    """What was pledged as a guest under the member's confirmed address becomes his own; how many pledges."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    allow(policy.claim, member)
    if member.email_confirmed_at is None:
        return 0
    mine = Pledge.objects.filter(backer=None, email__iexact=member.email)
    claimed = mine.update(backer=member)
    if claimed:
        record(PledgesClaimed(claimed), actor=member, object=member)
    return claimed

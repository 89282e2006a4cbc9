"""Campaigns for programs: the same acts as on the pages."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow, run_initiative
from essaim.initiatives.queries import visible_to
from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader
from essaim.mechanisms.crowdfunding import actions, policy, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.models import Pledge, Tier

router = Router(tags=["crowdfunding"])
LARGEST = 2**31 - 1
MOST = 10**12


class TierOut(Schema):
    id: int
    title: str
    description: str
    amount: int = Field(description="Price in minor units, VAT included")
    left: int | None = Field(description="How many can still be had; null: no limit")
    sold: int
    addon: bool = Field(description="An extra, with a reward only")
    ships: bool
    shipping: dict[str, int] = Field(description="Fee in minor units by zone of the rules")
    options: list[dict[str, Any]]
    delivery_month: date | None
    early_until: datetime | None


class GaugeOut(Schema):
    raised: int = Field(description="Minor units, what sponsors add included")
    matched: int
    backers: int
    goal: int
    top: int
    unit: str
    per_cent: int
    outcome: str = Field(description="succeeded, failed, or empty while it runs")


class DayOut(Schema):
    day: date
    backers: int
    amount: int


class LineIn(Schema):
    tier: int = Field(ge=1, le=LARGEST)
    quantity: int = Field(1, ge=1, le=1_000)
    options: dict[str, str] = Field(default_factory=dict, max_length=20)


class OrderIn(Schema):
    lines: list[LineIn] = Field(default_factory=list, max_length=30)
    gift: int = Field(0, ge=0, le=MOST, description="Minor units beyond the rewards")
    country: str = Field("", pattern="^([A-Za-z]{2})?$")
    waived: bool = Field(False, description="Nothing is to be sent")
    anonymous: bool = False
    amount_hidden: bool = False
    on_wall: bool = False
    message: str = Field("", max_length=200)
    place: str = Field("", max_length=80)
    on_failure: Pledge.Choice = Pledge.Choice.REFUND


class PledgeIn(OrderIn):
    key: uuid.UUID = Field(description="Yours: the same key pledges once")


class LineOut(Schema):
    tier: int
    title: str
    quantity: int
    amount: int
    options: dict[str, str]


class PledgeOut(Schema):
    campaign: str
    number: int
    state: str
    unit: str
    amount: int
    rewards: int
    gift: int
    shipping: int
    captured: int
    refunded: int
    on_failure: str
    made_at: datetime
    expires_at: datetime | None
    confirmed_at: datetime | None
    lines: list[LineOut]

    @staticmethod
    def resolve_campaign(pledge: Pledge) -> str:
        return pledge.campaign.slug

    @staticmethod
    def resolve_lines(pledge: Pledge) -> list[dict[str, Any]]:
        return [
            {
                "tier": line.tier_id,
                "title": line.tier.title,
                "quantity": line.quantity,
                "amount": line.amount,
                "options": line.options,
            }
            for line in pledge.lines.select_related("tier")
        ]


class PaymentOut(Schema):
    url: str = Field(description="Where the payer goes to")


class ChoiceIn(Schema):
    choice: Pledge.Choice


class AddressIn(Schema):
    name: str = Field(max_length=300)
    lines: str = Field(max_length=300)
    postcode: str = Field("", max_length=300)
    city: str = Field(max_length=300)
    country: str = Field("", max_length=2)
    phone: str = Field("", max_length=300)


class MoneyOut(Schema):
    captured: int
    matched: int
    borne: int
    refunded: int
    lost: int
    fees: int
    vat: int
    paid_out: int
    credited: int
    given: int
    escrow: int
    balanced: bool


def campaign_of(request: HttpRequest, slug: str) -> Initiative:
    """The campaign, if the reader may see it; those who run it see it while it is prepared too."""
    found = get_object_or_404(queries.campaigns().select_related("community"), slug=slug)
    if not run_initiative.test(reader(request), found):
        get_object_or_404(visible_to(reader(request)), pk=found.pk)
    return found


def pledge_of(request: HttpRequest, slug: str, number: int) -> Pledge:
    """One of the reader's own pledges."""
    member = actor(request)
    rows: QuerySet[Pledge] = Pledge.objects.select_related("campaign__community", "backer", "tier")
    return get_object_or_404(rows, campaign__slug=slug, number=number, backer=member)


def _order(campaign: Initiative, given: OrderIn) -> Order:
    found = Tier.objects.filter(campaign=campaign).in_bulk([line.tier for line in given.lines])
    lines = [Line(_tier(found, line.tier), line.quantity, line.options) for line in given.lines]
    values = given.dict(exclude={"lines", "key"})
    return Order(lines=lines, **values)


def _tier(found: dict[int, Tier], pk: int) -> Tier:
    from essaim.mechanisms.crowdfunding.domain.errors import TierElsewhere

    if pk not in found:
        raise TierElsewhere
    return found[pk]


@router.get("{slug:slug}/gauge/", response={200: GaugeOut, **PROBLEMS}, summary="Where a campaign stands")
def gauge(request: HttpRequest, slug: str) -> object:
    campaign = campaign_of(request, slug)
    stands, row = queries.gauge(campaign), queries.campaign_of(campaign)
    names = ("raised", "matched", "backers", "goal", "top", "unit", "per_cent")
    return {**{name: getattr(stands, name) for name in names}, "outcome": row.outcome}


@router.get("{slug:slug}/days/", response={200: list[DayOut], **PROBLEMS}, summary="Backers day by day")
def days(request: HttpRequest, slug: str) -> object:
    rows = queries.backers_by_day(campaign_of(request, slug))
    return [{"day": day, "backers": backers, "amount": amount} for day, backers, amount in rows]


@router.get("{slug:slug}/tiers/", response={200: list[TierOut], **PROBLEMS}, summary="What is offered")
def tiers(request: HttpRequest, slug: str) -> object:
    return queries.offers(campaign_of(request, slug))


@router.get("pledges/", response={200: Page[PledgeOut], **PROBLEMS}, summary="Your pledges")
def pledges(request: HttpRequest, window: Query[Window]) -> object:
    return page_of(queries.pledges_of(actor(request)), window)


@router.post("{slug:slug}/pledges/", response={201: PledgeOut, **PROBLEMS}, summary="Pledge")
def make_pledge(request: HttpRequest, slug: str, given: PledgeIn) -> object:
    backer, campaign = actor(request, "write"), campaign_of(request, slug)
    made = actions.make_pledge(campaign=campaign, backer=backer, order=_order(campaign, given), key=given.key)
    return Status(201, made)


@router.get("{slug:slug}/pledges/{int:number}/", response={200: PledgeOut, **PROBLEMS}, summary="One of yours")
def pledge(request: HttpRequest, slug: str, number: int) -> object:
    return pledge_of(request, slug, number)


@router.put("{slug:slug}/pledges/{int:number}/", response={200: PledgeOut, **PROBLEMS}, summary="Change it")
def change_pledge(request: HttpRequest, slug: str, number: int, given: PledgeIn) -> object:
    member, found = actor(request, "write"), pledge_of(request, slug, number)
    order = _order(found.campaign, given)
    return actions.change_pledge(pledge=found, actor=member, order=order, key=given.key)


@router.delete("{slug:slug}/pledges/{int:number}/", response={204: None, **PROBLEMS}, summary="Cancel it")
def cancel_pledge(request: HttpRequest, slug: str, number: int) -> object:
    actions.cancel_pledge(pledge=pledge_of(request, slug, number), actor=actor(request, "write"))
    return Status(204, None)


@router.post("{slug:slug}/pledges/{int:number}/payment/", response={201: PaymentOut, **PROBLEMS}, summary="Pay it")
def pay(request: HttpRequest, slug: str, number: int) -> object:
    actor(request, "write")
    found = pledge_of(request, slug, number)
    return Status(201, {"url": actions.pay(found, found.campaign.get_absolute_url())})


@router.put("{slug:slug}/pledges/{int:number}/choice/", response={200: PledgeOut, **PROBLEMS}, summary="If it fails")
def choose(request: HttpRequest, slug: str, number: int, given: ChoiceIn) -> object:
    member, found = actor(request, "write"), pledge_of(request, slug, number)
    return actions.choose_on_failure(pledge=found, actor=member, choice=given.choice)


@router.put("{slug:slug}/pledges/{int:number}/address/", response={204: None, **PROBLEMS}, summary="Where it goes")
def give_address(request: HttpRequest, slug: str, number: int, given: AddressIn) -> object:
    member, found = actor(request, "write"), pledge_of(request, slug, number)
    actions.give_address(pledge=found, actor=member, address=given.dict())
    return Status(204, None)


@router.get("{slug:slug}/money/", response={200: MoneyOut, **PROBLEMS}, summary="Where the money is (for the team)")
def money(request: HttpRequest, slug: str) -> object:
    campaign = campaign_of(request, slug)
    allow(policy.runs_money, actor(request), campaign)
    return queries.money(campaign)

"""What somebody wants: turned into lines and a price, checked against what is left. The caller holds the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from essaim.initiatives.models import Initiative
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.domain import errors, tiers
from essaim.mechanisms.crowdfunding.domain.rules import Choice, Rules
from essaim.mechanisms.crowdfunding.domain.tiers import Price, Wanted
from essaim.mechanisms.crowdfunding.models import Pledge, PledgeLine, Tier
from essaim.people.models import Member


@dataclass(frozen=True)
class Line:
    """A tier, how many of it, and what was chosen for it."""

    tier: Tier
    quantity: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """What a backer fills in; without lines a gift. `gift` is what he adds beyond the rewards, in minor units."""

    lines: Sequence[Line] = ()
    gift: int = 0
    country: str = ""
    waived: bool = False
    anonymous: bool = False
    amount_hidden: bool = False
    on_wall: bool = False
    message: str = ""
    place: str = ""
    on_failure: str = Choice.REFUND


@dataclass(frozen=True)
class Decided:
    """An order that can be had now: its lines with their kept options, and what it comes to."""

    lines: Sequence[tuple[Line, Mapping[str, str]]]
    price: Price


def decide(
    campaign: Initiative,
    rules: Rules,
    order: Order,
    *,
    backer: Member | None,
    email: str,
    at: datetime,
    but: Pledge | None = None,
) -> Decided:
    """Raises what is in the way. `but`: the pledge this order changes, whose own places are free to it."""
    lines = [(line, _chosen(campaign, line, order)) for line in order.lines]
    wanted = [Wanted(line.tier.as_offer(), line.quantity, options) for line, options in lines]
    ids = [line.tier.pk for line, _options in lines]
    if len(set(ids)) < len(ids):
        raise errors.TierElsewhere
    if not order.waived:
        gone = queries.taken(ids, at=at, but=but)
        own = queries.held_by(ids, backer=backer, email=email, but=but)
        for each in wanted:
            tiers.check_offer(each, at=at, taken=gone.get(each.offer.id, 0), held_by_person=own.get(each.offer.id, 0))
    return Decided(lines, _priced(rules, wanted, order))


def _chosen(campaign: Initiative, line: Line, order: Order) -> Mapping[str, str]:
    if line.tier.campaign_id != campaign.pk:
        raise errors.TierElsewhere
    return {} if order.waived else tiers.chosen(line.tier.as_offer().options, line.options)


def _priced(rules: Rules, wanted: Sequence[Wanted], order: Order) -> Price:
    """The price; a refusal's figures are told as money."""
    try:
        return tiers.price(rules, wanted, gift=order.gift, country=order.country.upper(), waived=order.waived)
    except errors.TooSmall as refusal:
        raise errors.TooSmall(least=_money(refusal.facts["least"], rules)) from None
    except errors.TooLarge as refusal:
        raise errors.TooLarge(most=_money(refusal.facts["most"], rules)) from None


def _money(amount: object, rules: Rules) -> str:
    from django.utils.translation import get_language

    return format_amount(int(str(amount)), rules.unit, get_language() or "fr")


def fill(pledge: Pledge, order: Order, decided: Decided) -> None:
    """Write the order into the (unsaved or locked) pledge's own fields."""
    reward = next((line.tier for line, _options in decided.lines if not line.tier.addon), None)
    pledge.tier = reward
    pledge.rewards, pledge.gift, pledge.shipping = decided.price.rewards, decided.price.gift, decided.price.shipping
    pledge.amount = decided.price.total
    pledge.on_failure = Choice(order.on_failure)
    pledge.country = order.country.upper()[:2]
    pledge.waived, pledge.anonymous, pledge.amount_hidden = order.waived, order.anonymous, order.amount_hidden
    pledge.on_wall, pledge.message, pledge.place = (
        order.on_wall,
        order.message[:200],
        " ".join(order.place.split())[:80],
    )


def write_lines(pledge: Pledge, decided: Decided) -> None:
    pledge.lines.all().delete()
    PledgeLine.objects.bulk_create(
        PledgeLine(
            pledge=pledge,
            tier=line.tier,
            quantity=line.quantity,
            amount=line.tier.amount * line.quantity,
            options=dict(options),
            holds=not pledge.waived,
        )
        for line, options in decided.lines
    )

"""Before the opening: tiers, budget, team, stretch goals. Afterwards they change only in the backers' favour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.domain import check_text
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import FIXED, WHOLE, Funding
from essaim.mechanisms.crowdfunding.domain.tiers import thaw_option
from essaim.mechanisms.crowdfunding.models import BudgetLine, Campaign, PledgeLine, StretchGoal, TeamMember, Tier
from essaim.mechanisms.crowdfunding.payloads import Prepared, TierAdded, TierChanged, TierWithdrawn
from essaim.people.models import Member

EARNEST = ("amount", "options", "addon", "ships", "shipping", "per_person", "early_until", "delivery_month", "vat")
"""Fields of a tier people have pledged on: they stay."""


@dataclass(frozen=True)
class Person:
    name: str
    role: str = ""
    member: Member | None = None


@dataclass(frozen=True)
class Stretch:
    amount: int
    title: str
    description: str = ""


@transaction.atomic
def describe_campaign(
    *,
    campaign: Initiative,
    actor: Member,
    risks: str | None = None,
    cover: Any = None,
    cover_text: str | None = None,
    survey: Sequence[Mapping[str, Any]] | None = None,
) -> Campaign:
    """Risks, picture, the questions asked after the campaign (`[{slug, label, kind, choices}]`)."""
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    row = queries.campaign_of(campaign)
    given = {"risks": risks, "cover": cover, "cover_text": cover_text, "survey": survey}
    for name, value in given.items():
        if value is not None:
            setattr(row, name, list(value) if name == "survey" else value)
    row.save()
    record(Prepared("page"), actor=actor, object=campaign, initiative=campaign)
    return row


@transaction.atomic
def set_budget(*, campaign: Initiative, actor: Member, lines: Sequence[tuple[str, int]]) -> list[BudgetLine]:
    """What the money pays, line by line; before the opening only."""
    campaign = _in_preparation(campaign, actor)
    BudgetLine.objects.filter(campaign=campaign).delete()
    made = BudgetLine.objects.bulk_create(
        BudgetLine(campaign=campaign, label=check_text(label, 120), amount=amount, position=n)
        for n, (label, amount) in enumerate(lines)
    )
    record(Prepared("budget"), actor=actor, object=campaign, initiative=campaign)
    return made


@transaction.atomic
def set_team(*, campaign: Initiative, actor: Member, people: Sequence[Person]) -> list[TeamMember]:
    """Who carries the project."""
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    TeamMember.objects.filter(campaign=campaign).delete()
    made = TeamMember.objects.bulk_create(
        TeamMember(campaign=campaign, member=one.member, name=check_text(one.name, 80), role=one.role, position=n)
        for n, one in enumerate(people)
    )
    record(Prepared("team"), actor=actor, object=campaign, initiative=campaign)
    return made


@transaction.atomic
def set_stretch_goals(*, campaign: Initiative, actor: Member, goals: Sequence[Stretch]) -> list[StretchGoal]:
    """What more money would make possible; those reached stay as they are."""
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    StretchGoal.objects.filter(campaign=campaign, reached_at=None).delete()
    kept = set(StretchGoal.objects.filter(campaign=campaign).values_list("amount", flat=True))
    made = StretchGoal.objects.bulk_create(
        StretchGoal(
            campaign=campaign, amount=goal.amount, title=check_text(goal.title, 120), description=goal.description
        )
        for goal in goals
        if goal.amount not in kept
    )
    record(Prepared("stretch goals"), actor=actor, object=campaign, initiative=campaign)
    return made


@transaction.atomic
def add_tier(*, campaign: Initiative, actor: Member, **fields: Any) -> Tier:
    """Offer a reward, or an extra. Fields are the tier's own; options and shipping as JSON."""
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    tier = Tier(campaign=campaign, **{"position": queries.tiers(campaign).count(), **fields})
    tier.promised_month = tier.delivery_month
    _checked(tier)
    tier.save()
    told = TierAdded(tier.title, tier.amount, queries.rules_of(campaign).unit)
    record(told, actor=actor, object=tier, initiative=campaign)
    return tier


@transaction.atomic
def change_tier(*, tier: Tier, actor: Member, **fields: Any) -> Tier:
    """Change a reward. Once somebody chose it, what he pledged on stays, as does the stock taken."""
    campaign = lock(tier.campaign)
    allow(policy.configure, actor, campaign)
    tier = Tier.objects.get(pk=tier.pk)
    chosen = PledgeLine.objects.filter(tier=tier).exists()
    changed = {name: value for name, value in fields.items() if getattr(tier, name) != value}
    if chosen and changed.keys() & set(EARNEST):
        raise errors.TierInUse(tier=tier.title)
    for name, value in changed.items():
        setattr(tier, name, value)
    if tier.stock is not None and tier.stock < queries.taken([tier.pk]).get(tier.pk, 0):
        raise errors.TierInUse(tier=tier.title)
    if "delivery_month" in changed:
        tier.promised_month = tier.delivery_month
    _checked(tier)
    tier.save()
    if changed:
        record(TierChanged(tier.title), actor=actor, object=tier, initiative=campaign)
    return tier


@transaction.atomic
def withdraw_tier(*, tier: Tier, actor: Member) -> Tier:
    """Offer it no longer; those who have it keep it."""
    campaign = lock(tier.campaign)
    allow(policy.configure, actor, campaign)
    tier = Tier.objects.get(pk=tier.pk)
    if tier.withdrawn_at is None:
        tier.withdrawn_at = clock.now()
        tier.save(update_fields=["withdrawn_at"])
        record(TierWithdrawn(tier.title), actor=actor, object=tier, initiative=campaign)
    return tier


def _in_preparation(campaign: Initiative, actor: Member) -> Initiative:
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    if campaign.opened_at is not None:
        raise errors.RulesFixed(rules="budget")
    return campaign


def _checked(tier: Tier) -> None:
    """Options and shipping can be read, the price is above zero."""
    tier.title = check_text(tier.title, 120)
    try:
        options = [thaw_option(option) for option in tier.options]
    except (TypeError, ValueError) as error:
        raise errors.InvalidRules(problems=str(error)) from error
    if len({option.slug for option in options}) < len(options):
        raise errors.InvalidRules(problems="options")
    zones = {zone.slug for zone in queries.rules_of(tier.campaign).zones}
    wrong = [zone for zone, fee in tier.shipping.items() if zone not in zones or type(fee) is not int or fee < 0]
    if wrong or tier.amount < 1 or not 0 <= (tier.vat or 0) <= WHOLE:
        raise errors.InvalidRules(problems=", ".join(wrong) or "price, VAT")


def before_opening(campaign: Initiative) -> None:
    """Refuse what the rules alone cannot show. Raises NotComplete."""
    rules = queries.rules_of(campaign)
    lines = list(BudgetLine.objects.filter(campaign=campaign).values_list("amount", flat=True))
    tiers = list(queries.tiers(campaign).filter(withdrawn_at=None))
    rounds = campaign.phases.filter(kind=queries.ROUND).count()
    missing = []
    if not campaign.brief.strip():
        missing.append(gettext("the story"))
    if sum(lines) != rules.goal:
        missing.append(gettext("a budget that adds up to the goal"))
    if not tiers and not rules.gifts:
        missing.append(gettext("a reward"))
    if rules.is_sale and any(tier.delivery_month is None for tier in tiers):
        missing.append(gettext("a delivery month for each reward (a sale promises one)"))
    if not rules.is_sale and not rules.partner.complete:
        missing.append(gettext("the licensed partner’s name, register number and authority"))
    if rounds != (2 if rules.funding is Funding.TWO_GOALS else 1):
        missing.append(gettext("one round, or two with two goals"))
    if missing:
        raise errors.NotComplete(missing="; ".join(missing))
    queries.campaign_of(campaign)


def check_change(campaign: Initiative, changed: Mapping[str, Any]) -> None:
    """The legal mode was chosen at creation. Raises ModeFrozen."""
    if campaign.rules.get("legal_mode") != changed.get("legal_mode"):
        raise errors.ModeFrozen


def check_amendment(campaign: Initiative, amended: Mapping[str, Any]) -> None:
    """Rules people have pledged on do not change, not even in public. Raises RulesFixed."""
    moved = sorted(name for name in FIXED if campaign.rules.get(name) != amended.get(name))
    if moved:
        raise errors.RulesFixed(rules=", ".join(moved))

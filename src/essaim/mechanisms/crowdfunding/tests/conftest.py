"""What campaign tests stand on: a house with people, a community, campaigns made through the acts, a bank to play."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from essaim.communities.actions import found
from essaim.communities.models import Community, Membership
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger import providers
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.actions.closing import work_off
from essaim.mechanisms.crowdfunding.domain.rules import Rules, freeze
from essaim.mechanisms.crowdfunding.models import Pledge, Tier
from essaim.mechanisms.crowdfunding.tests.bank import Bank, fresh
from essaim.people.models import HouseRole, Member

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands at noon of the campaign's first day."""
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    """The only provider of the house."""
    played = Bank()
    monkeypatch.setattr(providers, "_providers", {played.slug: played})
    return played


@dataclass
class House:
    """The people of a test and shortcuts to what they do."""

    community: Community
    manager: Member
    treasurer: Member
    bank: Bank
    count: int = 0

    def member(self, handle: str = "", **fields: Any) -> Member:
        self.count += 1
        handle = handle or f"member{self.count}"
        given = {"email_confirmed_at": NOON - 90 * DAY, "joined_at": NOON - 90 * DAY, "language": "fr", **fields}
        member = Member.objects.create(
            email=f"{handle}@example.org", handle=handle, display_name=handle.title(), **given
        )
        charter = self.community.charters.get()
        Membership.objects.create(
            community=self.community, member=member, charter=charter, joined_at=NOON - 80 * DAY, state="active"
        )
        return member

    def members(self, number: int) -> list[Member]:
        return [self.member() for _ in range(number)]

    def campaign(
        self,
        rules: Rules | None = None,
        *,
        rounds: tuple[int, ...] = (40,),
        opened: bool = True,
        slug: str = "oven",
        tiers: tuple[dict[str, Any], ...] | None = None,
    ) -> Initiative:
        """A campaign that starts now, with a budget and tiers, opened."""
        rules = rules or Rules(goal=10_000)
        campaign = initiatives.draft_initiative(
            actor=self.manager,
            community=self.community,
            mechanism_slug="crowdfunding",
            title="A second oven",
            brief="We need it.",
            slug=slug,
            rules=freeze(rules),
        )
        starts, plan = clock.now(), []
        for days in rounds:
            plan.append(PlannedPhase("round", starts, starts + days * DAY))
            starts += days * DAY
        plan.append(PlannedPhase("after", starts, starts + 365 * DAY))
        initiatives.schedule(initiative=campaign, phases=plan, actor=self.manager)
        actions.set_budget(campaign=campaign, actor=self.manager, lines=[("Oven", rules.goal)])
        for tier in (self.loaf(),) if tiers is None else tiers:
            actions.add_tier(campaign=campaign, actor=self.manager, **tier)
        if opened:
            initiatives.open_initiative(initiative=campaign, actor=self.manager)
        campaign.refresh_from_db()
        return campaign

    @staticmethod
    def loaf(**fields: Any) -> dict[str, Any]:
        return {"title": "A loaf", "amount": 3_000, "delivery_month": date(2026, 12, 1), **fields}

    def pledge(self, campaign: Initiative, backer: Member | None = None, **order: Any) -> Pledge:
        """A pledge of a new member to the first tier, not paid."""
        email = order.pop("email", "")
        if "lines" not in order:
            order["lines"] = [Line(first_tier(campaign))]
        backer = backer or (None if email else self.member())
        return actions.make_pledge(
            campaign=campaign, backer=backer, order=Order(**order), key=uuid.uuid4(), email=email
        )

    def held(self, campaign: Initiative, backer: Member | None = None, **order: Any) -> Pledge:
        return self.bank.hold(self.pledge(campaign, backer, **order))

    def paid(self, campaign: Initiative, backer: Member | None = None, **order: Any) -> Pledge:
        return self.bank.take(self.pledge(campaign, backer, **order))

    def end(self, campaign: Initiative, days: int = 40) -> None:
        """The round ends, the clock turns, and what the outcome asks is done."""
        with clock.at(NOON + days * DAY):
            initiatives.turn_phases()
            work_off(campaign)
            self.bank.answer()


def first_tier(campaign: Initiative) -> Tier:
    return Tier.objects.filter(campaign=campaign).earliest("pk")


def balanced(campaign: Initiative) -> bool:
    return queries.money(campaign).balanced


def make_house(bank: Bank) -> House:
    owner = Member.objects.create(
        email="owner@example.org", handle="theowner", display_name="Owner", email_confirmed_at=NOON - 90 * DAY
    )
    HouseRole.objects.create(member=owner, role=HouseRole.Role.OWNER)
    community = found(actor=owner, slug="bakers", name="Bakers", summary="Bread", charter="Be kind.")
    house = House(community, owner, owner, bank)
    house.manager, house.treasurer = house.member("marion"), house.member("tresor")
    HouseRole.objects.create(member=house.manager, role=HouseRole.Role.MANAGER)
    HouseRole.objects.create(member=house.treasurer, role=HouseRole.Role.TREASURER)
    return house


@pytest.fixture
def house(db: None, noon: datetime, bank: Bank) -> House:
    return make_house(bank)


@pytest.fixture
def signed(client: Client) -> Any:
    def as_(member: Any) -> Client:
        client.force_login(member)
        client.cookies["django_language"] = "en"
        return client

    client.cookies["django_language"] = "en"
    return as_


__all__ = ["fresh"]

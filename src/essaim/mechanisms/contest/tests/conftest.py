"""What contest tests stand on: a house with people, a community, and contests made through the acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from essaim.communities.actions import found
from essaim.communities.models import Community, Membership
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.entries import deposit
from essaim.ledger.post import post
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.domain.presets import LADDER
from essaim.mechanisms.contest.domain.rules import Award, Condition, Rules, Rung, freeze
from essaim.people.models import HouseRole, Member

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)

SMALL = replace(
    LADDER,
    rungs=(
        Rung("potential", "Potential", Condition.JURY, threshold=60, quorum=1, winners=2, reward=Award(50_000)),
        Rung("chosen", "Chosen", Condition.VOTES, threshold=3, window_days=60, winners=1, reward=Award(150_000)),
        *LADDER.rungs[2:],
    ),
)


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands at noon of the contest's first day."""
    with clock.at(NOON):
        yield NOON


@dataclass
class House:
    """The people of a test and shortcuts to what they do."""

    community: Community
    manager: Member
    treasurer: Member
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

    def contest(
        self,
        rules: Rules = SMALL,
        *,
        phases: tuple[tuple[str, int], ...] = (("together", 60), ("decide", 30)),
        jury: tuple[Member, ...] = (),
        opened: bool = True,
        slug: str = "bread",
        preset: str = "ladder",
    ) -> Initiative:
        """A contest that starts now, funded, with its jury, opened."""
        contest = initiatives.draft_initiative(
            actor=self.manager,
            community=self.community,
            mechanism_slug="contest",
            preset_slug=preset,
            title="Our daily bread",
            slug=slug,
            rules=freeze(rules),
        )
        starts, plan = clock.now(), []
        for kind, days in phases:
            plan.append(PlannedPhase(kind, starts, starts + days * DAY))
            starts += days * DAY
        initiatives.schedule(initiative=contest, phases=plan, actor=self.manager)
        for juror in jury or (self.member(),):
            actions.seat_juror(contest=contest, member=juror, actor=self.manager)
        for unit, amount in rules.budget.items():
            actions.fund_contest(contest=contest, treasurer=self.treasurer, amount=amount, unit=unit, key=f"{slug}-1")
        if opened:
            initiatives.open_initiative(initiative=contest, actor=self.manager)
        contest.refresh_from_db()
        return contest

    def idea(self, contest: Initiative, author: Member | None = None, title: str = "Rye from the mill", **more: Any):
        return actions.submit_idea(
            contest=contest,
            author=author or self.member(),
            title=title,
            body=more.pop("body", "Slow and dark."),
            **more,
        )


def _role(member: Member, role: str) -> None:
    HouseRole.objects.create(member=member, role=role)


def make_house(deposited: int = 10_000_000) -> House:
    owner = Member.objects.create(
        email="owner@example.org", handle="theowner", display_name="Owner", email_confirmed_at=NOON - 90 * DAY
    )
    _role(owner, HouseRole.Role.OWNER)
    community = found(actor=owner, slug="bakers", name="Bakers", summary="Bread", charter="Be kind.")
    house = House(community, owner, owner)
    house.manager, house.treasurer = house.member("marion"), house.member("tresor")
    _role(house.manager, HouseRole.Role.MANAGER)
    _role(house.treasurer, HouseRole.Role.TREASURER)
    post(deposit(key="start", amount=deposited, memo="start"))
    return house


@pytest.fixture
def house(db: None, noon: datetime) -> House:
    return make_house()


Made = Callable[..., Initiative]

"""A house with a community, and a campaign of two rounds in which two camps can be cheered for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from essaim.communities.actions import found, join
from essaim.communities.models import Community
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import actions
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.rules import DEFAULTS
from essaim.people.models import HouseRole, Member

EVENING = datetime(2026, 6, 10, 19, tzinfo=UTC)
MATCH = timedelta(hours=2)


@dataclass
class Stadium:
    """A campaign and its people."""

    campaign: Initiative
    manager: Member
    community: Community
    camps: dict[str, Camp]

    @property
    def rounds(self) -> list[Phase]:
        return list(self.campaign.phases.all())

    @property
    def first(self) -> Phase:
        return self.rounds[0]

    def fan(self, handle: str, *, joins: bool = True) -> Member:
        member = new_member(handle)
        if joins:
            join(actor=member, community=self.community, number=1)
        return member


def new_member(handle: str, role: str = "") -> Member:
    member = Member.objects.create(
        email=f"{handle}@example.org",
        handle=handle,
        display_name=handle.title(),
        language="en",
        email_confirmed_at=EVENING - timedelta(days=90),
        joined_at=EVENING - timedelta(days=90),
    )
    if role:
        HouseRole.objects.create(member=member, role=role)
    return member


@pytest.fixture
def evening() -> Iterator[datetime]:
    """The clock stands at the beginning of the first round."""
    with clock.at(EVENING):
        yield EVENING


@pytest.fixture
def play(db: None) -> Callable[..., Stadium]:
    """Makes an open campaign; `rules` differ from the defaults as given, rounds begin at `start`."""

    def played(start: datetime = EVENING, **rules: Any) -> Stadium:
        manager = new_member("manager", "manager")
        community = found(actor=manager, name="Stands", summary="Where we cheer", charter="Be kind.")
        draft = initiatives.draft_initiative(
            actor=manager, community=community, mechanism_slug="cheer", preset_slug="tournament", title="Cup"
        )
        initiatives.change_draft(initiative=draft, actor=manager, rules={**DEFAULTS, **rules})
        named = {"reds": "#c1121f", "blues": "#1d3557"}
        camps = {
            name: actions.add_camp(campaign=draft, actor=manager, name=name.title(), colour=colour)
            for name, colour in named.items()
        }
        day = timedelta(days=1)
        plan = [PlannedPhase("round", start + n * day, start + n * day + MATCH) for n in range(2)]
        initiatives.schedule(initiative=draft, phases=plan, actor=manager)
        return Stadium(initiatives.open_initiative(initiative=draft, actor=manager), manager, community, camps)

    return played


@pytest.fixture
def stadium(evening: datetime, play: Callable[..., Stadium]) -> Stadium:
    return play()

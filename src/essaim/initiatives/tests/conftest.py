"""An open initiative of the mechanism `parley`, in a community with a host, members and a passer-by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from essaim.activity import projection
from essaim.activity.vocabulary import VOCABULARY
from essaim.communities.actions import appoint, found, join, leave
from essaim.communities.models import Community, Membership
from essaim.initiatives import actions, mechanism
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Contribution, Initiative
from essaim.initiatives.tests.parley import PARLEY, TURNED, say
from essaim.kit import clock
from essaim.people.models import HouseRole, Member

NOON = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def parley(settings: SimpleNamespace) -> Iterator[None]:
    """The house has this one mechanism, and no projector listens."""
    settings.ROOT_URLCONF = "essaim.initiatives.tests.parley"
    by_slug, by_payload = dict(VOCABULARY._by_slug), dict(VOCABULARY._by_payload)
    listed, listening = dict(mechanism._mechanisms), dict(projection._projectors)
    mechanism._mechanisms[PARLEY.slug] = PARLEY
    projection._projectors.clear()
    VOCABULARY.declare(*PARLEY.activity_types)
    TURNED.clear()
    yield
    VOCABULARY._by_slug, VOCABULARY._by_payload = by_slug, by_payload
    mechanism._mechanisms.clear()
    mechanism._mechanisms.update(listed)
    projection._projectors.update(listening)


@dataclass
class People:
    host: Member
    ada: Member
    bob: Member
    passer: Member
    manager: Member
    designer: Member


def make_member(handle: str) -> Member:
    return Member.objects.create_user(
        email=f"{handle}@example.org",
        handle=handle,
        display_name=handle.title(),
        language="en",
        email_confirmed_at=clock.now(),
    )


@pytest.fixture
def people(db: None) -> People:
    made = People(**{name: make_member(name) for name in People.__dataclass_fields__})
    HouseRole.objects.create(member=made.manager, role="manager")
    HouseRole.objects.create(member=made.designer, role="designer")
    return made


@pytest.fixture
def village(people: People) -> Community:
    community = found(actor=people.manager, name="Village", summary="A place", charter="Be kind.")
    for member in (people.host, people.ada, people.bob):
        join(actor=member, community=community, number=1)
    appoint(actor=people.manager, community=community, member=people.host, role=Membership.Role.HOST)
    leave(actor=people.manager, community=community)
    return community


@pytest.fixture
def draft(people: People, village: Community) -> Initiative:
    return actions.draft_initiative(
        actor=people.host, community=village, mechanism_slug="parley", preset_slug="short", title="About bread"
    )


def plan(start: datetime = NOON) -> list[PlannedPhase]:
    return [
        PlannedPhase("talk", start, start + 7 * DAY),
        PlannedPhase("think", start + 8 * DAY, start + 14 * DAY),
    ]


@pytest.fixture
def noon() -> Iterator[datetime]:
    """It is noon of the first day, in this thread."""
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def opened(draft: Initiative, people: People, noon: datetime) -> Initiative:
    actions.schedule(initiative=draft, phases=plan(), actor=people.host)
    return actions.open_initiative(initiative=draft, actor=people.host)


@pytest.fixture
def saying(opened: Initiative, people: People) -> Contribution:
    return say(initiative=opened, author=people.ada, title="More rye", body="It keeps longer.")

"""A small house for the API: an open community with members and tokens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from essaim.communities.actions import found, join
from essaim.communities.models import Community
from essaim.people import tokens
from essaim.people.models import HouseRole, Member


@dataclass(frozen=True)
class House:
    manager: Member
    ada: Member
    village: Community
    cellar: Community


def make_member(handle: str) -> Member:
    return Member.objects.create_user(
        email=f"{handle}@example.org", handle=handle, display_name=handle.title(), language="en"
    )


@pytest.fixture
def small_house(db: None) -> House:
    manager, ada = make_member("margot"), make_member("ada")
    HouseRole.objects.create(member=manager, role="manager")
    village = found(actor=manager, name="Village", summary="A place", charter="Be kind.")
    cellar = found(actor=manager, name="Cellar", summary="Hidden", charter="Hush.", visibility="hidden")
    join(actor=ada, community=village, number=1)
    return House(manager, ada, village, cellar)


def bearer(member: Member, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens.issue(member, 'test', scopes)[1]}"}

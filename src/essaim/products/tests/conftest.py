"""A house with a team, and a product."""

from datetime import date

import pytest

from essaim.people.models import HouseRole, Member
from essaim.products.actions import Brought, Holding, launch_product

YEARS = (date(2026, 1, 1), date(2029, 1, 1))


def new_member(handle, *roles):
    member = Member.objects.create_user(f"{handle}@example.org", handle, display_name=handle.title())
    for role in roles:
        HouseRole.objects.create(member=member, role=role)
    return member


@pytest.fixture
def owner(db):
    return new_member("owner", HouseRole.Role.OWNER)


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def bread(owner, ada):
    return launch_product(
        actor=owner,
        name="Rye bread",
        royalty_rate=1_000,
        holdings=[Holding(ada, 600, *YEARS)],
        brought=[Brought(ada, "the idea")],
    )

"""People for the tests of the books."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from essaim.ledger import providers
from essaim.ledger.tests.fakes import QuietProvider
from essaim.people.models import HouseRole, Member

NewMember = Callable[..., Member]


@pytest.fixture
def new_member(db: None) -> NewMember:
    def make(handle: str, *roles: str) -> Member:
        member = Member.objects.create_user(
            f"{handle}@example.org", handle, "correct horse battery", display_name=handle.title()
        )
        HouseRole.objects.bulk_create(HouseRole(member=member, role=role) for role in roles)
        return member

    return make


@pytest.fixture
def ada(new_member: NewMember) -> Member:
    return new_member("ada")


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> QuietProvider:
    """A house connected to one provider, which says nothing by itself."""
    provider = QuietProvider()
    monkeypatch.setattr(providers, "_providers", {"quiet": provider})
    return provider

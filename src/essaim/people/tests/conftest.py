import pytest
from django.apps import apps
from django.core.cache import cache

from essaim.people import actions
from essaim.people.models import Member

# The stream stands above this folder: its rows are looked at, its code is not imported.
Activity = apps.get_model("activity", "Activity")
PASSWORD = "miel-et-pain-2026"


@pytest.fixture(autouse=True)
def forget_limits():
    """How often a letter is sent is counted per address, beside the database: no test pays for another."""
    cache.clear()


@pytest.fixture
def owner(db) -> Member:
    return actions.create_owner(email="olga@example.org", handle="olga", display_name="Olga", password=PASSWORD)


@pytest.fixture
def make_member(db):
    """Members with confirmed addresses, one per name."""

    def make(name: str, **fields) -> Member:
        fields = {"handle": name.lower(), "password": PASSWORD, "confirmed": True, **fields}
        return actions.sign_up(email=f"{name.lower()}@example.org", display_name=name, **fields)

    return make


@pytest.fixture
def marie(owner, make_member) -> Member:
    return make_member("Marie")

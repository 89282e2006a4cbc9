"""The mechanism conforms before it is listed, and once it is."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from essaim.communities.actions import appoint, found, join
from essaim.initiatives.conformance import Stage, faults, prove_round_trip, readme_of
from essaim.kit import clock
from essaim.mechanisms.cheer.mechanism import MECHANISM
from essaim.mechanisms.cheer.tests.conftest import new_member

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def stage() -> Stage:
    manager = new_member("manager", "manager")
    community = found(actor=manager, name="Stands", summary="Where we cheer", charter="Be kind.")
    host, *members = (new_member(name) for name in ("hanna", "adamante", "blanchette", "clarisse"))
    for member in (host, *members):
        join(actor=member, community=community, number=1)
    appoint(actor=manager, community=community, member=host, role="host")
    return Stage(community, host, members)


def test_the_manifest_and_the_readme_tell_the_truth() -> None:
    assert faults(MECHANISM, readme_of(MECHANISM)) == []


def test_it_survives_the_round_trip(db: None) -> None:
    """Seeded, told in both languages, exported; and what a member wrote goes with him."""
    assert prove_round_trip(MECHANISM, stage()) == []


def test_the_example_asks_little_of_the_database(db: None) -> None:
    prepared = stage()
    with (
        clock.at(NOON),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert MECHANISM.seed is not None
        MECHANISM.seed(community=prepared.community, actor=prepared.host, members=prepared.members)
    assert len(asked) < 150

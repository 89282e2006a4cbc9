"""The mechanism conforms before it is listed, and once it is."""

from essaim.communities.actions import appoint
from essaim.initiatives.conformance import Stage, faults, prove_round_trip, readme_of
from essaim.mechanisms.crowdfunding.mechanism import MECHANISM
from essaim.mechanisms.crowdfunding.tests.conftest import House


def test_the_manifest_and_the_readme_tell_the_truth() -> None:
    assert faults(MECHANISM, readme_of(MECHANISM)) == []


def test_it_survives_the_round_trip(house: House) -> None:
    """Seeded, told in both languages, exported; and what a member wrote goes with him."""
    members = house.members(3)
    appoint(actor=house.manager, community=house.community, member=members[0], role="host")
    assert prove_round_trip(MECHANISM, Stage(house.community, members[0], members[1:])) == []

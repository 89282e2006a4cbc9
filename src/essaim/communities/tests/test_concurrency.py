"""Two clicks on one door: real threads on PostgreSQL."""

import pytest

from essaim.communities import actions
from essaim.communities.models import CharterVersion, Community, Membership
from essaim.people.tests.conftest import Activity
from essaim.people.tests.test_concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_joining_twice_at_once_is_one_membership(community, marie):
    together(*(lambda: actions.join(actor=marie, community=community).state for _ in range(4)))

    assert Membership.objects.filter(member=marie).count() == 1
    assert Activity.objects.filter(type="community.join").count() == 1


def test_two_hosts_leaving_at_once_leave_one(owner, community, marie):
    actions.join(actor=marie, community=community)
    actions.appoint(actor=owner, community=community, member=marie, role="host")

    def leave(who):
        return lambda: actions.leave(actor=who, community=community)

    told = together(leave(owner), leave(marie))

    assert sorted(map(str, told)) == ["LastHost", "None"]
    assert Membership.objects.filter(role="host", state="active").count() == 1


def test_two_communities_with_one_address(owner):
    def found():
        return actions.found(actor=owner, name="Pain", summary="…", charter="…").slug

    told = together(found, found, found)

    assert sorted(told) == ["AddressTaken", "AddressTaken", "pain"]
    assert Community.objects.count() == 1


def test_two_charters_at_once_have_two_numbers(owner, community):
    def publish(text):
        return lambda: actions.publish_charter(actor=owner, community=community, text=text).number

    told = together(publish("One."), publish("Two."))

    assert sorted(told) == [2, 3]
    assert CharterVersion.objects.count() == 3

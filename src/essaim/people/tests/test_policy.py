"""Role × predicate, the whole table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from essaim.people import actions, policy
from essaim.people.models import HouseRole, Member

HOLDS = {
    "is_owner": {"owner"},
    "is_manager": {"owner", "manager"},
    "is_treasurer": {"owner", "treasurer"},
    "is_house_moderator": {"owner", "manager", "moderator"},
    "is_designer": {"owner", "manager", "designer"},
    "is_analyst": {"owner", "manager", "analyst"},
    "is_staff": set(HouseRole.Role.values),
}


@pytest.mark.parametrize("role", [None, *HouseRole.Role.values])
def test_predicates_by_role(owner, marie, role):
    if role:
        actions.grant_role(actor=owner, member=marie, role=role)
    reader = Member.objects.get(pk=marie.pk)

    held = {name for name in HOLDS if getattr(policy, name).test(reader)}

    assert held == {name for name, roles in HOLDS.items() if role in roles}


@pytest.mark.parametrize("name", [*HOLDS, "is_present", "is_confirmed", "is_oneself"])
@pytest.mark.parametrize("actor", [None, AnonymousUser()])
def test_a_visitor_holds_nothing(name, actor):
    assert not getattr(policy, name).test(actor, object())


def test_a_closed_account_holds_nothing(owner):
    owner.is_active = False

    assert not policy.is_owner.test(owner)


def test_allow_raises_the_refusal_given(marie):
    from essaim.people.errors import OwnerOnly

    with pytest.raises(OwnerOnly):
        policy.allow(policy.is_owner, marie, refusal=OwnerOnly)
    policy.allow(policy.is_present, marie)

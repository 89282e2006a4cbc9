import pytest
from django.db import IntegrityError, transaction

from essaim.communities import actions, queries
from essaim.communities import errors as refusals
from essaim.communities.models import Community, Membership
from essaim.kit.errors import Forbidden
from essaim.people.models import Acceptance
from essaim.people.tests.conftest import Activity

Role, State, Visibility = Membership.Role, Membership.State, Community.Visibility


def told(*types):
    """(type, actor, target, payload, public) of the activities of these types."""
    rows = Activity.objects.filter(type__in=types).order_by("id")
    return [(row.type, row.actor_id, row.target_id, row.payload, row.public) for row in rows]


def row_of(member, community):
    return Membership.objects.get(member=member, community=community)


def enter(community, member):
    return actions.join(actor=member, community=community)


def close(community, visibility):
    Community.objects.filter(pk=community.pk).update(visibility=visibility)
    community.refresh_from_db()


def test_found_makes_the_founder_its_first_host(owner, community):
    assert (community.slug, community.sort_key) == ("pain-au-levain", "pain au levain")
    assert queries.current_charter(community).number == 1
    row = row_of(owner, community)
    assert (row.role, row.state, row.charter.number) == (Role.HOST, State.ACTIVE, 1)
    assert told("community.found") == [("community.found", owner.pk, None, {}, True)]
    assert Activity.objects.get(type="community.found").community == community


def test_found_is_for_the_team(marie):
    with pytest.raises(refusals.FoundersOnly):
        actions.found(actor=marie, name="Miel", summary="…", charter="Be kind.")


def test_found_refuses_a_taken_address(owner, community):
    with pytest.raises(refusals.AddressTaken):
        actions.found(actor=owner, name="Pain, au levain!", summary="…", charter="Be kind.")

    assert Community.objects.count() == 1


def test_join_accepts_the_charter_and_is_noted_once(community, marie):
    enter(community, marie)
    enter(community, marie)

    row = row_of(marie, community)
    assert (row.role, row.state, row.charter.number) == (Role.MEMBER, State.ACTIVE, 1)
    assert Acceptance.objects.filter(member=marie, evidence=row.charter.evidence).count() == 1
    assert told("community.join") == [("community.join", marie.pk, None, {"charter": 1}, True)]


@pytest.mark.parametrize(
    ("visibility", "refusal"),
    [
        (Visibility.REQUEST, refusals.RequestNeeded),
        (Visibility.INVITATION, refusals.InvitationNeeded),
        (Visibility.HIDDEN, Forbidden),
    ],
)
def test_join_refuses_where_it_is_not_open(community, marie, visibility, refusal):
    close(community, visibility)

    with pytest.raises(refusal):
        enter(community, marie)

    assert not queries.is_member(marie, community)


def test_join_refuses_another_charter_than_the_one_read(owner, community, marie):
    actions.publish_charter(actor=owner, community=community, text="Be kinder.")

    with pytest.raises(refusals.CharterOutOfDate):
        actions.join(actor=marie, community=community, number=1)


def test_request_then_accept(owner, community, marie):
    close(community, Visibility.REQUEST)

    actions.request(actor=marie, community=community)
    actions.request(actor=marie, community=community)
    assert [row.member for row in queries.requests(community)] == [marie]
    actions.accept_request(actor=owner, community=community, member=marie)

    assert row_of(marie, community).state == State.ACTIVE
    assert told("community.request", "community.accept_request") == [
        ("community.request", marie.pk, None, {}, False),
        ("community.accept_request", owner.pk, marie.pk, {}, False),
    ]
    with pytest.raises(refusals.NotAskedToJoin):
        actions.accept_request(actor=owner, community=community, member=marie)


def test_request_then_refuse_then_again(owner, community, marie):
    close(community, Visibility.REQUEST)

    actions.request(actor=marie, community=community)
    actions.refuse_request(actor=owner, community=community, member=marie)
    assert row_of(marie, community).state == State.REFUSED
    actions.request(actor=marie, community=community)

    assert row_of(marie, community).state == State.REQUESTED


def test_invite_then_accept_even_where_hidden(owner, community, marie):
    close(community, Visibility.HIDDEN)
    assert community not in queries.visible_to(marie)

    actions.invite(actor=owner, community=community, member=marie)
    actions.invite(actor=owner, community=community, member=marie)
    assert community in queries.visible_to(marie)
    assert community not in queries.readable_by(marie)
    actions.accept_invitation(actor=marie, community=community)

    assert community in queries.readable_by(marie)
    assert told("community.invite", "community.join") == [
        ("community.invite", owner.pk, marie.pk, {}, False),
        ("community.join", marie.pk, None, {"charter": 1}, False),
    ]
    with pytest.raises(refusals.AlreadyHere):
        actions.invite(actor=owner, community=community, member=marie)


def test_inviting_who_waits_lets_him_in(owner, community, marie):
    close(community, Visibility.REQUEST)
    actions.request(actor=marie, community=community)

    actions.invite(actor=owner, community=community, member=marie)

    assert queries.is_member(marie, community)


def test_decline_invitation(owner, community, marie):
    with pytest.raises(refusals.NotInvited):
        actions.decline_invitation(actor=marie, community=community)
    actions.invite(actor=owner, community=community, member=marie)
    actions.decline_invitation(actor=marie, community=community)

    with pytest.raises(refusals.NotInvited):
        actions.accept_invitation(actor=marie, community=community)


def test_leave_and_come_back_without_the_role(owner, community, marie):
    enter(community, marie)
    actions.appoint(actor=owner, community=community, member=marie, role=Role.HOST)

    actions.leave(actor=marie, community=community)
    actions.leave(actor=marie, community=community)
    assert row_of(marie, community).left_at is not None
    enter(community, marie)

    row = row_of(marie, community)
    assert (row.role, row.state, row.left_at) == (Role.MEMBER, State.ACTIVE, None)
    assert told("community.leave") == [("community.leave", marie.pk, None, {}, False)]


def test_the_last_host_stays(owner, community, marie):
    enter(community, marie)
    for act in (
        lambda: actions.leave(actor=owner, community=community),
        lambda: actions.dismiss(actor=owner, community=community, member=owner),
        lambda: actions.appoint(actor=owner, community=community, member=owner, role=Role.MODERATOR),
    ):
        with pytest.raises(refusals.LastHost):
            act()
    actions.appoint(actor=owner, community=community, member=marie, role=Role.HOST)
    actions.leave(actor=owner, community=community)

    assert [row.member for row in queries.hosts(community)] == [marie]


def test_appoint_and_dismiss(owner, community, marie, make_member):
    enter(community, marie)

    actions.appoint(actor=owner, community=community, member=marie, role=Role.MODERATOR)
    actions.appoint(actor=owner, community=community, member=marie, role=Role.HOST)
    actions.dismiss(actor=owner, community=community, member=marie)

    assert row_of(marie, community).role == Role.MEMBER
    assert told("community.appoint_moderator", "community.appoint_host", "community.dismiss") == [
        ("community.appoint_moderator", owner.pk, marie.pk, {}, True),
        ("community.appoint_host", owner.pk, marie.pk, {}, True),
        ("community.dismiss", owner.pk, marie.pk, {"role": "host"}, True),
    ]
    with pytest.raises(refusals.MemberIsNotHere):
        actions.appoint(actor=owner, community=community, member=make_member("Paul"), role=Role.HOST)


def test_charter_is_accepted_again_when_it_changes(owner, community, marie):
    enter(community, marie)
    assert queries.has_accepted_current_charter(marie, community)

    actions.publish_charter(actor=owner, community=community, text="Be kind.")
    assert queries.current_charter(community).number == 1
    actions.publish_charter(actor=owner, community=community, text="Be kinder.")

    assert queries.has_accepted_current_charter(owner, community)
    assert not queries.has_accepted_current_charter(marie, community)
    with pytest.raises(refusals.CharterOutOfDate):
        actions.accept_charter(actor=marie, community=community, number=1)
    actions.accept_charter(actor=marie, community=community, number=2)
    actions.accept_charter(actor=marie, community=community, number=2)
    assert queries.has_accepted_current_charter(marie, community)
    assert told("charter.publish", "charter.accept") == [
        ("charter.publish", owner.pk, None, {"number": 2}, True),
        ("charter.accept", marie.pk, None, {"number": 2}, False),
    ]


def test_accept_charter_is_for_members(community, marie):
    with pytest.raises(refusals.NotInCommunity):
        actions.accept_charter(actor=marie, community=community)


HOSTS_ACTS = {
    "publish_charter": lambda actor, community, member: actions.publish_charter(
        actor=actor, community=community, text="Mine."
    ),
    "furnish": lambda actor, community, member: actions.furnish(actor=actor, community=community, place="Lyon"),
    "invite": lambda actor, community, member: actions.invite(actor=actor, community=community, member=member),
    "appoint": lambda actor, community, member: actions.appoint(
        actor=actor, community=community, member=member, role=Role.MODERATOR
    ),
    "dismiss": lambda actor, community, member: actions.dismiss(actor=actor, community=community, member=member),
    "accept_request": lambda actor, community, member: actions.accept_request(
        actor=actor, community=community, member=member
    ),
    "refuse_request": lambda actor, community, member: actions.refuse_request(
        actor=actor, community=community, member=member
    ),
}


@pytest.mark.parametrize("act", HOSTS_ACTS)
@pytest.mark.parametrize("standing", ["outside", "member", "moderator"])
def test_hosts_acts_are_for_hosts(owner, community, marie, make_member, act, standing):
    if standing != "outside":
        enter(community, marie)
    if standing == "moderator":
        actions.appoint(actor=owner, community=community, member=marie, role=Role.MODERATOR)

    with pytest.raises(refusals.HostsOnly):
        HOSTS_ACTS[act](marie, community, make_member("Paul"))


def test_furnish_refuses_a_loop(owner, community):
    part = actions.found(actor=owner, name="Pain noir", summary="…", charter="Be kind.", parent=community)

    with pytest.raises(refusals.ParentLoop):
        actions.furnish(actor=owner, community=community, parent=part)
    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.filter(pk=community.pk).update(parent=community)


def test_database_wants_a_charter_of_every_active_member(community, marie):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(community=community, member=marie, state=State.ACTIVE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(community=community, member=marie, state=State.LEFT, role=Role.HOST)


def test_erasure_leaves_every_community(community, marie):
    from essaim.people.erasure import erase_member

    enter(community, marie)

    erase_member(actor=marie, member=marie)

    assert row_of(marie, community).state == State.LEFT
    assert marie not in [row.member for row in queries.people(community)]

"""From groups of members to members, as they were when the activity happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Q

from essaim.activity.models import Activity
from essaim.communities.models import Community, Membership
from essaim.initiatives.models import Comment
from essaim.people.models import HouseRole, Member
from essaim.projectors.notices.domain import Audience, Topic, rules_for

Topics = dict[int, Topic]
"""Under which topic each member hears of one activity."""


def recipients(activities: Sequence[Activity]) -> dict[Activity, Topics]:
    """Who hears of each activity, where anyone does; never the actor, never someone who has gone."""
    reached = {activity: heard for activity in activities if (heard := _reached(activity))}
    everyone = {member for heard in reached.values() for member in heard}
    if not everyone:
        return {}
    present = Member.objects.filter(pk__in=everyone, is_active=True, erased_at=None)
    here = sorted(present.values_list("pk", flat=True))
    found = {activity: {pk: heard[pk] for pk in here if pk in heard} for activity, heard in reached.items()}
    return {activity: heard for activity, heard in found.items() if heard}


def _reached(activity: Activity) -> Topics:
    found: Topics = {}
    for audience, topic in rules_for(activity.type, activity.verb):
        for member_id in MEMBERS_OF[audience](activity):
            found.setdefault(member_id, topic)
    found.pop(activity.actor_id or 0, None)
    return found


def _target(activity: Activity) -> Iterable[int]:
    return [activity.target_id] if activity.target_id is not None else []


def _thread(activity: Activity) -> Iterable[int]:
    """Those who had commented on the same contribution."""
    about = activity.payload.get("about")
    if about is None:
        return []
    comments = Comment.objects.filter(about=about, created_at__lte=activity.at)
    return comments.values_list("author_id", flat=True).distinct()


def _participants(activity: Activity) -> Iterable[int]:
    if activity.initiative_id is None:
        return []
    before = Activity.objects.filter(initiative_id=activity.initiative_id, pk__lt=activity.pk, actor__isnull=False)
    return _readers(activity, before.values_list("actor_id", flat=True).distinct().order_by("actor_id"))


def _readers(activity: Activity, members: Iterable[int]) -> Iterable[int]:
    """Of these, those who may still read the community's life."""
    if activity.community is None or activity.community.visibility == Community.Visibility.OPEN:
        return members
    return set(members) & set(_members(activity))


def _present_then(activity: Activity) -> Q:
    at = activity.at
    return Q(community=activity.community_id, joined_at__lte=at) & (Q(left_at=None) | Q(left_at__gt=at))


def _members(activity: Activity) -> Iterable[int]:
    if activity.community_id is None:
        return []
    return Membership.objects.filter(_present_then(activity)).values_list("member_id", flat=True)


def _hosts(activity: Activity) -> Iterable[int]:
    if activity.community_id is None:
        return []
    hosts = Membership.objects.filter(_present_then(activity), role=Membership.Role.HOST)
    return hosts.values_list("member_id", flat=True)


def _interested(activity: Activity) -> Iterable[int]:
    """Only of what anyone may read."""
    community = activity.community
    if community is None or not activity.public or community.visibility != Community.Visibility.OPEN:
        return []
    sharing = Member.objects.filter(interests__overlap=community.interests, joined_at__lte=activity.at)
    return sharing.values_list("pk", flat=True)


def _team(activity: Activity) -> Iterable[int]:
    answering = (HouseRole.Role.OWNER, HouseRole.Role.MANAGER, HouseRole.Role.MODERATOR)
    return HouseRole.objects.filter(role__in=answering).values_list("member_id", flat=True).distinct()


MEMBERS_OF: dict[Audience, Callable[[Activity], Iterable[int]]] = {
    Audience.TARGET: _target,
    Audience.THREAD: _thread,
    Audience.PARTICIPANTS: _participants,
    Audience.HOSTS: _hosts,
    Audience.MEMBERS: _members,
    Audience.INTERESTED: _interested,
    Audience.TEAM: _team,
}

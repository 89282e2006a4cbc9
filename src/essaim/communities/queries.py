"""Reads shared by more than one caller."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet

from essaim.communities.models import CharterVersion, Community, Membership
from essaim.kit.kept import Kept
from essaim.kit.text import sort_key
from essaim.people.models import Member
from essaim.people.policy import is_manager

State = Membership.State
Role = Membership.Role
MEMBERSHIP = Kept(lambda member, community: Membership.objects.filter(member=member, community=community), 2)
CLOSED = (Community.Visibility.INVITATION, Community.Visibility.HIDDEN)


def visible_to(member: Any) -> QuerySet[Community]:
    """Communities whose existence the reader (a member, or a visitor) may know: hidden ones only from inside."""
    if isinstance(member, Member) and is_manager.test(member):
        return Community.objects.all()
    listed = ~Q(visibility=Community.Visibility.HIDDEN)
    if not isinstance(member, Member):
        return Community.objects.filter(listed)
    return Community.objects.filter(listed | Q(_inside(member, State.ACTIVE, State.INVITED)))


def readable_by(member: Any) -> QuerySet[Community]:
    """Communities whose life the reader may see: those entered by invitation only from inside."""
    if isinstance(member, Member) and is_manager.test(member):
        return Community.objects.all()
    readable = ~Q(visibility__in=CLOSED)
    if not isinstance(member, Member):
        return Community.objects.filter(readable)
    return Community.objects.filter(readable | Q(_inside(member, State.ACTIVE)))


def may_read(member: Any, community: Community) -> bool:
    """`readable_by` for one community in hand: asks the database only where the door is closed."""
    return community.visibility not in CLOSED or is_manager.test(member) or is_member(member, community)


def _inside(member: Member, *states: str) -> Exists:
    return Exists(Membership.objects.filter(community=OuterRef("pk"), member=member, state__in=states))


def with_size(communities: QuerySet[Community]) -> QuerySet[Community]:
    """Each community with `size`, the number of its members."""
    return communities.annotate(size=Count("memberships", filter=Q(memberships__state=State.ACTIVE)))


def matching(communities: QuerySet[Community], words: str) -> QuerySet[Community]:
    """Those that hold every word in name, sentence, place or interests, accents and case folded."""
    for word in sort_key(words).split():
        communities = communities.filter(search_key__contains=word)
    return communities


def membership(member: Any, community: Community) -> Membership | None:
    if not isinstance(member, Member):
        return None
    return MEMBERSHIP.only(member.pk, community.pk)


def is_member(member: Any, community: Community) -> bool:
    found = membership(member, community)
    return found is not None and found.state == State.ACTIVE


def communities_of(member: Member) -> QuerySet[Community]:
    """Where the member is active, by name."""
    return Community.objects.filter(memberships__member=member, memberships__state=State.ACTIVE)


def people(community: Community) -> QuerySet[Membership]:
    """Active members, hosts first, then by name."""
    active = community.memberships.filter(state=State.ACTIVE, member__is_active=True).select_related("member")
    return active.order_by("role", "member__sort_key", "id")


def hosts(community: Community) -> QuerySet[Membership]:
    return people(community).filter(role=Role.HOST)


def moderators(community: Community) -> QuerySet[Membership]:
    return people(community).exclude(role=Role.MEMBER)


def requests(community: Community) -> QuerySet[Membership]:
    """Those who wait at the door, the longest wait first."""
    return community.memberships.filter(state=State.REQUESTED).select_related("member").order_by("asked_at", "id")


def current_charter(community: Community) -> CharterVersion | None:
    return community.charters.select_related("evidence").order_by("-number").first()


def has_accepted_current_charter(member: Any, community: Community) -> bool:
    found = membership(member, community)
    if found is None or found.state != State.ACTIVE:
        return False
    last = current_charter(community)
    return last is not None and found.charter_id == last.pk


def interests(member: Any, limit: int = 12) -> list[str]:
    """The interests most communities share, the most frequent first."""
    words = visible_to(member).annotate(word=Func(F("interests"), function="unnest")).values("word")
    counted = words.annotate(times=Count("id")).order_by("-times", "word")[:limit]
    return [row["word"] for row in counted]

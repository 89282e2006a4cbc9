"""Who may, in a community. Predicates take the member acting and a community, or anything that has one."""

from __future__ import annotations

from typing import Any

from rules.predicates import Predicate

from essaim.communities import queries
from essaim.communities.models import Community, Membership
from essaim.people.policy import allow, is_house_moderator, is_manager, is_present

__all__ = ["allow", "has_accepted_current_charter", "is_active_member", "is_host", "is_moderator", "may_host"]

Role = Membership.Role


def community_of(obj: Any) -> Community:
    return obj if isinstance(obj, Community) else obj.community


def _role(actor: Any, obj: Any) -> str | None:
    found = queries.membership(actor, community_of(obj)) if is_present.test(actor) else None
    return found.role if found is not None and found.state == Membership.State.ACTIVE else None


@Predicate
def is_active_member(actor: Any, obj: Any) -> bool:
    return _role(actor, obj) is not None


@Predicate
def is_host(actor: Any, obj: Any) -> bool:
    return _role(actor, obj) == Role.HOST


@Predicate
def is_moderator(actor: Any, obj: Any) -> bool:
    """Moderates here: hosts and moderators of the community, moderators of the house."""
    return _role(actor, obj) in {Role.HOST, Role.MODERATOR} or is_house_moderator.test(actor)


@Predicate
def has_accepted_current_charter(actor: Any, obj: Any) -> bool:
    """Active here, and the charter in force is the one he accepted."""
    return is_present.test(actor) and queries.has_accepted_current_charter(actor, community_of(obj))


@Predicate
def is_visible(actor: Any, obj: Any) -> bool:
    """The reader may know that the community exists."""
    return queries.visible_to(actor).filter(pk=community_of(obj).pk).exists()


@Predicate
def is_readable(actor: Any, obj: Any) -> bool:
    """The reader may see the community's life."""
    return queries.readable_by(actor).filter(pk=community_of(obj).pk).exists()


may_host = is_host | is_manager
may_found = is_manager

"""Who may, in the whole house. Predicates take the member acting, and any object."""

from __future__ import annotations

from typing import Any

from rules.predicates import Predicate

from essaim.kit.errors import Forbidden
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role


def allow(predicate: Predicate, actor: Member, obj: Any = None, *, refusal: type[Forbidden] = Forbidden) -> None:
    """Raises `refusal` unless the predicate holds for the member."""
    if not predicate.test(actor, obj):
        raise refusal()


def has_house_role(*roles: str) -> Predicate:
    """A predicate: the member carries at least one of these roles."""
    wanted = frozenset(map(str, roles))

    def holds(actor: Any, obj: Any = None) -> bool:
        return is_present.test(actor) and not wanted.isdisjoint(actor.roles)

    return Predicate(holds, name=f"has_house_role:{','.join(sorted(wanted))}")


@Predicate
def is_present(actor: Any, obj: Any = None) -> bool:
    """A signed-in member whose account is open."""
    return isinstance(actor, Member) and actor.is_active and actor.erased_at is None


@Predicate
def is_confirmed(actor: Any, obj: Any = None) -> bool:
    """The member's e-mail address was confirmed."""
    return isinstance(actor, Member) and actor.is_active and actor.email_confirmed_at is not None


@Predicate
def is_oneself(actor: Any, obj: Any = None) -> bool:
    return isinstance(actor, Member) and actor == obj


is_owner = has_house_role(Role.OWNER)
is_manager = has_house_role(Role.OWNER, Role.MANAGER)
is_treasurer = has_house_role(Role.OWNER, Role.TREASURER)
is_house_moderator = has_house_role(Role.OWNER, Role.MANAGER, Role.MODERATOR)
is_designer = has_house_role(Role.OWNER, Role.MANAGER, Role.DESIGNER)
is_analyst = has_house_role(Role.OWNER, Role.MANAGER, Role.ANALYST)
is_staff = has_house_role(*Role.values)

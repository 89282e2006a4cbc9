"""Who may enter which page of the studio. Acts keep their own policies; this only opens doors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from essaim.kit.errors import Forbidden, gettext_noop
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role
View = Callable[..., HttpResponse]

STAFF = frozenset(role.value for role in Role)


class StudioClosed(Forbidden):
    cause = gettext_noop("This page of the studio is not for your role.")
    remedy = gettext_noop("Ask an owner of the house for the role you need.")


def roles_of(member: Member) -> frozenset[str]:
    """The member's roles in the house, read once per member object."""
    known: frozenset[str] | None = member.__dict__.get("_studio_roles")
    if known is None:
        known = frozenset(HouseRole.objects.filter(member_id=member.pk).values_list("role", flat=True))
        member.__dict__["_studio_roles"] = known
    return known


def may_enter(member: Any, roles: frozenset[str]) -> bool:
    """An owner enters everywhere; anyone else needs one of the roles."""
    if not getattr(member, "is_authenticated", False):
        return False
    held = roles_of(member)
    return bool(held & roles) or Role.OWNER.value in held


def staff_only(*roles: str) -> Callable[[View], View]:
    """The view is for these roles (and owners); for any role of the house when none is named."""
    wanted = frozenset(roles) or STAFF

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_enter(request.user, wanted):
                raise StudioClosed
            return view(request, *args, **kwargs)

        guarded.studio_roles = wanted  # type: ignore[attr-defined]
        return guarded

    return guard

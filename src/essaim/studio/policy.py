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


def may_enter(member: Any, roles: frozenset[str]) -> bool:
    """An owner enters everywhere; anyone else needs one of the roles."""
    if not isinstance(member, Member) or not member.is_active:
        return False
    return bool(member.roles & roles) or Role.OWNER.value in member.roles


def staff_only(*roles: str) -> Callable[[View], View]:
    """The view is for these roles (and owners); for any role of the house when none is named."""
    wanted = frozenset(map(str, roles)) or STAFF

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_enter(request.user, wanted):
                raise StudioClosed
            return view(request, *args, **kwargs)

        return guarded

    return guard

"""The studio's left side: what exists in each wing, for those who may enter."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.desk import Desk
from essaim.initiatives.mechanism import mechanisms
from essaim.kit import slots
from essaim.people.queries import house
from essaim.studio.policy import STAFF, Role, may_enter

OWN = (
    Desk("house", "house", _("House"), "studio:house", frozenset({Role.OWNER.value})),
    Desk("roles", "house", _("Roles"), "studio:roles", frozenset({Role.OWNER.value})),
    Desk("deliveries", "house", _("Consequences"), "studio:deliveries", frozenset({Role.MANAGER.value})),
    Desk(
        "requests", "gather", _("Requests to join"), "studio:requests",
        frozenset({Role.MANAGER.value, Role.MODERATOR.value}),
    ),
)  # fmt: skip


def hang() -> None:
    """Hang the desks of the studio and of every mechanism in the rail; called once, when the manifests are loaded."""
    of_mechanisms = [manifest.desk for manifest in mechanisms() if manifest.desk is not None]
    for order, desk in enumerate((*of_mechanisms, *OWN)):
        shown = _shown_to(desk.roles, module=desk.slug if desk in of_mechanisms else "")
        slots.add_link(f"studio:{desk.wing}", desk.title, desk.url, order=order, shown=shown)
    slots.add_link("studio:top", _("Today"), "studio:desk", order=0, shown=_shown_to(STAFF))
    slots.add_link("nav", _("Studio"), "studio:desk", order=90, shown=_shown_to(STAFF))


def _shown_to(roles: frozenset[str], module: str = "") -> slots.Test:
    """To these roles, as long as the module it belongs to is on."""

    def shown(request: HttpRequest) -> bool:
        return may_enter(request.user, roles) and house().has_module(module)

    return shown

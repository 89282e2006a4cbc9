"""The studio's left side: what exists in each wing, for those who may enter."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.desk import Desk
from essaim.initiatives.mechanism import mechanisms
from essaim.kit import slots
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
    for order, desk in enumerate((*_of_mechanisms(), *OWN)):
        slots.add_link(f"studio:{desk.wing}", desk.title, desk.url, order=order, shown=_shown_to(desk.roles))
    slots.add_link("nav", _("Studio"), "studio:desk", order=90, shown=_shown_to(STAFF))


def _of_mechanisms() -> list[Desk]:
    return [manifest.desk for manifest in mechanisms() if manifest.desk is not None]


def _shown_to(roles: frozenset[str]) -> slots.Test:
    def shown(request: HttpRequest) -> bool:
        return may_enter(request.user, roles)

    return shown

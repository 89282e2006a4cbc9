"""Who may do what with products and their sales."""

from __future__ import annotations

from essaim.initiatives.policy import explained_by
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role
MAKERS = (Role.OWNER, Role.MANAGER, Role.DESIGNER)
SELLERS = (Role.OWNER, Role.MANAGER, Role.TREASURER)
"""Sales decide what is paid: the treasurer brings them in, designers do not."""


class NotOnTheBrandTeam(Forbidden):
    cause = _("Products are kept by the brand's team.")
    remedy = _("Ask the owner of the house for the role of designer or manager.")


class NotAKeeperOfSales(Forbidden):
    cause = _("Sales are brought in by the treasurer or a manager.")
    remedy = _("Ask the owner of the house for the role of treasurer.")


@explained_by(NotOnTheBrandTeam)
def makes_products(member: Member | None, thing: object = None) -> bool:
    return _holds(member, MAKERS)


@explained_by(NotAKeeperOfSales)
def keeps_sales(member: Member | None, thing: object = None) -> bool:
    return _holds(member, SELLERS)


def _holds(member: Member | None, roles: tuple[str, ...]) -> bool:
    if member is None or not member.is_authenticated or not member.is_active:
        return False
    return member.house_roles.filter(role__in=roles).exists()

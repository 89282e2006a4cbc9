"""Who may do what with products and their sales."""

from __future__ import annotations

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


def makes_products(member: Member) -> bool:
    return member.is_active and member.house_roles.filter(role__in=MAKERS).exists()


def keeps_sales(member: Member) -> bool:
    return member.is_active and member.house_roles.filter(role__in=SELLERS).exists()


def allow_maker(member: Member) -> None:
    if not makes_products(member):
        raise NotOnTheBrandTeam


def allow_seller(member: Member) -> None:
    if not keeps_sales(member):
        raise NotAKeeperOfSales

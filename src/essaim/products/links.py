"""Where products appear in the menus, and what is kept about members."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.people import rights
from essaim.people.models import Member
from essaim.products.models import Credit, RoyaltyShare
from essaim.products.policy import keeps_sales, makes_products


def _makes(request: HttpRequest) -> bool:
    return bool(makes_products.test(request.user) or keeps_sales.test(request.user))


def _sells(request: HttpRequest) -> bool:
    return bool(keeps_sales.test(request.user))


def credits_of(member: Member) -> list[dict[str, Any]]:
    rows = Credit.objects.filter(member=member).select_related("product").order_by("pk")
    return [{"product": row.product.name, "what": row.what} for row in rows]


def shares_of(member: Member) -> list[dict[str, Any]]:
    rows = RoyaltyShare.objects.filter(holder=member).select_related("product").order_by("pk")
    return [
        {"product": row.product.name, "basis_points": row.basis_points, "starts": row.starts, "ends": row.ends}
        for row in rows
    ]


slots.add_link("nav", _("Products"), "products:list", order=40)
slots.add_link("studio:create", _("Products"), "products_studio:products", order=40, shown=_makes)
slots.add_link("studio:share", _("Sales"), "products_studio:sales", order=40, shown=_sells)
rights.register("products_credits", portrait=credits_of)
rights.register("royalty_shares", portrait=shares_of)

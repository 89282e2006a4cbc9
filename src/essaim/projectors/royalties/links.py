"""Where royalties appear in the menus, and what is kept about their holders."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.people import rights
from essaim.people.models import Member
from essaim.projectors.royalties.models import Statement
from essaim.projectors.royalties.policy import decides_royalties
from essaim.projectors.royalties.projector import hold


def _decides(request: HttpRequest) -> bool:
    return bool(decides_royalties.test(request.user))


def royalty_statements(member: Member) -> list[dict[str, Any]]:
    rows = Statement.objects.filter(holder=member).select_related("product").order_by("pk")
    names = ("key", "label", "version", "net", "owed", "credited", "taken", "carried", "unit", "issued_at", "due_at")
    return [{"product": row.product.name, **{name: getattr(row, name) for name in names}} for row in rows]


slots.add_link("account", _("My royalties"), "royalties:statements", order=32)
slots.add_link("studio:share", _("Royalties"), "royalties:overview", order=45, shown=_decides)
rights.register("royalty_statements", portrait=royalty_statements, hold=hold)

"""Where points appear in the menus, and what is kept about members."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import slots
from essaim.people import rights
from essaim.people.models import Member
from essaim.people.policy import is_manager
from essaim.projectors.rewards.models import Award


def _manages(request: HttpRequest) -> bool:
    return is_manager.test(request.user)


def points(member: Member) -> list[dict[str, Any]]:
    rows = Award.objects.filter(member=member).select_related("activity").order_by("activity")
    return [{"at": row.at, "for": row.activity.type, "points": row.points, "rules": row.version} for row in rows]


slots.add_link("account", _("My points"), "rewards:points", order=34)
slots.add_link("studio:gather", _("Points"), "rewards:rules", order=70, shown=_manages)
rights.register("points", portrait=points)

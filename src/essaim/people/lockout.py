"""Too many failed sign-ins: who was tried, and the page that says when to come back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.kit.views import refused


class TooManySignIns(Refusal):
    status = 429
    cause = _("Too many sign-ins failed for this account from here.")
    remedy = _("Wait %(minutes)s minutes, then try again, or have a new password sent to you.")


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address somebody tried to sign in with, in one spelling."""
    given = credentials or {}
    tried = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = refused(request, TooManySignIns(minutes=minutes))
    response["Retry-After"] = str(minutes * 60)
    return response

"""The bell in the header of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from essaim.projectors.notices import queries

SHOWN_UP_TO = 99


def render_bell(request: HttpRequest) -> str:
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return ""
    unseen = queries.unseen(member)[: SHOWN_UP_TO + 1].count()
    shown = f"{SHOWN_UP_TO}+" if unseen > SHOWN_UP_TO else str(unseen)
    return render_to_string("notices/bell.html", {"unseen": unseen, "shown": shown}, request=request)

"""The house's desk for letters nobody can vouch for: perhaps sent, or refused by the mail server."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.kit.errors import Refusal
from essaim.people.models import Member
from essaim.people.policy import allow, is_manager
from essaim.projectors.notices import actions, queries
from essaim.projectors.notices.models import Letter

PER_PAGE = 30


@login_required
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Member)
    allow(is_manager, request.user)
    if request.method == "POST":
        _settle(request, request.user)
        return redirect("notices:letters")
    page = Paginator(queries.letters_to_look_at(), PER_PAGE).get_page(request.GET.get("page"))
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return render(request, "notices/desk.html", {"page": page, "host": host})


def _settle(request: HttpRequest, actor: Member) -> None:
    """The act of the button pressed."""
    letter = get_object_or_404(Letter, pk=request.POST.get("letter"))
    acts = {
        "again": (actions.send_again, _("It leaves with the next round, within a minute.")),
        "sent": (actions.call_sent, _("Noted: it was sent.")),
        "aside": (actions.put_aside, _("Put aside; the member still finds it among the notices.")),
    }
    act, done = acts.get(request.POST.get("act", ""), acts["aside"])
    try:
        act(letter=letter, actor=actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)

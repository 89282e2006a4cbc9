"""What a person typed outlives an expired session: it waits in the visitor's session until she has signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

LONGEST = 30_000
NOT_TEXT = {"csrfmiddlewaretoken"}


def ask_to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """To the sign-in page and back; what was typed is found again there."""
    back = back or request.get_full_path()
    if request.method == "POST":
        given = {name: value[:LONGEST] for name, value in request.POST.items() if name not in NOT_TEXT}
        request.session[_key(back)] = given
        if request.FILES:
            messages.info(request, _("Choose your picture again once you are signed in; the rest is kept."))
    response = redirect_to_login(back)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def typed_before(request: HttpRequest) -> dict[str, str]:
    """What waits for this page, taken out of the session."""
    typed: dict[str, str] = request.session.pop(_key(request.get_full_path()), {})
    return typed


def _key(path: str) -> str:
    return f"typed:{path}"

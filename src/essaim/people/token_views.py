"""A member's keys for programs: those in force, a new one, the end of one."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.people import tokens
from essaim.people.forms import TokenForm
from essaim.people.models import ApiToken
from essaim.people.settings_views import page, person


@login_required
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    lines = [(token, scopes_in_words(token)) for token in tokens.of_member(person(request))]
    return page(request, "people/settings/tokens.html", {"lines": lines})


def scopes_in_words(token: ApiToken) -> list[str]:
    return [str(tokens.SCOPES.get(scope, scope)) for scope in token.scopes]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A key opens the account without the password: who makes one has just shown his."""
    response: HttpResponse = reauthentication_required(_new)(request)
    return response


def _new(request: HttpRequest) -> HttpResponse:
    """The secret is in the answer to this one request; it is kept nowhere, so no other page can show it."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token, secret = tokens.issue(person(request), **form.cleaned_data)
        context = {"token": token, "secret": secret, "scopes": scopes_in_words(token)}
        return page(request, "people/settings/token_issued.html", context)
    return page(request, "people/settings/token_new.html", {"form": form}, 422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens.of_member(person(request)), pk=pk)
    tokens.revoke(token)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("people:tokens")

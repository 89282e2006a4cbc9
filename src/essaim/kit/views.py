"""The theme, the two switches every page has, the pages that say no, and the catalogue."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from essaim.kit import catalogue as samples
from essaim.kit import theme as themes
from essaim.kit.context import SCHEMES
from essaim.kit.errors import Forbidden, Refusal
from essaim.kit.house import house

YEAR = int(datetime.timedelta(days=365).total_seconds())


@require_GET
def theme(request: HttpRequest) -> HttpResponse:
    """The house's colours; kept for good when the address carries their version."""
    colours = house().colours
    response = HttpResponse(themes.stylesheet(colours), content_type="text/css; charset=utf-8")
    current = request.GET.get("v") == themes.version(colours)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "public, max-age=60"
    return response


@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of light or dark; anything else returns to the device's."""
    response = HttpResponseRedirect(_back(request))
    wanted = request.POST.get("scheme", "")
    if wanted in SCHEMES:
        response.set_cookie("scheme", wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("scheme", samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else "/"


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON, as a fragment for htmx, or as a page."""
    if _wants_json(request):
        body = {"code": refusal.code, "cause": str(refusal.cause), "remedy": str(refusal.remedy)}
        return JsonResponse(body, status=refusal.status)
    if _is_fragment(request):
        return _toast(request, refusal)
    return render(request, "kit/refusal.html", {"refusal": refusal}, status=refusal.status)


def _toast(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal shown above the page, which stays as it is: nothing typed is lost."""
    response = render(request, "kit/refusal.html#toast", {"refusal": refusal}, status=refusal.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "innerHTML"
    return response


def _wants_json(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request-Type") == "partial"


def _state(request: HttpRequest, status: int, cause: str, remedy: str) -> HttpResponse:
    """A refusal that Django itself pronounces."""
    return refused(request, type("Stated", (Refusal,), {"status": status})(cause, remedy))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _state(request, 400, _("We could not read this request."), _("Go back, reload the page and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, Refusal):
        return refused(request, exception)
    return refused(request, Forbidden())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _state(
        request, 404, _("There is no page at this address."),
        _("It may have moved or been withdrawn. Start again from the home page."),
    )  # fmt: skip


def too_many(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return _state(request, 429, _("Too many attempts in a short time."), _("Wait a few minutes, then try again."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _state(
        request, 403, _("This form had been open for too long, or came from elsewhere."),
        _("Go back, reload the page and send it again: what you typed is still in the form."),
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the house, its database or the person: any of them may be what broke."""
    return render(None, "kit/broken.html", status=500)


@require_GET
@cache_control(max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/offline.html")


@require_GET
def catalogue(request: HttpRequest, sheet: str = "") -> HttpResponse:
    """Every component in every state, for developers; open in development, in the demo and to staff."""
    staff = getattr(getattr(request, "user", None), "is_staff", False)
    if not (settings.DEBUG or getattr(settings, "DEMO", False) or staff):
        raise Http404
    if sheet and sheet not in samples.SHEETS:
        raise Http404
    return render(request, f"kit/catalogue/{sheet or 'index'}.html", samples.context(request))

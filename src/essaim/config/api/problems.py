"""Every refusal and fault as RFC 9457 problem+json, in the reader's language."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from essaim.kit.api import NotSignedIn
from essaim.kit.errors import Missing, Refusal

CONTENT_TYPE = "application/problem+json"


def answer(code: str, title: str, status: int, detail: str = "", **more: Any) -> HttpResponse:
    body = {"type": f"urn:essaim:problem:{code}", "title": title, "status": status, "detail": detail, **more}
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="essaim"'
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return answer(refusal.code, str(refusal.cause), refusal.status, str(refusal.remedy))


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"where": list(map(str, each["loc"])), "what": each["msg"]} for each in error.errors]
    title = _("The request is not valid.")
    return answer("Invalid", title, 422, _("Compare it with the description of this operation."), errors=errors)


def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refused(request, Missing())


def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refused(request, NotSignedIn())


def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = math.ceil(getattr(error, "wait", None) or 1)
    detail = _("Wait %(seconds)s seconds.") % {"seconds": seconds}
    response = answer("TooManyRequests", _("Too many requests."), 429, detail)
    response["Retry-After"] = str(seconds)
    return response


def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer("Request", _("The request was not understood."), error.status_code, error.message)


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address under the API that leads to nothing is a problem too, not a page."""
    return refused(request, Missing())


def install(api: NinjaAPI) -> None:
    handlers: list[tuple[type[Exception], Any]] = [
        (Refusal, refused),
        (ValidationError, invalid),
        (Http404, missing),
        (AuthenticationError, unauthenticated),
        (Throttled, throttled),
        (HttpError, other),
    ]
    for error, handler in handlers:
        api.add_exception_handler(error, handler)

"""A mechanism the house has switched off answers nowhere: not on its pages, not in the studio, not in the API.

What runs goes on: phases end, money promised is paid. Switching it on again shows everything as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from essaim.config.api.problems import nowhere
from essaim.people.queries import house

API = "api/v1/"
PLACES = ("", "studio/", API)
"""Where a mechanism's addresses stand, each under its slug."""


class ModuleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        route = request.resolver_match.route if request.resolver_match else ""
        closed = [place for place in PLACES for slug in house().modules_off if route.startswith(f"{place}{slug}/")]
        if not closed:
            return None
        if API in closed:
            return nowhere(request)
        raise Http404

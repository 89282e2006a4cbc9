"""A mechanism the house has switched off answers nowhere: not on its pages, not in the studio, not in the API.

What runs goes on: phases end, money promised is paid. Switching it on again shows everything as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from essaim.config.api.problems import nowhere
from essaim.initiatives.mechanism import mechanisms
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
        for place, slug in product(PLACES, (manifest.slug for manifest in mechanisms())):
            if route.startswith(f"{place}{slug}/") and not house().has_module(slug):
                return self.closed(request, place)
        return None

    def closed(self, request: HttpRequest, place: str) -> HttpResponse:
        if place == API:
            return nowhere(request)
        raise Http404

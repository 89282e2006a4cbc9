"""What every request passes: a refusal raised anywhere becomes an answer, here and only here."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from essaim.kit import media
from essaim.kit.errors import Refusal
from essaim.kit.views import refused


class RefusalMiddleware:
    """Turns a `Refusal` a view did not turn into a form error into a page, a fragment or JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None


class MediaMiddleware:
    """Answers the files anyone may see before sessions and languages are looked at, which would keep caches off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = request.path.removeprefix(settings.MEDIA_URL)
        if name != request.path and request.method in ("GET", "HEAD") and media.lets(name, None):
            try:
                return media.answer(name, shared=True)
            except Http404:
                pass  # named and gone: the ordinary page says so
        return self.get_response(request)

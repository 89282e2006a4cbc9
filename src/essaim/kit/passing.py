"""Pages that say the same to everyone who passes by: computed once a second, however many read them.

A view says so of itself with `@same_for_passers_by`. Who is signed in, speaks through htmx or holds a cookie this
module does not know always gets a page of his own. What is kept holds nobody's secret: the token that protects
forms is taken out and each reader's own put in its place.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, _does_token_match, get_token  # type: ignore[attr-defined]
from django.utils import translation

PUBLIC_COOKIES = frozenset({"scheme", settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME})
MOST_PAGES, LARGEST, LONGEST_ADDRESS = 300, 300_000, 300
TOKEN = re.compile(rb"(?<![0-9A-Za-z])[0-9A-Za-z]{64}(?![0-9A-Za-z])")

Answer = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]


def same_for_passers_by(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What the view answers to someone not signed in depends on the address, the language and the colours alone."""

    @wraps(view)
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.same_for_passers_by = True  # type: ignore[attr-defined]
        return response

    return shared


@dataclass
class Page:
    """A page without its tokens: `parts` stand around them. Fresh until `until`; renewed by whoever finds it old."""

    parts: tuple[bytes, ...]
    headers: dict[str, str]
    until: float


class Shelf:
    """The pages kept by this process, those read last at the end."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Key, seconds: float) -> Page | None:
        """The page if it is fresh. The first to find it old renews it; the others read it a moment longer."""
        now = time.monotonic()
        with self._lock:
            page = self._pages.get(key)
            if page is None or now >= page.until + seconds:
                return None
            self._pages.move_to_end(key)
            if now >= page.until:
                page.until += seconds
                return None
            return page

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


SHELF = Shelf()


class PassersByMiddleware:
    """Stands outside all that reads the database; keeps pages for `settings.KEEP_PAGES` seconds, none for 0."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.tokens = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.KEEP_PAGES
        if not seconds or not _passes_by(request):
            return self.get_response(request)
        key = _key(request)
        kept = SHELF.take(key, seconds)
        if kept is not None:
            return self._again(request, kept)
        began = time.monotonic()
        response = self.get_response(request)
        page = _page(request, response, began + seconds)
        if page is not None:
            SHELF.put(key, page)
        return response

    def _again(self, request: HttpRequest, kept: Page) -> HttpResponse:
        """The kept page with this reader's own token, kept in his cookie as on any page with a form."""
        self.tokens.process_request(request)
        body = get_token(request).encode().join(kept.parts) if len(kept.parts) > 1 else kept.parts[0]
        response = HttpResponse(body, headers=kept.headers | {"Content-Length": str(len(body))})
        return cast(HttpResponse, self.tokens.process_response(request, response))


def _passes_by(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and PUBLIC_COOKIES.issuperset(request.COOKIES)
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
        and len(request.get_full_path()) < LONGEST_ADDRESS
    )


def _key(request: HttpRequest) -> Key:
    """All that such a page depends on."""
    return (
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
        translation.get_language_from_request(request),
        request.COOKIES.get("scheme", ""),
    )


def _page(request: HttpRequest, response: HttpResponse, until: float) -> Page | None:
    """The answer as it can be kept; None when it cannot."""
    if not getattr(response, "same_for_passers_by", False) or response.status_code != 200 or response.streaming:
        return None
    named = set(response.cookies) - {settings.CSRF_COOKIE_NAME}
    one_time = "'nonce-" in response.get("Content-Security-Policy", "")
    if named or one_time or response.has_header("Cache-Control") or len(response.content) > LARGEST:
        return None
    parts = _around_tokens(response.content, request.META.get("CSRF_COOKIE", ""))
    return Page(parts, dict(response.items()), until)


def _around_tokens(body: bytes, secret: str) -> tuple[bytes, ...]:
    """The body cut where a token made of this reader's secret stands."""
    parts, start = [], 0
    for found in TOKEN.finditer(body) if secret else ():
        if _does_token_match(found[0].decode(), secret):
            parts.append(body[start : found.start()])
            start = found.end()
    return (*parts, body[start:])

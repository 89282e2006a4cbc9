"""Who calls: a program with a personal token, a page with its session, or anyone who only reads."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth
from ninja.throttling import BaseThrottle

from essaim.kit.api import NotSignedIn, ScopeMissing
from essaim.people import tokens
from essaim.people.middleware import SecondFactorNeeded, lacks_factor
from essaim.people.models import Member

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ByToken(HttpBearer):
    """`Authorization: Bearer essaim_…`. Reading needs the scope `read` or `write`, acting needs `write`."""

    openapi_bearerFormat = "essaim_…"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = tokens.find(token)
        if found is None:
            raise NotSignedIn()
        if settings.STAFF_SECOND_FACTOR and lacks_factor(found.member):
            raise SecondFactorNeeded()
        scopes = frozenset(found.scopes)
        wanted = {"read", "write"} if request.method in SAFE else {"write", "sales"}
        if not wanted & scopes:
            raise ScopeMissing(scope="read" if request.method in SAFE else "write")
        request.scopes = scopes  # type: ignore[attr-defined]
        request.member = found.member  # type: ignore[attr-defined]
        return found.member


class BySession(SessionAuth):
    """The session of a page of the house; acts need its CSRF token."""

    def _get_key(self, request: HttpRequest) -> str | None:
        # Without a session there is nothing to forge, and the answer is "sign in", not "CSRF".
        return super()._get_key(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not isinstance(request.user, Member) or not request.user.is_active:
            return None
        request.member = request.user  # type: ignore[attr-defined]
        return request.user


def by_anyone(request: HttpRequest) -> Any:
    """Reading what is public needs no account."""
    return request.method in SAFE


class PerMinute(BaseThrottle):
    """A bucket of requests per caller, kept in this process: a fence against loops, not an accounting."""

    def __init__(self, *, member: int, stranger: int) -> None:
        self.member, self.stranger = member, stranger
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()
        self._last = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        caller = getattr(request, "member", None)
        most = self.stranger if caller is None else self.member
        key = f"ip:{self.get_ident(request)}" if caller is None else f"member:{caller.pk}"
        with self._lock:
            left, seen = self._buckets.get(key, (float(most), 0.0))
            now = time.monotonic()
            left = min(float(most), left + (now - seen) * most / 60)
            self._buckets[key] = (max(left - 1, 0.0) if left >= 1 else left, now)
            if len(self._buckets) > 100_000:
                self._buckets.clear()
        self._last.wait = None if left >= 1 else (1 - left) * 60 / most
        return left >= 1

    def wait(self) -> float | None:
        return getattr(self._last, "wait", None)

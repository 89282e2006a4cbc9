"""What a raw ASGI application needs: the request's parts, and answers in JSON. Django is not on this path."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class Live(Protocol):
    """An application mounted before Django. `open` is called once in each web process, `close` before it ends."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None: ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...


class BodyTooLong(Exception):
    """The request's body is longer than the application reads."""


class HungUp(Exception):
    """The client has gone before its request was complete."""


def header(scope: Message, name: bytes) -> str:
    """The first header of this lower-case name, or nothing."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def cookie(scope: Message, name: str) -> str:
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def body(receive: Receive, most: int) -> bytes:
    """The whole body, if it is at most `most` bytes long."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HungUp
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise BodyTooLong
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


async def answer(send: Send, status: int, told: Any, *, retry_after: int | None = None) -> None:
    """`told` as JSON, never kept by anyone on the way."""
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(written)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": written})


def same_origin(scope: Message, allowed: str) -> bool:
    """Whether a browser says that one of our own pages asks: its Origin, or where older ones name none, its Referer.

    Together with SameSite cookies this stands for the form's token (OWASP, Cross-Site Request Forgery Prevention,
    "Verifying origin with standard headers"). A request that names neither is refused.
    """
    said = header(scope, b"origin") or "/".join(header(scope, b"referer").split("/")[:3])
    return said in (allowed, f"{scope.get('scheme', 'http')}://{header(scope, b'host')}")

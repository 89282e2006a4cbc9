"""What a raw ASGI application needs: the request's parts, and answers in JSON. Django is not on this path."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, NamedTuple, Protocol

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = Mapping[bytes, bytes]
"""By lower-case name; of several of one name the last counts."""


class Answer(NamedTuple):
    """A whole response, as ASGI's two messages and as the bytes after its first line; made once if often said."""

    head: Message
    body: Message
    wire: bytes


Burst = Callable[[Headers, str, bytes], Awaitable[Answer]]
"""An act asked for by thousands at once: a request's headers, scheme and body in, its whole answer out."""


class Live(Protocol):
    """An application mounted before Django. `open` is called once in each web process, `close` before it ends.

    `bursts` are its acts behind POST that a server may call directly, by their path; it answers them itself as well.
    """

    @property
    def bursts(self) -> Mapping[str, Burst]: ...

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None: ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...


class BodyTooLong(Exception):
    """The request's body is longer than the application reads."""


class HungUp(Exception):
    """The client has gone before its request was complete."""


def header(scope: Message, name: bytes) -> str:
    """The first header of this lower-case name, or nothing."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def cookie(headers: Headers, name: str) -> str:
    """The cookie of this name, which was set unquoted, or nothing. Read as browsers send them, as Django does."""
    wanted = name.encode()
    for part in headers.get(b"cookie", b"").split(b";"):
        key, _, value = part.partition(b"=")
        if key.strip() == wanted:
            return str(value.strip(), "latin-1")
    return ""


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


def made(status: int, told: Any, *, retry_after: int | None = None) -> Answer:
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
    head = {"type": "http.response.start", "status": status, "headers": headers}
    wire = b"".join(b"%b: %b\r\n" % header for header in headers) + b"\r\n" + written
    return Answer(head, {"type": "http.response.body", "body": written}, wire)


async def answer(send: Send, status: int, told: Any, *, retry_after: int | None = None) -> None:
    await give(send, made(status, told, retry_after=retry_after))


async def give(send: Send, whole: Answer) -> None:
    await send(whole.head)
    await send(whole.body)


def same_origin(headers: Headers, scheme: str, allowed: str) -> bool:
    """Whether a browser says that one of our own pages asks: its Origin, or where older ones name none, its Referer.

    Together with SameSite cookies this stands for the form's token (OWASP, Cross-Site Request Forgery Prevention,
    "Verifying origin with standard headers"). A request that names neither is refused.
    """
    said = headers.get(b"origin") or b"/".join(headers.get(b"referer", b"").split(b"/")[:3])
    asked = str(said, "latin-1")
    return asked in (allowed, f"{scheme}://{str(headers.get(b'host', b''), 'latin-1')}")

"""A connection: uvicorn's, with limits to a request's head, in bytes and seconds, and a short way for bursts of acts.

On the short way a request has neither scope nor messages, which take longer than the act itself. What is unusual
(requests sent before the last one is answered, HTTP/1.0, `Expect`) goes the long way, to the same act.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

if TYPE_CHECKING:
    from essaim.kit.raw import Burst

log = logging.getLogger(__name__)

LONGEST_HEAD = LONGEST_BODY = 65_536  # bytes; of a longer body no more is kept
HEAD_WITHIN = 10.0  # seconds, from its first byte to its last
FAILED = b"content-length: 0\r\n\r\n"


class Short:
    """A request on the short way. It stands where uvicorn looks for the last request of a connection."""

    message_event: ClassVar[asyncio.Event] = asyncio.Event()  # uvicorn tells it what nobody here waits for

    def __init__(self, act: Burst, keep_alive: bool) -> None:
        self.act, self.keep_alive = act, keep_alive
        self.body = b""
        self.response_complete = self.disconnected = False


class Door(HttpToolsProtocol):
    """Who connects and says nothing is let go like one who has been answered."""

    bursts: ClassVar[Mapping[bytes, Burst]] = {}
    _short: Short | None = None
    _head = 0  # bytes of a head that has not ended
    _late: asyncio.TimerHandle | None = None  # closes the door on a head that does not end

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def data_received(self, data: bytes) -> None:
        if self._head + len(data) > LONGEST_HEAD and self._head:
            self.send_400_response("The head of this request is too long.")
            return
        super().data_received(data)
        if self._head:
            self._head += len(data)
            self._late = self._late or self.loop.call_later(HEAD_WITHIN, self.transport.close)

    def on_message_begin(self) -> None:
        self._head = 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head, self._short = 0, None
        self._in_time()
        act = self.bursts.get(self.url)
        if act is None or not self._is_plain():
            super().on_headers_complete()
        else:
            self._short = Short(act, self.parser.should_keep_alive())
            self.cycle = self._short  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _is_plain(self) -> bool:
        """Whether this is a request like most, on a connection where nothing else is under way."""
        return (
            self.parser.get_method() == b"POST"
            and self.parser.get_http_version() == "1.1"
            and not self.expect_100_continue
            and (self.cycle is None or self.cycle.response_complete)
            and len(self.connections) < (self.limit_concurrency or len(self.connections) + 1)
        )

    def on_body(self, body: bytes) -> None:
        if self._short is None:
            super().on_body(body)
        elif len(self._short.body) < LONGEST_BODY:
            self._short.body += body

    def on_message_complete(self) -> None:
        if self._short is None:
            super().on_message_complete()
        else:
            task = self.loop.create_task(self._act(self._short, dict(self.headers)))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _act(self, short: Short, headers: dict[bytes, bytes]) -> None:
        try:
            answer = await short.act(headers, self.scheme or "http", short.body)
        except Exception:
            log.exception("An act of a burst failed")
            self._tell(short, HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
        else:
            self._tell(short, answer.head["status"], answer.wire)

    def _tell(self, short: Short, status: int, rest: bytes) -> None:
        short.response_complete = True
        if not self.transport.is_closing():
            lines = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
            if not short.keep_alive:
                lines.append(b"connection: close\r\n")
            self.transport.write(b"".join((STATUS_LINE[status], *lines, rest)))
            if not short.keep_alive:
                self.transport.close()
        self.on_response_complete()

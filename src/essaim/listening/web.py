"""The one way out: every request of listening goes through this client."""

from __future__ import annotations

import socket
from typing import Protocol


class Answer(Protocol):
    """What came back: the status, the headers by lower-case name, the body as bytes, the final address."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str


class Client(Protocol):
    """Asks politely: checks the address, robots and the pace of the host before it connects."""

    def get(self, url: str, *, headers: dict[str, str] | None = None, most_bytes: int = 5_000_000) -> Answer: ...

    def post(
        self, url: str, *, body: bytes, headers: dict[str, str] | None = None, most_bytes: int = 5_000_000
    ) -> Answer:
        """For answering: a team's reply, or the session it needs. Never repeated by itself."""
        ...

    def connect(self, url: str) -> socket.socket:
        """A connected socket to the host and port of an http(s) or ws(s) address, checked like any other; without
        TLS, which the protocol on top begins itself."""
        ...

"""Real sites on the loopback, for tests: each answers what the test says, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Page:
    """`body` in one piece, or chunk by chunk from a function that may take its time."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: Callable[[], Iterator[bytes]] | None = None


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Site(ThreadingHTTPServer):
    """`pages` by path, or a function of the request that makes the page. No robots.txt, unless given."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self.pages: dict[str, Page | Callable[[Asked], Page]] = {}
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]}:{self.server_port}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        names = {key.lower(): value for key, value in self.headers.items()}
        asked = Asked(self.command, self.path, names, body)
        self.server.asked.append(asked)
        page = self.server.pages.get(self.path, Page(status=404))
        page = page(asked) if callable(page) else page
        body = page.body.encode() if isinstance(page.body, str) else page.body
        self.send_response(page.status)
        for key, value in page.headers.items():
            self.send_header(key, value)
        if page.drip is None and page.status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for chunk in page.drip() if page.drip else [body]:
                self.wfile.write(chunk)
                self.wfile.flush()
        except OSError:
            return  # the reader had enough

    do_GET = do_POST = do_HEAD = _answer

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def site(host: str = "127.0.0.1") -> Iterator[Site]:
    made = Site(host)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()

"""Stripe's side of the wire on a local port: answers as told, remembers what was asked."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class FakeApi:
    """`answers`: path → (status, body), or a function of the parameters that gives both."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, given: dict[str, str], key: str) -> tuple[int, dict[str, Any]]:
        self.asked.append((path, given, key))
        answer = self.answers[path]
        return answer(given) if callable(answer) else answer

    def __enter__(self) -> FakeApi:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def refusal(type_: str, message: str, status: int, code: str | None = None) -> tuple[int, dict[str, Any]]:
    return status, {"error": {"type": type_, "message": message, "code": code}}


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

        def _answer(self, form: str) -> None:
            given = dict(parse_qsl(form))
            key = self.headers.get("Idempotency-Key", "") if self.command == "POST" else ""
            status, body = api.answer(urlsplit(self.path).path, given, key)
            written = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    return Handler

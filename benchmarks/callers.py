"""Callers of our own on one event loop: requests at a given rate, whatever the answers take, and readers of a stream.

An open loop: a request is due at its moment and its time counts from there, so a server that stalls cannot hide it.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import statistics
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlsplit

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
COUNT = re.compile(rb"data: (\{[^\n]*\})\n")
TICK = 0.001  # seconds
PATIENCE = 20.0  # seconds for the last answers


@dataclass
class Calls:
    """Seconds each answer took, counted from when it was due; how many were not 2xx; when each came."""

    times: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    refused: int = 0

    def centile(self, percent: int) -> float:
        """In milliseconds."""
        return centile(self.times, percent)


def centile(seconds: list[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000 if len(seconds) > 1 else float("nan")


class Caller(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, line: Line) -> None:
        self._line, self._due, self._got = line, 0.0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def ask(self, due: float, request: bytes) -> None:
        self._due, self._got = due, b""
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, empty, body = self._got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        whole = body.endswith(b"0\r\n\r\n") if length is None else len(body) >= int(length[1])
        if empty and whole:
            self._line.answered(self, self._due, int(head[9:12]))


class Line:
    """Requests waiting for a free caller."""

    def __init__(self) -> None:
        self.calls, self.free, self.waiting = Calls(), deque[Caller](), deque[tuple[float, bytes]]()

    def answered(self, caller: Caller, due: float, status: int) -> None:
        now = perf_counter()
        self.calls.times.append(now - due)
        self.calls.ended.append(now)
        self.calls.refused += not 200 <= status < 300
        if self.waiting:
            caller.ask(*self.waiting.popleft())
        else:
            self.free.append(caller)

    def ask(self, due: float, request: bytes) -> None:
        if self.free:
            self.free.popleft().ask(due, request)
        else:
            self.waiting.append((due, request))


async def call(url: str, requests: Iterator[bytes], rate: float, seconds: float, callers: int = 64) -> Calls:
    """Send `rate` requests a second for `seconds`, then wait for the answers still to come."""
    line, where, loop = Line(), urlsplit(url), asyncio.get_running_loop()
    for _ in range(callers):
        _transport, caller = await loop.create_connection(lambda: Caller(line), where.hostname, where.port)
        line.free.append(caller)
    began, sent, total = perf_counter(), 0, int(rate * seconds)
    while sent < total:
        while sent < total and began + sent / rate <= perf_counter():
            line.ask(began + sent / rate, next(requests))
            sent += 1
        await asyncio.sleep(TICK)
    while len(line.calls.times) < total and perf_counter() < began + seconds + PATIENCE:
        await asyncio.sleep(TICK)
    line.calls.refused += total - len(line.calls.times)
    for caller in line.free:
        caller._transport.close()
    return line.calls


class Reader(asyncio.Protocol):
    """One who watches the count: when he saw which total."""

    def __init__(self, path: str, host: str) -> None:
        self._asks = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n".encode()
        self.seen_at: list[float] = []
        self.totals: list[int] = []
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(self._asks)

    def data_received(self, data: bytes) -> None:
        self._rest += data
        found = None
        for found in COUNT.finditer(self._rest):
            self.seen_at.append(perf_counter())
            self.totals.append(total(found[1]))
        if found is not None:
            self._rest = self._rest[found.end() :]

    def waited_for(self, least: int, since: float) -> float | None:
        """Seconds from `since` until he saw at least this total."""
        place = bisect_left(self.totals, least)
        return max(0.0, self.seen_at[place] - since) if place < len(self.totals) else None


_totals: dict[bytes, int] = {}


def total(told: bytes) -> int:
    """All cheers of a count as it is told. Thousands hear the same words: they are read once."""
    if told not in _totals:
        _totals[told] = sum(sum(camp[1:]) for camp in json.loads(told)["camps"])
    return _totals[told]


async def readers(url: str, path: str, many: int) -> list[Reader]:
    where, loop = urlsplit(url), asyncio.get_running_loop()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found = []
    for _ in range(many):
        _transport, reader = await loop.create_connection(
            lambda: Reader(path, where.netloc), where.hostname, where.port
        )
        found.append(reader)
    return found

"""One exchange with one machine: to the address that was checked, within a deadline, bounded in size.

Imported when first used: httpcore would cost every start of the house.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from essaim.kit.outside import Place, connected
from essaim.listening.sources.refusals import AnswerBroken, AnswerTooBig, AnswerTooSlow, CertificateBad, Unreachable

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Exchange:
    status: int
    headers: dict[str, str]
    body: bytes


@cache
def trust() -> ssl.SSLContext:
    """Reading the list of authorities takes longer than many an exchange, so it is read once."""
    return httpx.create_ssl_context()


class Deadline:
    """A moment after which nothing more is awaited, however slowly it drips in."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, most: float) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return min(left, most)


class _Stream(httpcore.NetworkStream):
    """A connection each of whose waits ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout or READ_SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout or READ_SECONDS))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self.deadline.left(CONNECT_SECONDS)
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, left), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to the checked addresses, whatever name it is asked for."""

    def __init__(self, place: Place, deadline: Deadline) -> None:
        self.place, self.deadline = place, deadline

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        from httpcore._backends.sync import SyncStream  # the library offers no public way to wrap a socket

        try:
            made = connected(self.place, self.deadline.left(CONNECT_SECONDS))
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(SyncStream(made), self.deadline)


def exchange(
    place: Place,
    method: str,
    url: httpx.URL,
    headers: Iterable[tuple[str, str]],
    content: bytes,
    *,
    seconds: float,
    most_bytes: int,
) -> Exchange:
    """Ask, and read the answer whole. Raises a Refusal that says what went wrong on the way."""
    deadline = Deadline(seconds)
    raw = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path.partition(b"#")[0]
    )
    wait = {"timeout": {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS}}
    try:
        with (
            httpcore.ConnectionPool(ssl_context=trust(), network_backend=_Backend(place, deadline)) as pool,
            pool.stream(method, raw, headers=list(headers), content=content, extensions=wait) as answer,
        ):
            found = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in answer.headers}
            body = _body(answer.iter_stream(), found.get("content-encoding", ""), most_bytes, place.host)
            return Exchange(answer.status, found, body)
    except httpcore.TimeoutException as error:
        raise AnswerTooSlow(host=place.host) from error
    except (httpcore.ConnectError, OSError) as error:
        bad = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
        raise (CertificateBad if bad else Unreachable)(host=place.host) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise AnswerBroken(host=place.host) from error


def _body(chunks: Iterable[bytes], encoding: str, most: int, host: str) -> bytes:
    """The answer unpacked, never more than `most` bytes: of what came, and of what it unfolds into."""
    encoding = encoding.strip().lower()
    if encoding in {"gzip", "x-gzip", "deflate"}:
        chunks = _unpacked(chunks, most, host)
    elif encoding not in {"", "identity"}:
        raise AnswerBroken(host=host)
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise AnswerTooBig(host=host, megabytes=_megabytes(most))
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], most: int, host: str) -> Iterable[bytes]:
    """Unfold gzip or zlib a little at a time: a bomb is noticed before it takes the memory."""
    unfolding, came = zlib.decompressobj(wbits=47), 0
    try:
        for chunk in chunks:
            came += len(chunk)
            if came > most:
                raise AnswerTooBig(host=host, megabytes=_megabytes(most))
            while chunk:
                yield unfolding.decompress(chunk, 65_536)
                chunk = unfolding.unconsumed_tail
                if unfolding.eof:
                    chunk, unfolding = unfolding.unused_data, zlib.decompressobj(wbits=47)
        yield unfolding.flush()
    except zlib.error as error:
        raise AnswerBroken(host=host) from error


def _megabytes(most: int) -> int:
    return max(1, round(most / 1_000_000))

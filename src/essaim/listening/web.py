"""The one way out: every request of listening goes through this client.

    client = Polite(per_hour=kind.per_hour)
    answer = client.get(url, headers=conditions(cursor))
    if answer.status != 304: ...; cursor = {**cursor, **seen(answer)}

Never call it inside a transaction: the pace of a host is kept in the database, for all processes.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from essaim.kit import clock, outside
from essaim.kit.outside import AddressNotUsable, Place, found
from essaim.listening import hosts, robots
from essaim.listening.sources import refusals
from essaim.listening.sources.models import Host
from essaim.listening.sources.refusals import NotRead, RobotsRefuse, RobotsUnknown, TooManyRedirects

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ROBOTS_KEPT, ROBOTS_AGAIN = timedelta(days=1), timedelta(hours=1)
ROBOTS_BYTES = 1_000_000
SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})
ABOUT = "/listening/robot/"


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


@dataclass(slots=True)
class Received:
    """An answer. `moved` is where permanent redirects led, empty when there was none. `until` is set when the host
    asked to be left alone."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    moved: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Polite:
    """The client of the house.

    `per_hour` bounds the requests to one host, over all processes; when its turn comes later than `patience` seconds
    the request raises HostWaits with `until`, which is no failure. `deadline` bounds one exchange as a whole, in
    seconds. `heed_robots=False` is for documented interfaces, which are made for programs.
    """

    per_hour: int = 3600
    patience: float = 15.0
    deadline: float = 45.0
    heed_robots: bool = True
    sleep: Any = field(default=time.sleep, repr=False)

    def get(self, url: str, *, headers: dict[str, str] | None = None, most_bytes: int = 5_000_000) -> Received:
        """Raises a NotRead for every answer that brings nothing (status of 400 and above), redirects followed."""
        return fruitful(self.send("GET", url, headers=headers, most_bytes=most_bytes))

    def post(
        self, url: str, *, body: bytes, headers: dict[str, str] | None = None, most_bytes: int = 5_000_000
    ) -> Received:
        return fruitful(self.send("POST", url, content=body, headers=headers, most_bytes=most_bytes))

    def connect(self, url: str) -> socket.socket:
        """A plain TCP socket to a checked address, at the host's pace: for a websocket,
        `websockets.sync.client.connect(url, sock=client.connect(url), proxy=None)`."""
        at = normal(url)
        hosts.check_opt_out(at.host)
        place = found(str(at), listen_hosts(), plain=True, schemes=outside.WEB | outside.SOCKETS)
        self._wait(place)
        try:
            return outside.connected(place, 10.0)
        except OSError as error:
            raise refusals.Unreachable(host=place.host) from error

    def send(
        self,
        method: str,
        url: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        most_bytes: int = 5_000_000,
    ) -> Received:
        """The answer whatever its status. Every redirect is checked as the first address was."""
        at, moved = normal(url), ""
        kept = {key.lower(): value for key, value in (headers or {}).items()}
        for hop in range(MOST_REDIRECTS + 1):
            answer = self._hop(method, at, kept, content, most_bytes)
            target = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not target:
                answer.moved = moved
                return answer
            before, at = at, normal(target, at)
            moved = str(at) if answer.status in {301, 308} and (hop == 0 or moved) else ""
            if (before.scheme, before.netloc) != (at.scheme, at.netloc):
                kept = {key: value for key, value in kept.items() if key not in SECRETS}
            if answer.status in {301, 302, 303} and method != "HEAD":
                method, content = "GET", b""
        raise TooManyRedirects(host=at.host)

    def _hop(self, method: str, at: httpx.URL, headers: dict[str, str], content: bytes, most: int) -> Received:
        hosts.check_opt_out(at.host)
        place = self.place(str(at))
        rules = self._rules(place) if self.heed_robots else robots.Rules()
        if not rules.allow(str(at)):
            raise RobotsRefuse(host=place.host)
        refused = self._wait(place, rules.delay)
        answer = self._exchange(place, method, at, headers, content, most)
        if says_no(answer):
            answer.until = hosts.back_off(place.name, answer.headers.get("retry-after", ""), clock.now())
        elif refused:
            hosts.forgive(place.name)
        return answer

    def place(self, url: str) -> Place:
        """Where an address leads, checked. Raises AddressInside and its kin."""
        return found(url, listen_hosts(), plain=True)

    def _wait(self, place: Place, delay: float = 0.0) -> int:
        """Take the next turn and wait for it; how often the host said no lately."""
        step = timedelta(seconds=max(3600 / self.per_hour, delay))
        patience = timedelta(seconds=self.patience)
        wait, refused = hosts.reserve(place.name, step=step, now=clock.now(), patience=patience)
        if wait:
            self.sleep(wait)
        return refused

    def _exchange(
        self, place: Place, method: str, at: httpx.URL, headers: dict[str, str], content: bytes, most: int
    ) -> Received:
        from essaim.listening import wire

        named = {"host": at.netloc.decode(), "user-agent": user_agent(), "accept-encoding": "gzip", **headers}
        if method in {"POST", "PUT", "PATCH"}:
            named["content-length"] = str(len(content))
        found = wire.exchange(place, method, at, named.items(), content, seconds=self.deadline, most_bytes=most)
        return Received(found.status, found.headers, found.body, str(at))

    def _rules(self, place: Place) -> robots.Rules:
        """What the site's robots.txt says, kept for a day."""
        now, host = clock.now(), Host.objects.filter(name=place.name).first()
        if host is None or host.robots_until is None or host.robots_until <= now:
            text = self._robots(place)
            until = now + (ROBOTS_KEPT if text is not None else ROBOTS_AGAIN)
            Host.objects.filter(name=place.name).update(robots=text, robots_until=until)
        else:
            text = host.robots
        if text is None:
            raise RobotsUnknown(host=place.host)
        return robots.read(text)

    def _robots(self, place: Place) -> str | None:
        """Its text; empty when there is none (RFC 9309, 2.3.1.3), None when the site is at fault (2.3.1.4)."""
        scheme = {"ws": "http", "wss": "https"}.get(place.scheme, place.scheme)
        literal = f"[{place.host}]" if ":" in place.host else place.host
        url = f"{scheme}://{literal}:{place.port}/robots.txt"
        asking = Polite(self.per_hour, self.patience, self.deadline, heed_robots=False, sleep=self.sleep)
        try:
            answer = asking.send("GET", url, most_bytes=ROBOTS_BYTES)
        except (refusals.AnswerTooBig, TooManyRedirects):
            return ""
        if answer.status == 429 or answer.status >= 500:
            return None
        if answer.status == 403:  # no robots.txt for us, which forbids nothing
            hosts.forgive(place.name)
        return answer.body.decode("utf-8", "replace").replace("\0", "") if answer.status < 300 else ""


def says_no(answer: Received) -> bool:
    """Whether the host asks for less: 429, 403 (which many send instead), or 503 with a date."""
    return answer.status in {403, 429} or (answer.status == 503 and "retry-after" in answer.headers)


def fruitful(answer: Received) -> Received:
    """The answer, unless its status says that there is nothing in it: then the refusal that says so."""
    if answer.status < 400:
        return answer
    kind = _kind(answer)
    figures: dict[str, Any] = {"host": normal(answer.url).host, "status": answer.status}
    if answer.until:
        figures["minutes"] = max(1, round((answer.until - clock.now()).total_seconds() / 60))
    told = kind(**figures)
    told.until = answer.until
    raise told


def _kind(answer: Received) -> type[NotRead]:
    if says_no(answer) and answer.status != 403:
        return refusals.AskedTooOften
    if answer.status >= 500:
        return refusals.ServerAtFault
    return {
        401: refusals.AccessRefused,
        402: refusals.AccessRefused,
        403: refusals.AccessRefused,
        404: refusals.PageMissing,
        410: refusals.PageGone,
        451: refusals.AccessRefused,
    }.get(answer.status, refusals.NotUnderstood)


def conditions(cursor: Mapping[str, Any]) -> dict[str, str]:
    """The headers that ask only for what is new, from what `seen` left in the cursor."""
    asked = {"if-none-match": cursor.get("etag", ""), "if-modified-since": cursor.get("modified", "")}
    return {key: value for key, value in asked.items() if value}


def seen(answer: Answer) -> dict[str, str]:
    """What to keep in the cursor for the next visit."""
    return {"etag": answer.headers.get("etag", "")[:1000], "modified": answer.headers.get("last-modified", "")[:100]}


def normal(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address as it is sent: host in ASCII, path percent-encoded, no fragment. Raises AddressNotUsable."""
    import httpx

    try:
        made = base.join(url.strip()) if base is not None else httpx.URL(url.strip())
        return made.copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressNotUsable() from error


def listen_hosts() -> frozenset[str]:
    """Hosts inside the operator's own network that he allows the house to read."""
    return frozenset(settings.LISTEN_HOSTS)


def user_agent() -> str:
    """Who asks, and where its people tell how not to be asked."""
    return f"Essaim/{version('essaim')} (+{settings.BASE_URL}{ABOUT})"

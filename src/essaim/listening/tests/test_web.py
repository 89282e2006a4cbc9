"""The one client, against real sites: where it does not go, what it does not wait for, how it keeps its manners."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from essaim.kit import clock
from essaim.kit.outside import AddressInside, AddressNotUsable, AddressUnknown
from essaim.listening.hosts import asked_wait, reserve
from essaim.listening.sources import refusals
from essaim.listening.sources.models import Host, OptOut
from essaim.listening.tests.sites import Page, Site, site
from essaim.listening.web import Polite, conditions, seen, user_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings: Any) -> Iterator[Site]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as made:
        yield made


@pytest.fixture
def client() -> Polite:
    return Polite(per_hour=3_600_000)


def test_it_reads_and_says_who_it_is(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page("hello", headers={"X-Some": "Thing"})
    answer = client.get(f"{here.url}/a#part")
    assert (answer.status, answer.body, answer.headers["x-some"], answer.url) == (
        200,
        b"hello",
        "Thing",
        f"{here.url}/a",
    )
    assert here.asked[-1].path == "/a"
    assert here.asked[-1].headers["user-agent"] == user_agent()
    assert here.asked[-1].headers["host"] == f"127.0.0.1:{here.server_port}"
    assert "/listening/robot/" in user_agent()


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://127.0.0.1/", AddressInside),
        ("http://localhost/", AddressInside),
        ("http://[::1]/", AddressInside),
        ("http://[::ffff:10.0.0.1]/", AddressInside),
        ("http://[64:ff9b::a00:1]/", AddressInside),
        ("http://[64:ff9b:1::7f00:1]/", AddressInside),
        ("http://[2002:7f00:1::]/", AddressInside),
        ("http://[fe80::1]/", AddressInside),
        ("http://[fec0::1]/", AddressInside),
        ("http://169.254.169.254/latest/meta-data/", AddressInside),
        ("http://10.1.2.3/", AddressInside),
        ("http://100.64.0.1/", AddressInside),
        ("http://0.0.0.0/", AddressInside),
        ("http://2130706433/", AddressInside),
        ("http://0x7f.1/", AddressInside),
        ("http://224.0.0.1/", AddressInside),
        ("http://no-such-host.invalid/", AddressUnknown),
        ("ftp://example.org/", AddressNotUsable),
        ("file:///etc/passwd", AddressNotUsable),
        ("ws://example.org/", AddressNotUsable),
        ("https://user:pass@example.org/", AddressNotUsable),
        ("https://", AddressNotUsable),
        ("example.org", AddressNotUsable),
        ("https://example.org:99999/", AddressNotUsable),
        ("http://exa mple.org/", AddressUnknown),
    ],
)
def test_where_it_does_not_go(client: Polite, url: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        client.get(url)


def test_a_redirect_inside_is_refused(here: Site, client: Polite) -> None:
    """The allowed host is 127.0.0.1 by that name alone: another name of the same machine stays closed."""
    here.pages["/a"] = Page(status=302, headers={"Location": f"http://localhost:{here.server_port}/b"})
    here.pages["/b"] = Page("secret")
    with pytest.raises(AddressInside):
        client.get(f"{here.url}/a")
    assert here.paths() == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user:x@127.0.0.1/"])
def test_a_redirect_to_something_else_is_refused(here: Site, client: Polite, target: str) -> None:
    here.pages["/a"] = Page(status=302, headers={"Location": target})
    with pytest.raises(AddressNotUsable):
        client.get(f"{here.url}/a")


def test_redirects_are_followed_and_permanent_ones_told(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    here.pages["/b"] = Page(status=308, headers={"Location": "c?d=1"})
    here.pages["/c?d=1"] = Page("there")
    here.pages["/e"] = Page(status=302, headers={"Location": "/c?d=1"})
    moved = client.get(f"{here.url}/a")
    assert (moved.body, moved.url, moved.moved) == (b"there", f"{here.url}/c?d=1", f"{here.url}/c?d=1")
    assert client.get(f"{here.url}/e").moved == ""


def test_redirects_end_somewhere(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page(status=302, headers={"Location": "/a"})
    with pytest.raises(refusals.TooManyRedirects):
        client.get(f"{here.url}/a")
    assert len(here.paths()) == 6


def test_a_key_is_not_carried_to_another_host(here: Site, client: Polite, settings: Any) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1", "127.0.0.2"]
    with site("127.0.0.2") as there:
        here.pages["/a"] = Page(status=302, headers={"Location": f"{there.url}/b"})
        there.pages["/b"] = Page("b")
        client.get(f"{here.url}/a", headers={"Authorization": "Bearer k", "Accept": "text/plain"})
        asked = there.asked[-1].headers
    assert here.asked[-1].headers["authorization"] == "Bearer k"
    assert ("authorization" in asked, asked["accept"]) == (False, "text/plain")


def test_a_slow_drip_is_cut(here: Site) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(1200):
            time.sleep(0.05)
            yield b"x"

    here.pages["/slow"] = Page(drip=drip)
    begun = time.monotonic()
    with pytest.raises(refusals.AnswerTooSlow):
        Polite(per_hour=3_600_000, deadline=0.5).get(f"{here.url}/slow")
    assert time.monotonic() - begun < 30


def test_size_is_bounded_before_and_after_unpacking(here: Site, client: Polite) -> None:
    here.pages["/big"] = Page(b"x" * 20_001)
    here.pages["/just"] = Page(b"x" * 20_000)
    here.pages["/bomb"] = Page(gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    assert len(here.pages["/bomb"].body) < 60_000  # type: ignore[union-attr]
    assert len(client.get(f"{here.url}/just", most_bytes=20_000).body) == 20_000
    for path in ("/big", "/bomb"):
        with pytest.raises(refusals.AnswerTooBig):
            client.get(here.url + path, most_bytes=20_000 if path == "/big" else 1_000_000)


def test_packed_answers_are_unpacked(here: Site, client: Polite) -> None:
    here.pages["/gz"] = Page(gzip.compress(b"abc") + gzip.compress(b"def"), headers={"Content-Encoding": "gzip"})
    here.pages["/bad"] = Page(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})
    here.pages["/br"] = Page(b"....", headers={"Content-Encoding": "br"})
    assert client.get(f"{here.url}/gz").body == b"abcdef"
    for path in ("/bad", "/br"):
        with pytest.raises(refusals.AnswerBroken):
            client.get(here.url + path)


def test_an_answer_cut_short_is_not_taken_for_whole(here: Site, client: Polite) -> None:
    here.pages["/cut"] = Page(headers={"Content-Length": "100"}, drip=lambda: iter([b"only this"]))
    with pytest.raises(refusals.AnswerBroken):
        client.get(f"{here.url}/cut")


def test_nothing_new_costs_nothing(here: Site, client: Polite) -> None:
    def feed(asked: Any) -> Page:
        if asked.headers.get("if-none-match") == '"1"' and asked.headers.get("if-modified-since") == "yesterday":
            return Page(status=304)
        return Page("feed", headers={"ETag": '"1"', "Last-Modified": "yesterday"})

    here.pages["/feed"] = feed
    cursor = seen(client.get(f"{here.url}/feed"))
    assert cursor == {"etag": '"1"', "modified": "yesterday"}
    again = client.get(f"{here.url}/feed", headers=conditions(cursor))
    assert (again.status, again.body) == (304, b"")


def test_robots_are_asked_once_and_obeyed(here: Site, client: Polite) -> None:
    here.pages["/robots.txt"] = Page("User-agent: *\nAllow: /\n\nUser-agent: Essaim\nDisallow: /private")
    here.pages["/a"] = here.pages["/private/a"] = Page("a")
    client.get(f"{here.url}/a")
    with pytest.raises(refusals.RobotsRefuse):
        client.get(f"{here.url}/private/a")
    here.pages["/r"] = Page(status=302, headers={"Location": "/private/a"})
    with pytest.raises(refusals.RobotsRefuse):
        client.get(f"{here.url}/r")
    assert [asked.path for asked in here.asked] == ["/robots.txt", "/a", "/r"]
    assert Polite(per_hour=3_600_000, heed_robots=False).get(f"{here.url}/private/a").body == b"a"


def test_robots_that_cannot_be_read_close_the_site_for_an_hour(here: Site, client: Polite) -> None:
    here.pages["/robots.txt"] = Page(status=500)
    here.pages["/a"] = Page("a")
    for _ in range(2):
        with pytest.raises(refusals.RobotsUnknown):
            client.get(f"{here.url}/a")
    assert [asked.path for asked in here.asked] == ["/robots.txt"]
    here.pages["/robots.txt"] = Page(status=403)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert client.get(f"{here.url}/a").body == b"a"


def test_a_host_that_says_no_is_left_alone_longer_and_longer(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page(status=429)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for minutes in (1, 2, 4):
        with clock.at(now), pytest.raises(refusals.AskedTooOften) as told:
            client.get(f"{here.url}/a")
        assert told.value.until == now + timedelta(minutes=minutes)
        with clock.at(now + timedelta(seconds=30)), pytest.raises(refusals.HostWaits):
            client.get(f"{here.url}/a")
        now += timedelta(minutes=minutes)
    assert here.paths() == ["/a"] * 3
    here.pages["/a"] = Page("a")
    with clock.at(now):
        assert client.get(f"{here.url}/a").body == b"a"
    assert Host.objects.get().refusals == 0


def test_retry_after_is_obeyed(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page(status=503, headers={"Retry-After": "7200"})
    now = clock.now()
    with clock.at(now), pytest.raises(refusals.AskedTooOften) as told:
        client.get(f"{here.url}/a")
    assert (told.value.until, told.value.facts["minutes"]) == (now + timedelta(hours=2), 120)


def test_what_retry_after_may_say() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert asked_wait("120", now) == timedelta(seconds=120)
    assert asked_wait("Thu, 01 Jan 2026 01:00:00 GMT", now) == timedelta(hours=1)
    assert asked_wait("9" * 40, now) == timedelta(days=7)
    assert [asked_wait(text, now) for text in ("", "soon", "-5", "Thu, 01 Jan 2015 01:00:00 GMT")] == [None] * 4


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (400, refusals.NotUnderstood),
        (401, refusals.AccessRefused),
        (403, refusals.AccessRefused),
        (404, refusals.PageMissing),
        (410, refusals.PageGone),
        (500, refusals.ServerAtFault),
        (503, refusals.ServerAtFault),
    ],
)
def test_each_status_has_its_words(here: Site, client: Polite, status: int, refusal: type[Exception]) -> None:
    here.pages["/a"] = Page(status=status)
    with pytest.raises(refusal) as told:
        client.get(f"{here.url}/a")
    assert (type(told.value), str(status) in str(told.value)) == (refusal, True)


def test_who_opted_out_is_not_asked(here: Site, client: Polite, settings: Any) -> None:
    OptOut.objects.create(host="quiet.example")
    with pytest.raises(refusals.OptedOut):
        client.get("https://www.quiet.example/feed")
    with pytest.raises(AddressUnknown):
        client.get("https://notquiet.example/feed")


def test_a_host_that_is_not_there(settings: Any, client: Polite) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with site() as gone:
        url = gone.url
    with pytest.raises(refusals.Unreachable):
        client.get(url)


def test_after_a_burst_the_pace_is_kept(here: Site) -> None:
    here.pages["/a"] = Page("a")
    slept: list[float] = []
    client = Polite(per_hour=3600, heed_robots=False, sleep=slept.append)
    with clock.at(clock.now()):
        for _ in range(6):
            client.get(f"{here.url}/a")
        assert slept == [1.0, 2.0]
        with pytest.raises(refusals.HostWaits) as told:
            Polite(per_hour=3600, heed_robots=False, patience=2.0).get(f"{here.url}/a")
        assert told.value.until == clock.now() + timedelta(seconds=3)


@pytest.mark.django_db(transaction=True)
def test_processes_share_one_pace() -> None:
    """Eight at once take eight different moments, evenly apart."""
    now = clock.now()
    waits: list[float] = []

    def take() -> None:
        for _ in range(5):
            waits.append(reserve("example.org", step=timedelta(seconds=1), now=now, patience=timedelta(hours=1))[0])
        connection.close()

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [0.0] * 4 + [float(second) for second in range(1, 37)]


def test_a_checked_socket(here: Site, client: Polite) -> None:
    here.pages["/a"] = Page("a")
    with client.connect(f"ws://127.0.0.1:{here.server_port}/a") as sock:
        sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
        assert sock.recv(12) == b"HTTP/1.0 200"
    with pytest.raises(AddressInside):
        client.connect(f"wss://localhost:{here.server_port}/a")

"""2,000 feeds on 2,000 hosts of this machine polled once, one in twenty broken; feedparser on the same bytes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from benchmarks.report import Row

FEEDS = int(os.environ.get("BENCH_FEEDS", "2000"))
ITEMS, THREADS, BROKEN_EVERY = 30, 4, 20
WORDS = ("honey", "sourdough", "crumb", "crust", "chestnut", "lime", "queue", "late", "broken", "jar", "label")

# Its own process: what it takes to serve is no part of what it takes to read.
SERVER = """
import asyncio, sys
from benchmarks.feeds import answer, hosts
port, count = int(sys.argv[1]), int(sys.argv[2])

async def serve(reader, writer):
    try:
        head = await reader.readuntil(b"\\r\\n\\r\\n")
        address = writer.get_extra_info("sockname")[0]
        writer.write(answer(head.decode().lower(), address))
        await writer.drain()
    finally:
        writer.close()

async def main():
    server = await asyncio.start_server(serve, hosts(count), port, backlog=64)
    print("open", flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


def feeds() -> list[Row]:
    from django.conf import settings

    from essaim.listening.models import Mention, Source

    settings.LISTEN_HOSTS = hosts(FEEDS)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVER, f"{port}", f"{FEEDS}"], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        before = Mention.objects.count()
        sources = [
            Source(kind="feed", name=f"Feed {number}", address=f"http://{host}:{port}/feed")
            for number, host in enumerate(hosts(FEEDS))
        ]
        Source.objects.bulk_create(sources)
        wall, spent = poll(sources)
        again, _ = poll(sources)
    finally:
        server.kill()
        server.wait()
    failing = Source.objects.filter(kind="feed", failures__gt=0).count()
    wrong = abs(failing - sum(1 for number in range(FEEDS) if is_broken(number)))
    bodies = [feed(number) for number in range(FEEDS) if not is_broken(number)]
    return [
        Row(f"{FEEDS:,} feeds polled once, {THREADS} at a time", wall, "s"),
        Row("the same, processor time of this process", 1e3 * spent / FEEDS, "ms/feed"),
        Row("posts stored", Mention.objects.count() - before, "posts"),
        Row("feeds that failed, each alone", failing, "feeds"),
        Row("feeds that failed and should not, or the reverse", wrong, "feeds"),
        Row("polled again: nothing new (304)", again, "s"),
        *parsing(bodies[:200]),
    ]


def poll(sources: list) -> tuple[float, float]:
    from django.db import connection

    from essaim.listening import polling

    def visit(part: list) -> None:
        for source in part:
            polling.visit(source)
        connection.close()

    began, used = time.perf_counter(), time.process_time()
    for source in sources:
        source.refresh_from_db()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(visit, [sources[start::THREADS] for start in range(THREADS)]))
    return time.perf_counter() - began, time.process_time() - used


def parsing(bodies: list[bytes]) -> list[Row]:
    """What it takes to parse alone, with the reader used and with the one everybody uses."""
    import fastfeedparser
    import feedparser

    def per_feed(parse) -> float:
        began = time.process_time()
        for body in bodies:
            parse(body)
        return 1e3 * (time.process_time() - began) / len(bodies)

    fast = Row("parsed by fastfeedparser alone", per_feed(fastfeedparser.parse), "ms/feed")
    slow = per_feed(feedparser.parse)
    return [fast, Row("parsed by feedparser alone", slow, "ms/feed", fast.figure, slow / fast.value)]


def hosts(count: int) -> list[str]:
    """All of 127/8 is this machine: each feed has a host, with its pace and its robots.txt."""
    return [f"127.7.{number // 200}.{number % 200 + 1}" for number in range(count)]


def is_broken(number: int) -> bool:
    return number % BROKEN_EVERY == 7


def answer(head: str, address: str) -> bytes:
    _, _, high, low = address.split(".")
    number = int(high) * 200 + int(low) - 1
    if head.startswith("get /robots.txt "):
        return reply(b"User-agent: *\nDisallow: /private", "200 OK")
    if not is_broken(number) and "if-none-match:" in head:
        return reply(b"", "304 Not Modified")
    if not is_broken(number):
        return reply(feed(number), "200 OK", f'ETag: "{number}"\r\n')
    kinds = (
        (b"", "404 Not Found"),
        (b"", "500 Internal Server Error"),
        (b"<!doctype html><p>no feed", "200 OK"),
        (b"%PDF-1.4", "200 OK"),
        (b"gone", "410 Gone"),
    )
    return reply(*kinds[number // BROKEN_EVERY % len(kinds)])


def reply(body: bytes, status: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n".encode() + body


def feed(number: int) -> bytes:
    """Thirty items of about 1.4 kB."""
    items = []
    for item in range(ITEMS):
        words = paragraph((number * 7 + item * 3) % len(WORDS))
        items.append(
            f"<item><title>{number}-{item} {words[:40]}</title><link>https://f{number}.example/{item}</link>"
            f"<guid>https://f{number}.example/{item}</guid><pubDate>Tue, 10 Mar 2026 10:{item:02}:00 GMT</pubDate>"
            f"<author>Author {number % 700}</author><description>&lt;p&gt;{words}&lt;/p&gt;</description></item>"
        )
    return f'<rss version="2.0"><channel><title>F{number}</title>{"".join(items)}</channel></rss>'.encode()


@cache
def paragraph(start: int) -> str:
    return " ".join(WORDS[(start + step * step) % len(WORDS)] for step in range(200))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""How long a newcomer waits, and what his browser carries: demo build, cold start, weight of the home page."""

from __future__ import annotations

import os
import tempfile
import time
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from benchmarks import houses
from benchmarks.report import Row, against, publish


def main() -> None:
    empty = _empty_database()
    with houses.built() as (home, build), houses.opened(home) as (url, second_start):
        page, everything, files = weigh(url + "/")
    rows = [
        empty,
        against("demo house of 300 members, from nothing", build, "s", empty),
        against("cold start of an empty house, to its first page", _cold_start(), "s", empty),
        against("start of a built house, to its first page", second_start, "s", empty),
        Row("home page, its HTML compressed", page / 1000, "KB"),
        Row(f"home page with its {files} files, compressed", everything / 1000, "KB"),
    ]
    publish("house", rows)


def _empty_database() -> Row:
    """The floor under every start: a database made, started and stopped, with nothing in it."""
    from essaim.server.postgres import Postgres

    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        began = time.perf_counter()
        with Postgres(Path(folder) / "house").running():
            pass
        return Row("PostgreSQL made, started, stopped", time.perf_counter() - began, "s")


def _cold_start() -> float:
    with (
        tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder,
        houses.opened(Path(folder) / "house") as opened,
    ):
        return opened[1]


class _Files(HTMLParser):
    """The addresses a browser fetches for the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"script", "img"} and given.get("src"):
            self.found.add(str(given["src"]))
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"} and given.get("href"):
            self.found.add(str(given["href"]))


def weigh(url: str) -> tuple[int, int, int]:
    """Bytes of the page, bytes with all its files, and how many files; compressed as a browser asks."""
    page, text = _fetched(url)
    files = _Files()
    files.feed(text)
    sizes = [_fetched(urljoin(url, address))[0] for address in sorted(files.found) if not address.startswith("data:")]
    return page, page + sum(sizes), len(sizes)


def _fetched(url: str) -> tuple[int, str]:
    """Bytes on the wire, and the text as sent without compression."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        size = len(answer.read())
    with urllib.request.urlopen(url, timeout=20) as answer:
        return size, answer.read().decode(errors="replace")


if __name__ == "__main__":
    os.environ.setdefault("ESSAIM_DEMO", "1")
    main()

"""Is this a page, and which feeds does it announce (`<link rel="alternate">`)? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Announced:
    url: str
    title: str


def is_page(body: bytes) -> bool:
    return bool(_PAGE.match(body[:4096].removeprefix(b"\xef\xbb\xbf")))


def feeds_of(body: bytes, url: str) -> list[Announced]:
    """In the order of the page; those of comments last."""
    reader = _Links()
    reader.feed(body[:500_000].decode("utf-8", "replace"))
    found: dict[str, Announced] = {}
    for attributes in reader.links:
        rels = (attributes.get("rel") or "").lower().split()
        if "alternate" in rels and (attributes.get("type") or "").strip().lower() in TYPES and attributes.get("href"):
            try:
                address = urljoin(reader.base or url, (attributes["href"] or "").strip())
            except ValueError:
                continue
            if address.startswith(("http://", "https://")):
                found.setdefault(address, Announced(address, " ".join((attributes.get("title") or "").split())))
    return sorted(found.values(), key=lambda each: "comment" in f"{each.url} {each.title}".lower())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.links.append(dict(attrs))
        elif tag == "base" and not self.base:
            self.base = dict(attrs).get("href") or ""

"""Atom feeds (RFC 4287), written with the standard library's XML writer so that nothing needs escaping by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `id` never changes; `html` is trusted, already cleaned markup."""

    id: str
    title: str
    url: str
    updated: datetime
    author: str = ""
    html: str = ""


def atom(*, id: str, title: str, url: str, feed_url: str, entries: Iterable[Entry], language: str = "") -> str:
    """The text of a feed; its date is that of its newest entry."""
    listed = list(entries)
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE} | ({"xml:lang": language} if language else {}))
    newest = max((entry.updated for entry in listed), default=datetime(1970, 1, 1, tzinfo=UTC))
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", newest.isoformat())
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": url})
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": feed_url})
    for entry in listed:
        _write(feed, entry, title)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def _write(feed: ElementTree.Element, entry: Entry, house: str) -> None:
    element = ElementTree.SubElement(feed, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated.isoformat())
    ElementTree.SubElement(element, "link", {"rel": "alternate", "href": entry.url})
    _add(ElementTree.SubElement(element, "author"), "name", entry.author or house)
    if entry.html:
        _add(element, "content", entry.html).set("type", "html")


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = text.translate(_FORBIDDEN)
    return child

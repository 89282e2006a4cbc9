"""What the Recommendation asks (W3C Webmention, 2017): who may tell what, where an endpoint stands, whether a page
speaks of another. Pure."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.sources.refusals import NotRead

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360, 1440))
MOST_CHARACTERS = 2000
_LINK = re.compile(r'\s*<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?\s*(?:=\s*(?:"[^"]*"|[^",;\s]+))?)*)\s*(?:,|\Z)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))', re.IGNORECASE)


def check_pair(source: str, target: str, own: str) -> None:
    """3.2.1: two different addresses of the web, the target ours, the source not. Raises NotAWebmention."""
    for address in (source, target):
        if not re.match(r"https?://[^\s/?#]+", address) or len(address) > MOST_CHARACTERS:
            raise NotAWebmention()
    ours = urlsplit(own).netloc.lower()
    if source == target or urlsplit(target).netloc.lower() != ours or urlsplit(source).netloc.lower() == ours:
        raise NotAWebmention()


def speaks_of(body: bytes, content_type: str, target: str, at: str) -> bool:
    """3.2.2: the page holds exactly this address: as a link or a medium, a value of JSON, a word of plain text."""
    kind = content_type.partition(";")[0].strip().lower()
    text = body.decode("utf-8", "replace")
    if kind.endswith("json"):
        try:
            return target in _values(json.loads(text))
        except (ValueError, RecursionError):
            return False
    if kind == "text/plain":
        return target in re.split(r"[\s<>\"')\]]+", text)
    reader = _Addresses()
    reader.feed(text)
    return any(address == target or _joined(_joined(at, reader.base), address) == target for address in reader.found)


def endpoint_of(link_header: str, body: bytes, at: str) -> str:
    """3.1.2: the first `rel="webmention"` of the Link header, else of a `<link>` or `<a>`, in the page's order."""
    for found in _LINK.finditer(link_header):
        rel = _REL.search(found[2])
        if rel and "webmention" in (rel[1] or rel[2]).lower().split():
            return _joined(at, found[1])
    reader = _Addresses()
    reader.feed(body.decode("utf-8", "replace"))
    return _joined(_joined(at, reader.base), reader.endpoints[0]) if reader.endpoints else ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _values(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_values, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_values, value)) if value else set()
    return {value} if isinstance(value, str) else set()


class _Addresses(HTMLParser):
    """What a page links to and shows; where it takes webmentions. Comments are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.endpoints: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found.update(value for key, value in attrs if key in {"href", "src", "poster"} and value)
        if tag == "base" and not self.base:
            self.base = named.get("href") or ""
        if tag in {"link", "a"} and "href" in named and "webmention" in (named.get("rel") or "").lower().split():
            self.endpoints.append(named["href"] or "")


class NotAWebmention(Refusal):
    status = 400
    cause = _("This is no webmention for this house.")
    remedy = _("Send “source”, a page of yours, and “target”, a public page of this house that it links to.")


class NotListeningToThem(Refusal):
    status = 404
    cause = _("This house does not take webmentions at the moment.")
    remedy = _("Write to its people instead.")


class TooManyWaiting(Refusal):
    status = 503
    cause = _("Too many webmentions are waiting to be checked.")
    remedy = _("Send it again in an hour.")


class NoLink(NotRead):
    cause = _("The page does not link to the one it is said to speak of.")
    remedy = _("Nothing to do; its author may send it again.")


class NoEndpoint(NotRead):
    cause = _("This page takes no webmentions.")
    remedy = _("Answer there by hand.")

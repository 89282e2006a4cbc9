"""A feed of any kind read into posts: RSS, Atom, RDF, JSON Feed; podcasts too.

fastfeedparser reads seventy times faster than feedparser, and alone reads JSON Feed; feedparser takes what the fast
one refuses, and XML that is not well-formed, of which the fast one loses words.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from essaim.connectors.feeds.discovery import feeds_of, is_page
from essaim.connectors.feeds.domain import FeedBroken, NotAFeed, PageWithFeed
from essaim.kit.errors import gettext_noop as _
from essaim.listening.bylines import WEB, byline, site_of
from essaim.listening.plain import words
from essaim.listening.post import Post, Refused

MOST_ENTRIES = 5_000
# Kept as they are and put into the reader's language when shown.
NAMELESS = _("The entry has neither an address nor an id.")
WORDLESS = _("The entry has neither a title nor a text.")
TOO_MANY = _("The feed holds too many entries: the rest was left out.")
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_STRAY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_TOMBSTONE = re.compile(rb"<(?:\w+:)?deleted-entry\b([^>]*)>")
_REF = re.compile(rb"\bref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_GLOBAL = re.compile(r"(https?://|tag:|urn:)\S", re.IGNORECASE)
Entry = Mapping[str, Any]


@dataclass
class Feed:
    title: str
    language: str
    following: str
    """Where older entries stand (RFC 5005, JSON Feed's `next_url`); empty when nowhere."""
    posts: list[Post] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_feed(body: bytes, url: str, now: datetime, content_type: str = "") -> Feed:
    """Raises PageWithFeed, NotAFeed and FeedBroken."""
    if is_page(body):
        announced = feeds_of(body, url)
        raise PageWithFeed(feed=announced[0].url) if announced else NotAFeed()
    found = parsed(body, content_type)
    about, entries = found.get("feed") or {}, found.get("entries") or []
    language = (_text(about.get("language")) or _declared_language(body))[:2].lower()
    feed = Feed(words(_text(about.get("title")), 200), language, _following(about, body, url))
    for number, entry in enumerate(entries[:MOST_ENTRIES], 1):
        made = _post(entry, number, url, language, now, _text(about.get("author")))
        (feed.refused if isinstance(made, Refused) else feed.posts).append(made)  # type: ignore[arg-type]
    if len(entries) > MOST_ENTRIES:
        feed.refused.append(Refused(f"#{MOST_ENTRIES + 1}", TOO_MANY))
    feed.posts += _tombstones(body, url, now)
    return feed


def parsed(body: bytes, content_type: str = "") -> Mapping[str, Any]:
    """What the faster reader finds, or the more patient one."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(body)
    body = _DOCTYPE.sub(b"", body, count=1)  # entities of one's own are the stuff of bombs
    if not body.strip():
        raise NotAFeed()
    if _charset(content_type) in {"", "utf-8", "utf8"} and not _STRAY.search(_CDATA.sub(b"", body)):
        import fastfeedparser

        try:
            body.decode()
            return dict(fastfeedparser.parse(body))
        except (ValueError, LookupError, RecursionError):
            pass  # the other one is more patient
    return _patiently(body, content_type)


def _json(body: bytes) -> Mapping[str, Any]:
    import fastfeedparser

    try:
        return dict(fastfeedparser.parse(body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NotAFeed() from error


def _patiently(body: bytes, content_type: str) -> Mapping[str, Any]:
    import feedparser

    headers = {"content-type": content_type} if content_type else {}
    found = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    if not found.entries and not found.feed.get("title") and not found.version:
        fault = found.get("bozo_exception")
        raise FeedBroken(fault=str(fault)[:150]) if fault and b"<" in body[:500] else NotAFeed()
    return found  # type: ignore[no-any-return]


def _charset(content_type: str) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1].lower() if found else ""


def _post(entry: Entry, number: int, feed_url: str, language: str, now: datetime, signed: str) -> Post | Refused:
    link = _link(entry, feed_url)
    guid = _text(entry.get("id"))
    title = words(_text(entry.get("title")), 500)
    text = _body(entry)
    if not (link or guid):
        return Refused(f"#{number}", NAMELESS)
    if not (title or text):
        return Refused(f"#{number}", WORDLESS)
    author = entry.get("author_detail") or {}
    name = _text(author.get("name")) or _text(entry.get("author")) or signed
    updated = _updated(entry)
    return Post(
        platform=WEB,
        external_id=_identity(guid, link, feed_url),
        author=byline(name, _text(author.get("href") or author.get("uri") or author.get("url")), feed_url),
        text=text or title,
        published=_moment(entry, now),
        url=link,
        title=title,
        language=language,
        tags=_tags(entry.get("tags") or ()),
        labels=_enclosure(entry, feed_url),
        edited=min(updated, now) if updated else None,
    )


def _identity(guid: str, link: str, feed_url: str) -> str:
    """An id of the whole web: a guid that is only the feed's own is told apart by the site."""
    made = guid if _GLOBAL.match(guid) else f"{site_of(feed_url)}#{guid}" if guid else link
    return made if len(made) <= 400 else f"{site_of(feed_url)}#{hashlib.sha256(made.encode()).hexdigest()}"


def _link(entry: Entry, feed_url: str) -> str:
    try:
        made = urljoin(feed_url, _text(entry.get("link")).strip()) if entry.get("link") else ""
    except ValueError:
        return ""
    return made if made.startswith(("http://", "https://")) and len(made) <= 2000 else ""


def _body(entry: Entry) -> str:
    """The longest of what the entry holds: many give a teaser and the whole."""
    held = [_text(part.get("value")) for part in entry.get("content") or () if isinstance(part, Mapping)]
    held += [_text(entry.get("description")), _text(entry.get("summary"))]
    return words(max(held, key=len))


def _moment(entry: Entry, now: datetime) -> datetime:
    """When it was published; when it was found, if the entry does not say or cannot be right."""
    for key in ("published", "updated", "created"):
        moment = _parsed_moment(entry, key)
        if moment is not None and OLDEST <= moment <= now + timedelta(days=1):
            return min(moment, now)
    return now


def _updated(entry: Entry) -> datetime | None:
    """Only what the entry says itself: feedparser would give the date of publication instead."""
    return _parsed_moment(entry, "updated") if {"updated", "updated_parsed"} & set(entry) else None


def _parsed_moment(entry: Entry, key: str) -> datetime | None:
    struct = entry.get(f"{key}_parsed")
    try:
        if struct:
            return datetime.fromtimestamp(calendar.timegm(struct), UTC)
        moment = datetime.fromisoformat(_text(entry.get(key)))
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tags(found: Iterable[Any]) -> tuple[str, ...]:
    terms = (_text(tag.get("term") or tag.get("label")) for tag in found if isinstance(tag, Mapping))
    return tuple(dict.fromkeys(" ".join(term.split())[:100] for term in terms if term.strip()))[:20]


def _enclosure(entry: Entry, feed_url: str) -> dict[str, str | int | float]:
    """The sound or the picture of an episode; duration in seconds."""
    for each in entry.get("enclosures") or ():
        address = urljoin(feed_url, _text(each.get("url") or each.get("href")))
        if address.startswith(("http://", "https://")):
            told: dict[str, str | int | float] = {"enclosure": address[:1000]}
            if each.get("type"):
                told["enclosure_type"] = _text(each["type"])[:100]
            if f"{each.get('length') or ''}".isdigit():
                told["enclosure_bytes"] = int(each["length"])
            return told
    return {}


def _declared_language(body: bytes) -> str:
    """RSS names it in an element of its own, which the fast reader passes over."""
    found = re.search(rb"<(?:dc:)?language>\s*([A-Za-z]{2})\b", body[:20_000])
    return found[1].decode() if found else ""


def _following(about: Mapping[str, Any], body: bytes, url: str) -> str:
    for link in about.get("links") or ():
        if link.get("rel") in {"next", "prev-archive"} and link.get("href"):
            return str(urljoin(url, str(link["href"])))
    if body.lstrip()[:1] == b"{" and (found := re.search(rb'"next_url"\s*:\s*"([^"]+)"', body)):
        return str(urljoin(url, found[1].decode("utf-8", "replace").replace("\\/", "/")))
    return ""


def _tombstones(body: bytes, url: str, now: datetime) -> list[Post]:
    """What its author deleted, where the feed says so (RFC 6721)."""
    gone = []
    for found in _TOMBSTONE.finditer(body):
        ref = _REF.search(found[1])
        if ref:
            name = (ref[1] or ref[2]).decode("utf-8", "replace").replace("&amp;", "&")
            gone.append(Post(WEB, _identity(name, "", url), None, "", now, gone=True))
    return gone


def _text(value: object) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""

"""Lists of feeds (OPML 2.0), read and written.

Most lists met in the wild are not well-formed XML: a bare `&` in an address is enough. So the tags are mended one by
one before listparser reads the whole; each mended and each refused entry is told with its line and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape, quoteattr

from essaim.kit.errors import gettext_noop as _
from essaim.listening.sources.refusals import NotAList

MOST_BYTES = 10_000_000
_OPEN = re.compile(r"<outline\b", re.IGNORECASE)
_NEXT = re.compile(r"<outline\b|</outline\s*>|</body\s*>|</opml\s*>|<!--", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"|')(.*?)\2(?=\s*/?>\s*\Z|\s+[\w:.-]+\s*=\s*[\"']|\s*\Z)", re.DOTALL)
_STRICT = re.compile(r"<outline(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?>\s*\Z", re.IGNORECASE)
_STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Kept as they are and put into the reader's language when shown.
MENDED_AMPERSAND = _("A bare “&” was mended.")
MENDED_TAG = _("A tag that was not well-formed was mended.")
NO_ADDRESS = _("No address is to be found in this entry.")
NOT_OF_THE_WEB = _("This is no address of the web.")
TWICE = _("The same address stands higher up in the list.")


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed of a list. `mended` says what had to be repaired, empty when nothing."""

    line: int
    url: str
    title: str
    folders: tuple[str, ...] = ()
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that cannot become a source: where it stands, how it reads, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Tag:
    line: int
    text: str
    url: str
    title: str
    mended: str = ""


def read_list(body: bytes) -> Iterator[Listed | Rejected]:
    """Each feed of the list, and each entry that could not be read. Raises NotAList."""
    text = _decoded(body[:MOST_BYTES])
    if not re.search(r"<opml\b", text[:5000], re.IGNORECASE) and not _OPEN.search(text):
        raise NotAList()
    mended, tags, refused = _mend(_CONTROLS.sub(" ", _DOCTYPE.sub(_keep_lines, text, count=1)))
    folders = _folders(mended)
    met: set[str] = set()
    found: list[Listed | Rejected] = [*refused, *(_listed(tag, met, folders) for tag in tags)]
    yield from sorted(found, key=lambda each: each.line)


def _listed(tag: _Tag, met: set[str], folders: dict[str, tuple[str, ...]]) -> Listed | Rejected:
    url = re.sub(r"^feed:(//)?(?=https?:)", "", tag.url.strip())
    url = re.sub(r"^feed://", "http://", url)
    if not re.match(r"https?://[^\s/]+", url, re.IGNORECASE) or re.search(r"\s", url):
        return Rejected(tag.line, url[:100], NOT_OF_THE_WEB)
    if url in met:
        return Rejected(tag.line, url[:100], TWICE)
    met.add(url)
    return Listed(tag.line, url, tag.title or url, folders.get(tag.url.strip(), ()), tag.mended)


def _decoded(body: bytes) -> str:
    """By its byte order mark, by what it declares, as UTF-8, or as what old programs of Windows wrote."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", body)
    for encoding in (declared[1].decode("ascii") if declared else "utf-8", "utf-8"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _mend(text: str) -> tuple[str, list[_Tag], list[Rejected]]:
    """The text with every outline well-formed, on the same line as before; those that bring a feed; the hopeless."""
    tags: list[_Tag] = []
    refused: list[Rejected] = []
    parts: list[str] = []
    done, line, counted = 0, 1, 0
    for found in _OPEN.finditer(text):
        start = found.start()
        if start < done:
            continue
        line, counted = line + text.count("\n", counted, start), start
        raw = text[start : _end(text, start)]
        parts.append(_STRAY.sub("&amp;", text[done:start]))
        tag = _tag(raw, line)
        if isinstance(tag, Rejected):
            refused.append(tag)
            parts.append("\n" * raw.count("\n"))
        else:
            parts.append(tag.text)
            if tag.url:
                tags.append(tag)
        done = start + len(raw)
    parts.append(_STRAY.sub("&amp;", text[done:]))
    return "".join(parts), tags, refused


def _end(text: str, start: int) -> int:
    """Where the tag ends: at the last `>` before the next tag begins."""
    following = _NEXT.search(text, start + 8)
    limit = following.start() if following else len(text)
    last = text.rfind(">", start, limit)
    return last + 1 if last > start else limit


def _tag(raw: str, line: int) -> _Tag | Rejected:
    attributes = {name.lower(): unescape(value) for name, _quote, value in _ATTRIBUTE.findall(raw[8:])}
    url, title = attributes.get("xmlurl", ""), attributes.get("title") or attributes.get("text") or ""
    title = " ".join(title.split())[:200]
    lost = "xmlurl" in raw.lower() and not url.strip()
    if lost or (not url and attributes.get("type", "").lower() in {"rss", "atom"}):
        return Rejected(line, " ".join(raw.split())[:100], NO_ADDRESS)
    if _STRICT.match(raw):
        stray = bool(_STRAY.search(raw))
        return _Tag(line, _STRAY.sub("&amp;", raw), url, title, MENDED_AMPERSAND if stray else "")
    closed = "/" if raw.rstrip().endswith("/>") or url else ""
    inner = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return _Tag(line, f"<outline {inner}{closed}>" + "\n" * raw.count("\n"), url, title, MENDED_TAG)


def _folders(text: str) -> dict[str, tuple[str, ...]]:
    """In which folder each address stands, as listparser reads the mended list."""
    import listparser

    return {feed.url: tuple(feed.categories[0]) if feed.categories else () for feed in listparser.parse(text).feeds}


def _keep_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def write_list(title: str, feeds: Iterable[tuple[str, str]]) -> str:
    """An OPML 2.0 list of (name, address)."""
    lines = "\n".join(
        f'    <outline type="rss" text={quoteattr(name)} title={quoteattr(name)} xmlUrl={quoteattr(url)}/>'
        for name, url in feeds
    )
    head = f"<head><title>{escape(title)}</title></head>"
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">'
    return f"{opening}\n  {head}\n  <body>\n{lines}\n  </body>\n</opml>\n"

"""The page that speaks of us read into a post: its microformats when it has some, else its title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from essaim.listening.bylines import WEB, byline
from essaim.listening.plain import words
from essaim.listening.post import Post, Tie

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
TIES = (("in-reply-to", Tie.REPLY), ("repost-of", Tie.REPOST), ("like-of", Tie.LIKE), ("quotation-of", Tie.QUOTE))


def read_mention(body: bytes, source: str, target: str, now: datetime) -> Post:
    """One post at `source`, tied to `target` as its h-entry says; a plain link quotes it."""
    import mf2py

    text = body.decode("utf-8", "replace")
    entry = next(_entries(mf2py.parse(doc=text, url=source).get("items", [])), {})
    held = entry.get("properties", {})
    content = _first(held.get("content"))
    said = words(content.get("html") or content.get("value") or "") if isinstance(content, dict) else words(content)
    title = words(_value(_first(held.get("name"))), 500) or words(_title(text), 500)
    tie = next((tie for name, tie in TIES if target in map(_value, held.get(name, ()))), Tie.QUOTE)
    return Post(
        platform=WEB,
        external_id=source,
        author=_author(held, source),
        text=said or words(_value(_first(held.get("summary")))) or title,
        published=_moment(_value(_first(held.get("published"))), now),
        url=source,
        title="" if title == said else title,
        tie=tie,
        parent=target,
        tags=tuple(_value(tag)[:100] for tag in held.get("category", ())[:20]),
    )


def _entries(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        if {"h-entry", "h-review", "h-event"} & set(item.get("type", ())):
            yield item
        yield from _entries(item.get("children", []))


def _author(held: dict[str, Any], source: str) -> Any:
    card = _first(held.get("author"))
    if not isinstance(card, dict):
        return byline(_value(card), "", source)
    named = card.get("properties", {})
    return byline(_value(_first(named.get("name"))) or _value(card), _value(_first(named.get("url"))), source)


def _first(values: Any) -> Any:
    return values[0] if values else ""


def _value(value: Any) -> str:
    """An address or a word, whether it stands alone or inside an h-cite."""
    if isinstance(value, dict):
        inner = value.get("properties", {}).get("url") or [value.get("value", "")]
        return str(inner[0]) if inner else ""
    return str(value or "")


def _title(text: str) -> str:
    begin = text.lower().find("<title")
    return text[text.find(">", begin) + 1 : text.lower().find("</title", begin)] if begin >= 0 else ""


def _moment(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError:
        return now
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment, now) if moment >= OLDEST else now

"""An entry as a row of mentions: first what the post says, made while it is read; then what the batch decides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import orjson

from essaim.listening.intake.lines import NULL, binary, escaped, numbers, optional, words

if TYPE_CHECKING:
    from essaim.listening.intake.entries import Entry

COLUMNS = (
    "published_at, platform, external_id, url, tie, title, text, language, reactions, reach, tags, labels, "
    "parent_key, edited_at, id, voice_id, names, parent_id, received_at, source_id"
)


def begun(entry: Entry) -> str:
    """The fields that are known before the database is asked anything."""
    post = entry.post
    return (
        f"{entry.moment}\t{escaped(post.platform[:40])}\t{escaped(post.external_id[:500])}\t"
        f"{escaped(post.url[:2000])}\t{post.tie}\t{escaped(post.title[:500]) if post.title else ''}\t"
        f"{escaped(post.text)}\t{escaped(post.language[:3]) if post.language else ''}\t"
        f"{min(entry.reactions, 2**31 - 1)}\t{optional(entry.reach)}\t"
        f"{words(tag[:100] for tag in post.tags) if post.tags else '{}'}\t"
        f"{escaped(orjson.dumps(dict(post.labels)).decode()) if post.labels else '{}'}\t"
        f"{binary(entry.parent_key) if entry.parent_key else NULL}\t"
        f"{post.edited.isoformat() if post.edited and post.edited > post.published else NULL}\t"
    )


def ending(source: int, received: datetime) -> str:
    """The fields that all rows of a batch share."""
    return f"\t{received.isoformat()}\t{source}\n"


def line(entry: Entry, end: str) -> str:
    names = numbers(entry.names) if entry.names else "{}"
    return f"{entry.row}{entry.number}\t{optional(entry.voice)}\t{names}\t{optional(entry.parent)}{end}"

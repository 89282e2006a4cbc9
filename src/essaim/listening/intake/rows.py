"""An entry as a row of mentions."""

from __future__ import annotations

import orjson

from essaim.listening.intake.entries import Entry
from essaim.listening.intake.lines import NULL, binary, escaped, numbers, optional, words

COLUMNS = (
    "id, published_at, received_at, source_id, platform, external_id, url, voice_id, tie, title, text, language, "
    "reactions, reach, tags, names, labels, parent_key, parent_id, edited_at"
)


def line(entry: Entry, source: int, received: str) -> str:
    post = entry.post
    return (
        f"{entry.number}\t{entry.moment}\t{received}\t{source}\t{escaped(post.platform[:40])}\t"
        f"{escaped(post.external_id[:500])}\t{escaped(post.url[:2000])}\t{optional(entry.voice)}\t{post.tie}\t"
        f"{escaped(post.title[:500])}\t{escaped(post.text)}\t{escaped(post.language[:3])}\t"
        f"{min(entry.reactions, 2**31 - 1)}\t{optional(entry.reach)}\t"
        f"{words(tag[:100] for tag in post.tags) if post.tags else '{}'}\t{numbers(entry.names)}\t"
        f"{escaped(orjson.dumps(dict(post.labels)).decode()) if post.labels else '{}'}\t"
        f"{binary(entry.parent_key) if entry.parent_key else NULL}\t{optional(entry.parent)}\t"
        f"{post.edited.isoformat() if post.edited and post.edited > post.published else NULL}\n"
    )

"""Words their author changed: they replace what stood here, and are read, matched and compared again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from essaim.kit import clock
from essaim.listening.intake import listeners
from essaim.listening.intake.entries import Entry
from essaim.listening.intake.lines import array, texts
from essaim.listening.intake.months import month_of, stir

# On the web the same address may be told by a feed's teaser and by the page itself: only who brought it changes it.
CHANGED = """
UPDATE listening_mention AS mention SET text = given.text, title = given.title, tags = given.tags::varchar[],
    language = coalesce(nullif(given.language, ''), mention.language), edited_at = given.edited
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS given (id, published_at, edited, text, title, tags, language)
WHERE mention.id = given.id AND mention.published_at = given.published_at AND mention.gone_at IS NULL
    AND given.edited > coalesce(mention.edited_at, mention.published_at)
    AND (mention.text, mention.title) IS DISTINCT FROM (given.text, given.title)
    AND (mention.source_id = %s OR mention.platform <> 'web')
RETURNING mention.id, mention.published_at
"""


def change(edited: Sequence[tuple[Entry, datetime]], source: int) -> list[int]:
    """Each entry with the moment its mention was published; the numbers of those whose words are new."""
    if not edited:
        return []
    columns: list[Any] = [
        array(entry.number for entry, _ in edited),
        array(published for _, published in edited),
        array(entry.post.edited for entry, _ in edited),
        [plain(entry.post.text) for entry, _ in edited],
        [plain(entry.post.title[:500]) for entry, _ in edited],
        [texts(plain(tag[:100]) for tag in entry.post.tags) for entry, _ in edited],
        [entry.post.language[:3] for entry, _ in edited],
    ]
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [*columns, source])
        changed = cursor.fetchall()
    if changed:
        stir({month_of(published) for _, published in changed}, clock.now())
        listeners.tell_changed([number for number, _ in changed])
    return [number for number, _ in changed]


def plain(text: str) -> str:
    """As it would have come in: NUL, which PostgreSQL cannot hold, is a space."""
    return text.replace("\0", " ")

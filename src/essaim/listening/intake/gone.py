"""What its author deleted goes from here as well: text, names and author; the row stays, so that a thread holds."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from essaim.kit import clock
from essaim.listening.intake import listeners
from essaim.listening.intake.months import month_of, stir

EMPTY = """
WITH old AS (
    SELECT id, published_at, voice_id FROM listening_mention WHERE id = ANY(%s) AND gone_at IS NULL FOR UPDATE
), emptied AS (
    UPDATE listening_mention AS mention SET text = '', title = '', url = '', external_id = '', tags = '{}',
        names = '{}', labels = '{}', language = '', reactions = 0, reach = NULL, voice_id = NULL, alike_id = NULL,
        gone_at = %s
    FROM old WHERE mention.id = old.id AND mention.published_at = old.published_at
    RETURNING mention.id, mention.published_at, old.voice_id
), lost AS (
    SELECT voice_id, count(*)::int AS many FROM emptied WHERE voice_id IS NOT NULL GROUP BY voice_id
), quieter AS (
    UPDATE listening_voice AS voice SET mentions = GREATEST(0, voice.mentions - lost.many),
        handle = CASE WHEN voice.mentions > lost.many THEN voice.handle END
    FROM lost WHERE voice.id = lost.voice_id
)
SELECT id, published_at FROM emptied
"""


def empty(numbers: Sequence[int]) -> int:
    """Empty these mentions, once; how many there were. A voice that has said nothing else loses its handle."""
    if not numbers:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [list(numbers), clock.now()])
        emptied = cursor.fetchall()
    if emptied:
        stir({month_of(published) for _, published in emptied}, clock.now())
        listeners.tell_gone([number for number, _ in emptied])
    return len(emptied)

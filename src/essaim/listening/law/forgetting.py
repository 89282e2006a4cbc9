"""Mentions and voices let go: at the end of their time, when their author objects, or when he asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from essaim.kit import clock
from essaim.listening.intake import listeners
from essaim.listening.intake.gone import empty
from essaim.listening.intake.months import month_of, stir
from essaim.listening.intake.storing import lock_intake
from essaim.listening.models import Claim, Mention, Suggestion, Voice

PART = 5_000
DELETE = """
WITH old AS (
    DELETE FROM listening_mention WHERE id = ANY(%s) RETURNING id, published_at, source_id, voice_id
), waited AS (
    DELETE FROM listening_waiting USING old WHERE listening_waiting.mention_id = old.id
), fewer AS (
    UPDATE listening_voice AS voice SET mentions = GREATEST(0, voice.mentions - lost.many)
    FROM (SELECT voice_id, count(*)::int AS many FROM old WHERE voice_id IS NOT NULL GROUP BY voice_id) AS lost
    WHERE voice.id = lost.voice_id
), counted AS (
    UPDATE listening_source AS source SET mentions = GREATEST(0, source.mentions - lost.many)
    FROM (SELECT source_id, count(*) AS many FROM old GROUP BY source_id) AS lost WHERE source.id = lost.source_id
)
SELECT id, published_at FROM old
"""
ORPHAN = "UPDATE listening_mention SET parent_id = NULL WHERE parent_id = ANY(%s)"
UNNAME = "UPDATE listening_mention SET names = array_remove(names, %s) WHERE %s = ANY(names)"


@transaction.atomic
def delete_mentions(numbers: Sequence[int]) -> int:
    """Delete these mentions for good; their keys stay, so that they do not come in again."""
    lock_intake()
    listeners.tell_gone(numbers)  # while what they stand for can still be read
    with connection.cursor() as cursor:
        cursor.execute(DELETE, [list(numbers)])
        rows = cursor.fetchall()
        cursor.execute(ORPHAN, [[number for number, _ in rows]])
    if rows:
        stir({month_of(published) for _, published in rows}, clock.now())
    return len(rows)


@transaction.atomic
def forget_voice(voice: Voice) -> int:
    """Empty all it said, take it out of what others said, and delete it; how many mentions were emptied."""
    lock_intake()
    said = Mention.objects.filter(voice=voice).values_list("id", flat=True)
    emptied = 0
    while part := list(said[:PART]):
        emptied += empty(part)
    with connection.cursor() as cursor:
        cursor.execute(UNNAME, [voice.pk, voice.pk])
    Claim.objects.filter(voice=voice).delete()
    Suggestion.objects.filter(voice=voice).delete()
    Voice.objects.filter(pk=voice.pk).delete()
    return emptied

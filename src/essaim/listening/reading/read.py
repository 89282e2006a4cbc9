"""Mentions read, and what they say kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from essaim.kit import clock
from essaim.listening.models import Mention
from essaim.listening.post import Tie
from essaim.listening.reading import listeners
from essaim.listening.reading.edition import current
from essaim.listening.reading.models import Edition, Reading
from essaim.listening.reading.saying import Said, read_texts

BATCH = 2000
AT_ONCE = 500
"""So many new mentions are read where they come in; more are left to the worker."""

_COLUMNS = (
    "language", "polarity", "polarity_confidence", "kind", "kind_confidence", "hostile", "hostile_confidence",
    "aspects", "by_hand", "model", "read_at",
)  # fmt: skip
_OF_FIELD = {
    "language": ("language",),
    "polarity": ("polarity", "polarity_confidence"),
    "kind": ("kind", "kind_confidence"),
    "hostile": ("hostile", "hostile_confidence"),
}
UNREAD = """
SELECT id FROM listening_mention AS mention
WHERE id > %s AND gone_at IS NULL AND tie <> 'like' AND (text <> '' OR title <> '')
  AND NOT EXISTS (SELECT FROM reading_reading WHERE mention_id = mention.id)
ORDER BY id LIMIT %s
"""


def read_new(ids: Sequence[int]) -> int:
    """Read these mentions, again if they were read before; what a person said stays. How many were read."""
    return sum(_read(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def read_waiting() -> int:
    """Read every mention that has not been read, oldest number first."""
    done = last = 0
    while ids := _unread(last):
        done, last = done + read_new(ids), ids[-1]
    listeners.tell(done)
    return done


def read_again() -> int:
    """Read what an earlier edition read, so that all figures come from the same readers."""
    edition, _readers = current()
    done = 0
    while ids := list(Reading.objects.exclude(model=edition).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        if not _read(ids):
            Reading.objects.filter(pk__in=ids).delete()  # their mentions are gone
        done += len(ids)
    listeners.tell(done)
    return done


def forget(ids: Iterable[int]) -> None:
    """Mentions went: nothing stays of what they said."""
    Reading.objects.filter(pk__in=list(ids)).delete()


def forget_gone() -> int:
    """Sweep readings whose mention no longer exists."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM reading_reading AS reading"
            " WHERE NOT EXISTS (SELECT FROM listening_mention WHERE id = reading.mention_id)"
        )
        return int(cursor.rowcount)


def text_of(mention: Mention) -> str:
    """What is read of a mention: its title speaks first."""
    return f"{mention.title}. {mention.text}" if mention.title else mention.text


def _unread(after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [after, BATCH])
        return [row[0] for row in cursor.fetchall()]


def _readable(ids: Sequence[int]) -> QuerySet[Mention]:
    spoken = Mention.objects.filter(pk__in=ids, gone_at=None).exclude(tie=Tie.LIKE.value).exclude(text="", title="")
    return spoken.only("id", "title", "text", "language").order_by("pk")


@transaction.atomic
def _read(ids: Sequence[int]) -> int:
    edition, readers = current()
    mentions = list(_readable(ids))
    said = read_texts([text_of(each) for each in mentions], readers, told=[each.language for each in mentions])
    corrected = Reading.objects.select_for_update().filter(pk__in=ids).exclude(by_hand=[])
    kept = {reading.pk: reading for reading in corrected.order_by("pk")}
    rows = [_row(mention.pk, what, edition, kept) for mention, what in zip(mentions, said, strict=True)]
    Reading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["mention_id"], update_fields=_COLUMNS, batch_size=1000
    )
    return len(rows)


def _row(mention_id: int, said: Said, edition: Edition, kept: Mapping[int, Reading]) -> Reading:
    reading = Reading(
        mention_id=mention_id,
        language=said.language[:3],
        polarity=said.polarity,
        polarity_confidence=said.polarity_confidence,
        kind=said.kind,
        kind_confidence=said.kind_confidence,
        hostile=said.hostile,
        hostile_confidence=said.hostile_confidence,
        aspects=list(said.aspects),
        model=edition,
        read_at=clock.now(),
    )
    if before := kept.get(mention_id):
        reading.by_hand = before.by_hand
        for column in (column for field in before.by_hand for column in _OF_FIELD[field]):
            setattr(reading, column, getattr(before, column))
    return reading

"""Replies, quotes and reposts find what they speak of, whichever comes first."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from essaim.listening.intake.entries import Entry
from essaim.listening.intake.lines import binary, copy_lines, key_array, numbers

HERE = "SELECT key, mention_id FROM listening_key WHERE key = ANY(%s::bytea[])"
ADOPT = """
WITH found AS (
    DELETE FROM listening_waiting AS waiting USING unnest(%s::bytea[], %s::bigint[]) AS come(key, id)
    WHERE waiting.parent_key = come.key RETURNING waiting.mention_id, waiting.published_at, come.id AS parent
)
UPDATE listening_mention AS mention SET parent_id = found.parent FROM found
WHERE mention.id = found.mention_id AND mention.published_at = found.published_at AND found.parent <> mention.id
"""


def find_parents(entries: Sequence[Entry]) -> None:
    """Give each entry the number of its parent, if it is here; the keys of the batch are written already."""
    wanted = {entry.parent_key for entry in entries if entry.parent_key}
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(HERE, [key_array(wanted)])
        here = {bytes(key): number for key, number in cursor.fetchall()}
    for entry in entries:
        parent = here.get(entry.parent_key) if entry.parent_key else None
        entry.parent = None if parent == entry.number else parent


def wait(entries: Sequence[Entry]) -> None:
    waiting = [entry for entry in entries if entry.parent_key and entry.parent is None]
    lines = [f"{entry.number}\t{entry.moment}\t{binary(entry.parent_key)}\n" for entry in waiting if entry.parent_key]
    if lines:
        copy_lines("listening_waiting", "mention_id, published_at, parent_key", lines)


def adopt(entries: Sequence[Entry]) -> None:
    """Children that waited for one of these find it."""
    pairs = [(key, entry.number) for entry in entries for key in entry.keys]
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM listening_waiting)")
        if cursor.fetchone() == (True,):
            cursor.execute(ADOPT, [key_array(key for key, _ in pairs), numbers(number for _, number in pairs)])

"""Replies, quotes and reposts find what they speak of, whichever comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from essaim.listening.intake.entries import Entry
from essaim.listening.intake.lines import array, binary, copy_lines, key_array, numbers, rows_of

AWAITED = "INSERT INTO listening_key (key) SELECT * FROM unnest(%s::bytea[]) ON CONFLICT DO NOTHING"
COME = """
DELETE FROM listening_waiting WHERE parent_key = ANY(%s) RETURNING parent_key, mention_id, published_at
"""
# The bounds let the planner look into the tables of a few months only.
ADOPT = """
UPDATE listening_mention AS mention SET parent_id = found.parent
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) AS found(id, published_at, parent)
WHERE mention.id = found.id AND mention.published_at = found.published_at AND found.parent <> mention.id
    AND mention.published_at BETWEEN %s AND %s
"""


def find_parents(entries: Iterable[Entry], here: Mapping[bytes, int]) -> None:
    """Give each entry the number of its parent, if it is among those that are here."""
    for entry in entries:
        if entry.parent_key:
            parent = here.get(entry.parent_key)
            entry.parent = None if parent == entry.number else parent


def wait(entries: Sequence[Entry]) -> None:
    waiting = [entry for entry in entries if entry.parent_key and entry.parent is None]
    lines = [f"{entry.number}\t{entry.moment}\t{binary(entry.parent_key)}\n" for entry in waiting if entry.parent_key]
    if lines:
        copy_lines("listening_waiting", "mention_id, published_at, parent_key", lines)
        with connection.cursor() as cursor:
            cursor.execute(AWAITED, [key_array(sorted({entry.parent_key for entry in waiting if entry.parent_key}))])


def adopt(come: Mapping[bytes, int]) -> None:
    """Children that waited for one of these find it."""
    found = [(number, moment, come[key]) for key, number, moment in rows_of(come, COME)]
    if found:
        children, moments, parents = zip(*found, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(ADOPT, [numbers(children), array(moments), numbers(parents), min(moments), max(moments)])

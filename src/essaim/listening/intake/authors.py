"""Voices of a batch: those known are counted, the others are given a key, a pseudonym and a sealed handle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from essaim.listening.intake.entries import Entry
from essaim.listening.intake.lines import array, key_array
from essaim.listening.models import Objection
from essaim.listening.voices.keys import pseudonym, seal

# Rows are taken in the order of their keys: whoever else touches several voices does the same.
HEARD = """
UPDATE listening_voice AS voice SET
    first_at = LEAST(voice.first_at, heard.first_at), last_at = GREATEST(voice.last_at, heard.last_at),
    mentions = voice.mentions + heard.mentions, handle_until = GREATEST(voice.handle_until, %s)
FROM unnest(%s::bytea[], %s::timestamptz[], %s::timestamptz[], %s::int[]) AS heard(key, first_at, last_at, mentions)
WHERE voice.key = heard.key RETURNING voice.key, voice.id, voice.handle IS NULL
"""
NEW = """
INSERT INTO listening_voice (handle_until, platform, key, pseudonym, handle, first_at, last_at, mentions)
SELECT %s, * FROM unnest(%s::varchar[], %s::bytea[], %s::varchar[], %s::bytea[], %s::timestamptz[],
    %s::timestamptz[], %s::int[]) RETURNING key, id
"""
RESEALED = """
UPDATE listening_voice AS voice SET handle = again.handle
FROM unnest(%s::bytea[], %s::bytea[]) AS again(key, handle) WHERE voice.key = again.key
"""


@dataclass(slots=True)
class Heard:
    """One author as this batch shows him, first and last: with so many mentions of his own, or only addressed by
    others."""

    platform: str
    handle: str
    first: Entry
    last: Entry
    mentions: int = 0

    def by(self, entry: Entry) -> None:
        moment = entry.post.published
        if moment < self.first.post.published:
            self.first = entry
        elif moment > self.last.post.published:
            self.last = entry


class Authors:
    """The authors and the addressed of a batch, by key: how they were heard, and the numbers of their voices."""

    def __init__(self) -> None:
        self.heard: dict[bytes, Heard] = {}
        self.numbers: dict[bytes, int] = {}

    def hear(self, entries: Iterable[Entry], objected: set[bytes]) -> None:
        """Count who speaks and who is addressed; those who objected are not addressed either."""
        for entry in entries:
            post = entry.post
            if entry.author_key and post.author:
                self._hear(entry.author_key, post.author.handle, entry).mentions += 1
            for key, name in entry.named:
                if key not in objected:
                    self._hear(key, name, entry)

    def _hear(self, key: bytes, handle: str, entry: Entry) -> Heard:
        heard = self.heard.get(key)
        if heard is None:
            heard = self.heard[key] = Heard(entry.post.platform, handle, entry, entry)
        else:
            heard.by(entry)
        return heard

    def write(self, until: datetime) -> None:
        """Write the voices; their handles are kept at least until then."""
        if not self.heard:
            return
        keys = sorted(self.heard)
        rows = [self.heard[key] for key in keys]
        faded = []
        with connection.cursor() as cursor:
            cursor.execute(HEARD, [until, key_array(keys), *_told(rows)])
            for key, number, is_faded in cursor.fetchall():
                self.numbers[bytes(key)] = number
                faded += [bytes(key)] if is_faded else []
        self._write_new([key for key in keys if key not in self.numbers], until)
        self._seal_again(faded)

    def _write_new(self, keys: Sequence[bytes], until: datetime) -> None:
        if not keys:
            return
        rows = [self.heard[key] for key in keys]
        given = (
            [row.platform for row in rows],
            key_array(keys),
            [pseudonym(key) for key in keys],
            key_array([seal(row.handle, key) for key, row in zip(keys, rows, strict=True)]),
            *_told(rows),
        )
        with connection.cursor() as cursor:
            cursor.execute(NEW, [until, *given])
            self.numbers.update((bytes(key), number) for key, number in cursor.fetchall())

    def _seal_again(self, keys: Sequence[bytes]) -> None:
        """Who speaks again after his handle was dropped has one again, for as long as this is kept."""
        if keys:
            with connection.cursor() as cursor:
                handles = [seal(self.heard[key].handle, key) for key in keys]
                cursor.execute(RESEALED, [key_array(keys), key_array(handles)])


def _told(rows: Sequence[Heard]) -> tuple[str, str, str]:
    """When they were heard first and last, and how often."""
    first, last = array(row.first.moment for row in rows), array(row.last.moment for row in rows)
    return first, last, array(row.mentions for row in rows)


def objected_among(entries: Iterable[Entry]) -> set[bytes]:
    """The keys of those who objected, among authors and addressed."""
    if not Objection.objects.exists():
        return set()
    keys = {entry.author_key for entry in entries if entry.author_key}
    keys.update(key for entry in entries for key, _ in entry.named)
    return {bytes(key) for key in Objection.objects.filter(key__in=list(keys)).values_list("key", flat=True)}

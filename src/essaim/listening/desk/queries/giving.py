"""Mentions with all that was made of them, as rows of a table: for a file, page after page, in flat memory.

People stand in it by pseudonym. Names written in a text are covered, and the address of a post, which mostly tells
its author's name, is left out unless it is asked for: the mention's own page leads there, and notes who looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from essaim.kit.addresses import address
from essaim.listening.desk.queries.inbox import Wanted, brands_of, narrowed, order
from essaim.listening.models import Source, Voice
from essaim.listening.reading.models import Topic

AT_ONCE = 2_000
COLUMNS = (
    "mention", "published", "platform", "source", "author", "tie", "title", "text", "language", "kind",
    "kind_confidence", "polarity", "polarity_confidence", "hostile", "by_hand", "aspects", "topic", "brands",
    "reactions", "reach", "edited", "state", "reason", "first_answer", "address",
)  # fmt: skip
SELECTED = """SELECT mention.id, mention.published_at, mention.platform, mention.source_id, mention.voice_id,
    mention.tie, mention.title, mention.text, coalesce(nullif(reading.language, ''), mention.language), reading.kind,
    reading.kind_confidence, reading.polarity, reading.polarity_confidence, reading.hostile, reading.by_hand,
    reading.aspects, reading.topic_id, mention.reactions, mention.reach, mention.edited_at,
    coalesce(item.state, 'open'), coalesce(item.reason, ''), item.first_answer_at, mention.url"""
_NAME = re.compile(r"(?<![\w/.@])@[\w.-]*\w(?:@[\w.-]*\w)?")
Row = dict[str, Any]


def rows(wanted: Wanted, *, addresses: bool = False, most: int | None = None) -> Iterator[Row]:
    """The mentions of an inbox, newest first, by column; no more than `most`."""
    sources = dict(Source.objects.values_list("pk", "name"))
    after, left = None, most
    while several := _page(wanted, after, AT_ONCE if left is None else min(AT_ONCE, left)):
        yield from _told(several, sources, addresses)
        after = (several[-1][1], several[-1][0])
        left = None if left is None else left - len(several)
        if left == 0:
            return


def _page(wanted: Wanted, after: tuple[datetime, int] | None, limit: int) -> list[tuple[Any, ...]]:
    tables, where, values = narrowed(wanted)
    place, number = order(wanted)
    if after is not None:
        where, values = f"{where} AND ({place}, {number}) < (%s, %s)", [*values, *after]
    statement = f"{SELECTED} FROM {tables} WHERE {where} ORDER BY {place} DESC, {number} DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit])
        return list(cursor.fetchall())


def _told(several: list[tuple[Any, ...]], sources: dict[int, str], addresses: bool) -> Iterator[Row]:
    voices = Voice.objects.in_bulk({row[4] for row in several if row[4]})
    topics = Topic.objects.in_bulk({row[16] for row in several if row[16]})
    brands = brands_of(row[0] for row in several)
    for row in several:
        told = list(row)
        told[0] = f"{settings.BASE_URL}{address('listening_desk:mention', row[0])}"
        told[3] = sources.get(row[3], "")
        told[4] = voices[row[4]].pseudonym if row[4] in voices else ""
        told[6], told[7] = covered(row[6]), covered(row[7])
        told[14], told[15] = list(row[14] or ()), list(row[15] or ())
        told[16] = str(topics[row[16]]) if row[16] in topics else ""
        told.insert(17, [brand.name for brand in brands.get(row[0], ())])
        told[-1] = row[-1] if addresses else ""
        yield dict(zip(COLUMNS, told, strict=True))


def covered(text: str) -> str:
    """The text without the names of those it addresses."""
    return _NAME.sub("@…", text)

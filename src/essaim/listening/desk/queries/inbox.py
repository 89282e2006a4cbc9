"""The inbox: a page of mentions, newest first, found by key so that the thousandth page is as quick as the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from essaim.kit import clock
from essaim.listening.desk.models import Brand, Item
from essaim.listening.desk.queries.days import days_with, spans, stretches
from essaim.listening.desk.rollup import SAID, day_of, starts
from essaim.listening.intake.search import holding
from essaim.listening.models import Source, Voice
from essaim.listening.reading.models import Kind, Polarity, Topic
from essaim.people.models import Member

PAGE = 30
COUNTED = 1_000
"""More are not counted one by one."""
COUNTED_DAYS = 90
"""How far back is counted when no day is named."""
WINDOWS = (4, 30, 180, None)
"""Days looked through for the next page, one after the other until it is full."""
NEAR = WINDOWS[:2]
"""What does not fill a page so near is rare: it is looked for on the days that have any, where the sums know them."""

OPEN = "(item.mention_id IS NULL OR item.state = 'open' OR (item.state = 'snoozed' AND item.snoozed_until <= %s))"
LANGUAGE = "coalesce(nullif(reading.language, ''), mention.language)"
COLUMNS = """mention.id, mention.published_at, mention.platform, mention.url, mention.title, left(mention.text, 600),
    mention.voice_id, mention.source_id, mention.tie, mention.reactions, mention.language,
    item.state, item.snoozed_until, item.assignee_id, item.reason,
    reading.kind, reading.polarity, reading.language, reading.hostile, reading.topic_id, mention.edited_at"""
JOINS = """{driver}
LEFT JOIN reading_reading AS reading ON reading.mention_id = mention.id"""
FROM_MENTION = """listening_mention AS mention
LEFT JOIN listening_desk_item AS item ON item.mention_id = mention.id"""
FROM_ITEM = """listening_desk_item AS item
JOIN listening_mention AS mention ON mention.id = item.mention_id AND mention.published_at = item.published_at"""
FROM_SPANS = """unnest(%s::timestamptz[], %s::timestamptz[]) AS span (since, until) CROSS JOIN LATERAL (
    SELECT * FROM listening_mention WHERE published_at >= span.since AND published_at < span.until OFFSET 0
) AS mention
LEFT JOIN listening_desk_item AS item ON item.mention_id = mention.id"""
FROM_BRAND = """listening_desk_brandmention AS named
JOIN listening_mention AS mention ON mention.id = named.mention_id AND mention.published_at = named.published_at
LEFT JOIN listening_desk_item AS item ON item.mention_id = mention.id"""


@dataclass(frozen=True)
class Wanted:
    """What the inbox is narrowed down to. `state` is `open` (the default), `answered`, `later`, `closed` or `all`."""

    state: str = "open"
    assignee: int | None = None
    unassigned: bool = False
    kind: str = ""
    polarity: int | None = None
    language: str = ""
    platform: str = ""
    source: int | None = None
    brand: int | None = None
    topic: int | None = None
    aspect: str = ""
    hostile: bool = False
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One mention in the inbox. What is wanting (a reading, an author) is None."""

    id: int
    published_at: datetime
    platform: str
    url: str
    title: str
    text: str
    voice: Voice | None
    source: Source | None
    tie: str
    reactions: int
    state: str
    snoozed_until: datetime | None
    assignee: Member | None
    reason: str
    kind: str
    polarity: int | None
    language: str
    hostile: bool
    topic: Topic | None
    brands: Sequence[Brand] = field(default=())
    edited_at: datetime | None = None

    @property
    def kind_told(self) -> str:
        return str(Kind(self.kind).label) if self.kind else ""

    @property
    def polarity_told(self) -> str:
        return str(Polarity(self.polarity).label) if self.polarity is not None else ""

    @property
    def state_told(self) -> str:
        return str(Item.State(self.state).label)

    @property
    def key(self) -> str:
        return key_of(self.published_at, self.id)


@dataclass(frozen=True)
class Page:
    """Lines with the keys of the pages beside them; `before` is None on the first page."""

    lines: Sequence[Line]
    after: str
    back: str


def key_of(published_at: datetime, pk: int) -> str:
    """Where a page ends, in an address: microseconds since 1970, and the mention's number."""
    moment = (published_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"{moment}-{pk}"


def read_key(text: str) -> tuple[datetime, int] | None:
    """The key, or None of what is none."""
    found = re.fullmatch(r"(-?\d{1,18})-(\d{1,18})", text)
    if found is None:
        return None
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(found[1]))
    except OverflowError:
        return None
    return moment, int(found[2])


def page(wanted: Wanted, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """The mentions after (older than) or before (newer than) a key; the newest without one."""
    older, newer = read_key(after), read_key(before)
    rows = _rows(wanted, older, newer, size + 1)
    more, rows = len(rows) > size, rows[:size]
    if newer is not None:
        rows = rows[::-1]
    lines = _lines(rows)
    if not lines:
        return Page(lines, "", "")
    last, first = lines[-1].key, lines[0].key
    if newer is not None:
        return Page(lines, last, first if more else "")
    return Page(lines, last if more else "", first if older is not None else "")


def count(wanted: Wanted, *, most: int = COUNTED) -> int:
    """How many there are, counted no further than `most` + 1, and no further back than 90 days unless a day says so.

    What was answered, put off or closed is counted whole.
    """
    if days := counted_days(wanted):
        wanted = replace(wanted, since=day_of(clock.now()) - timedelta(days=days))
    source, where, values = narrowed(wanted)
    said_on = _said_on(wanted, None, None) if days else None
    if said_on is not None and 2 * len(said_on) < days:
        source, values = _over(said_on, values)
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT %s) AS found"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, most + 1])
        return int(cursor.fetchone()[0])


def counted_days(wanted: Wanted) -> int:
    """How many days back the count goes; 0 when it is whole."""
    return COUNTED_DAYS if wanted.since is None and driver(wanted) != FROM_ITEM else 0


def neighbours(wanted: Wanted, published_at: datetime, pk: int) -> tuple[int | None, int | None]:
    """The mentions just before (newer) and after (older) this one in the same inbox."""
    here = (published_at, pk)
    newer, older = _rows(wanted, None, here, 1), _rows(wanted, here, None, 1)
    return (newer[0][0] if newer else None), (older[0][0] if older else None)


def _rows(
    wanted: Wanted, older: tuple[datetime, int] | None, newer: tuple[datetime, int] | None, limit: int
) -> list[tuple[Any, ...]]:
    """The nearest ones, looked for in a few days first, then in more: the database reads the months it must."""
    found: list[tuple[Any, ...]] = []
    rare = bool(_dimensions(wanted))
    for days in (None,) if driver(wanted) == FROM_ITEM else NEAR if rare else WINDOWS:
        found = _within(wanted, older, newer, limit, days)
        if len(found) == limit:
            return found
    return _rare(wanted, older, newer, limit) if rare else found


def _rare(
    wanted: Wanted, older: tuple[datetime, int] | None, newer: tuple[datetime, int] | None, limit: int
) -> list[tuple[Any, ...]]:
    """Day after day on which it was said."""
    found: list[tuple[Any, ...]] = []
    for days in stretches(_said_on(wanted, older, newer) or {}, limit, forwards=newer is not None):
        found += _within(wanted, older, newer, limit - len(found), None, over=days)
        if len(found) == limit:
            break
    return found


def _dimensions(wanted: Wanted) -> dict[str, str]:
    """What is looked for and has its sums by day; nothing where something else has an index that finds it sooner."""
    if driver(wanted) != FROM_MENTION or wanted.hostile or wanted.words or wanted.source or wanted.topic:
        return {}
    asked = {"platform": wanted.platform, "language": wanted.language, "kind": wanted.kind, "aspect": wanted.aspect}
    return {name: value for name, value in asked.items() if value}


def _said_on(
    wanted: Wanted, older: tuple[datetime, int] | None, newer: tuple[datetime, int] | None
) -> dict[date, int] | None:
    """The days to look at, of those asked for; None when the sums know nothing of what is looked for."""
    if not (dimensions := _dimensions(wanted)):
        return None
    first = max(filter(None, (wanted.since, newer and day_of(newer[0]))), default=date.min)
    last = min(filter(None, (wanted.until, older and day_of(older[0]))), default=date.max)
    known = days_with(dimensions, wanted.polarity)
    return {day: most for day, most in known.items() if first <= day <= last}


def _over(days: Iterable[date], values: Sequence[Any]) -> tuple[str, list[Any]]:
    """FROM these days only, and the values of the statement."""
    begins, ends = zip(*spans(list(days)), strict=True) if days else ((), ())
    return JOINS.format(driver=FROM_SPANS), [list(begins), list(ends), *values]


def _within(
    wanted: Wanted,
    older: tuple[datetime, int] | None,
    newer: tuple[datetime, int] | None,
    limit: int,
    days: int | None,
    *,
    over: Sequence[date] | None = None,
) -> list[tuple[Any, ...]]:
    source, where, values = narrowed(wanted)
    place, number = order(wanted)
    way, sign = ("ASC", ">") if newer is not None else ("DESC", "<")
    key = newer or older
    if key is not None:
        where, values = f"{where} AND ({place}, {number}) {sign} (%s, %s)", [*values, *key]
    if days is not None:
        edge = (key[0] if key else clock.now()) + timedelta(days=days if newer is not None else -days)
        # Said of both tables: which months are read is decided by the mention's own date.
        for column in dict.fromkeys((place, "mention.published_at")):
            where, values = f"{where} AND {column} {'<=' if newer is not None else '>='} %s", [*values, edge]
    if over is not None:
        source, values = _over(over, values)
    statement = f"SELECT {COLUMNS} FROM {source} WHERE {where} ORDER BY {place} {way}, {number} {way} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit])
        return list(cursor.fetchall())


def driver(wanted: Wanted) -> str:
    """The table the search begins with: the smallest whose index gives the order."""
    if wanted.brand is not None:
        return FROM_BRAND
    if wanted.assignee is not None or wanted.state in ("answered", "later", "closed"):
        return FROM_ITEM
    return FROM_MENTION


def order(wanted: Wanted) -> tuple[str, str]:
    return {
        FROM_BRAND: ("named.published_at", "named.mention_id"),
        FROM_ITEM: ("item.published_at", "item.mention_id"),
        FROM_MENTION: ("mention.published_at", "mention.id"),
    }[driver(wanted)]


def narrowed(wanted: Wanted) -> tuple[str, str, list[Any]]:
    """FROM, WHERE and their values."""
    parts: list[tuple[str, list[Any]]] = [("mention.gone_at IS NULL AND mention.tie = ANY(%s)", [list(SAID)])]
    parts += _of_item(wanted) + _of_mention(wanted) + _of_reading(wanted)
    values = [value for _sql, given in parts for value in given]
    return JOINS.format(driver=driver(wanted)), " AND ".join(sql for sql, _given in parts), values


def _of_item(wanted: Wanted) -> list[tuple[str, list[Any]]]:
    now = clock.now()
    states: Mapping[str, tuple[str, list[Any]]] = {
        "open": (OPEN, [now]),
        "answered": ("item.state = 'answered'", []),
        "later": ("item.state = 'snoozed' AND item.snoozed_until > %s", [now]),
        "closed": ("item.state = 'closed'", []),
    }
    parts = [states[wanted.state]] if wanted.state in states else []
    if wanted.assignee is not None:
        parts.append(("item.assignee_id = %s", [wanted.assignee]))
    if wanted.unassigned:
        parts.append(("item.assignee_id IS NULL", []))
    return parts


def _of_mention(wanted: Wanted) -> list[tuple[str, list[Any]]]:
    place = order(wanted)[0]
    parts: list[tuple[str, list[Any]]] = []
    if wanted.brand is not None:
        parts.append(("named.brand_id = %s", [wanted.brand]))
    if wanted.platform:
        parts.append(("mention.platform = %s", [wanted.platform]))
    if wanted.source is not None:
        parts.append(("mention.source_id = %s", [wanted.source]))
    for column in dict.fromkeys((place, "mention.published_at")):
        if wanted.since is not None:
            parts.append((f"{column} >= %s", [starts(wanted.since)]))
        if wanted.until is not None:
            parts.append((f"{column} < %s", [starts(wanted.until + timedelta(days=1))]))
    where, values = holding(wanted.words, "mention", LANGUAGE)
    if where:
        parts.append((where, list(values)))
    return parts


def _of_reading(wanted: Wanted) -> list[tuple[str, list[Any]]]:
    parts: list[tuple[str, list[Any]]] = []
    if wanted.kind:
        parts.append(("reading.kind = %s", [wanted.kind]))
    if wanted.polarity is not None:
        parts.append(("reading.polarity = %s", [wanted.polarity]))
    if wanted.language:
        parts.append((f"{LANGUAGE} = %s", [wanted.language]))
    if wanted.topic is not None:
        parts.append(("reading.topic_id = %s", [wanted.topic]))
    if wanted.aspect:
        parts.append(("reading.aspects @> %s::varchar[]", [[wanted.aspect]]))
    if wanted.hostile:
        # Few are: their numbers first, by an index of their own. A join would look into every reading of the months.
        parts.append(("mention.id = ANY(ARRAY(SELECT mention_id FROM reading_reading WHERE hostile))", []))
    return parts


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    """With the people, places and brands they name: one query for each kind, however many lines."""
    voices = Voice.objects.in_bulk({row[6] for row in rows if row[6]})
    sources = Source.objects.in_bulk({row[7] for row in rows})
    members = Member.objects.in_bulk({row[13] for row in rows if row[13]})
    topics = Topic.objects.in_bulk({row[19] for row in rows if row[19]})
    brands = brands_of(row[0] for row in rows)
    return [
        Line(
            id=row[0],
            published_at=row[1],
            platform=row[2],
            url=row[3],
            title=row[4],
            text=row[5],
            voice=voices.get(row[6]),
            source=sources.get(row[7]),
            tie=row[8],
            reactions=row[9],
            state=row[11] or Item.State.OPEN.value,
            snoozed_until=row[12],
            assignee=members.get(row[13]),
            reason=row[14] or "",
            kind=row[15] or "",
            polarity=row[16],
            language=row[17] or row[10],
            hostile=bool(row[18]),
            topic=topics.get(row[19]),
            brands=brands.get(row[0], ()),
            edited_at=row[20],
        )
        for row in rows
    ]


def brands_of(mentions: Iterable[int]) -> dict[int, list[Brand]]:
    """The brands each mention names, the house's own first."""
    from essaim.listening.desk.models import BrandMention

    found: dict[int, list[Brand]] = {}
    named = BrandMention.objects.filter(mention_id__in=list(mentions)).select_related("brand")
    for row in named.order_by("-brand__own", "brand__name"):
        found.setdefault(row.mention_id, []).append(row.brand)
    return found

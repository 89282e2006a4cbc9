"""One batch, one transaction: what is new is copied in, what is known is refreshed, what is deleted is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from essaim.kit import clock
from essaim.listening.intake import links
from essaim.listening.intake.authors import Authors, objected_among
from essaim.listening.intake.edited import change
from essaim.listening.intake.entries import Entry
from essaim.listening.intake.gone import empty
from essaim.listening.intake.lines import copy_lines, copy_rows, key_array, key_row
from essaim.listening.intake.months import stir
from essaim.listening.intake.rows import COLUMNS, line
from essaim.listening.intake.search import let_words_wait
from essaim.listening.intake.taken import Taken
from essaim.listening.models import Source

# One batch is written at a time, in the whole house: so a key is decided once, a parent and its child cannot miss
# each other, and who objects is not heard by a batch under way.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('listening intake'))"
# Ten thousand keys look like many to the planner, who would rather read whole tables, however large they grow.
PLANS = (
    "SELECT set_config(name, %s, true) FROM unnest('{enable_seqscan,enable_hashjoin,enable_mergejoin}'::text[]) name"
)
NUMBERS = "SELECT nextval('listening_mention_id_seq') FROM generate_series(1, %s)"
KNOWN = "SELECT key, mention_id, published_at FROM listening_key WHERE key = ANY(%s::bytea[])"
NOTED = """
INSERT INTO listening_key (key, mention_id, published_at)
SELECT * FROM unnest(%s::bytea[], %s::bigint[], %s::timestamptz[]) ON CONFLICT DO NOTHING
"""
GREW = """
UPDATE listening_mention AS mention SET
    reactions = GREATEST(mention.reactions, given.reactions), reach = GREATEST(mention.reach, given.reach)
FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::bigint[]) AS given(id, published_at, reactions, reach)
WHERE mention.id = given.id AND mention.published_at = given.published_at AND mention.gone_at IS NULL
    AND (mention.reactions < given.reactions OR mention.reach IS DISTINCT FROM GREATEST(mention.reach, given.reach))
"""

Known = dict[bytes, tuple[int, datetime]]


def lock_intake() -> None:
    """Nothing comes in until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


@transaction.atomic
def store(entries: Sequence[Entry], read: int, source: Source, *, bulk: bool = False) -> tuple[Taken, list[int]]:
    """Store a batch folded from so many posts; the numbers of mentions that are new or newly worded. `bulk`: its
    months are indexed for search afterwards."""
    lock_intake()
    _look_up_by_index(always=True)
    known = _known(entries)
    fresh, again = _split(entries, known)
    authors = Authors()
    heard = _unless_objected(fresh, authors)
    _write(heard, authors, source, bulk)
    edited = _refresh(again, known, source)
    gone = empty([entry.number for entry in (*again, *heard) if entry.gone])
    taken = Taken(read, len(heard), 0, 0, gone, len(fresh) - len(heard))
    taken.again, taken.edited = read - taken.added - taken.objected, len(edited)
    Source.objects.filter(pk=source.pk).update(mentions=F("mentions") + len(heard))
    _look_up_by_index(always=False)
    return taken, [*(entry.number for entry in heard), *edited]


def _look_up_by_index(*, always: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLANS, ["off" if always else "on"])


def _known(entries: Iterable[Entry]) -> Known:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [key_array(key for entry in entries for key in entry.keys)])
        return {bytes(key): (number, published) for key, number, published in cursor.fetchall()}


def _split(entries: Iterable[Entry], known: Known) -> tuple[list[Entry], list[Entry]]:
    """Those not heard before, and those known. A deletion of what was never here leaves no trace: to remember it
    would be to keep more about its author, not less."""
    fresh, again = [], []
    for entry in entries:
        if any(key in known for key in entry.keys):
            again.append(entry)
        elif not entry.post.gone:
            fresh.append(entry)
    return fresh, again


def _unless_objected(entries: Sequence[Entry], authors: Authors) -> list[Entry]:
    objected = objected_among(authors.find(entries))
    heard = [entry for entry in entries if entry.author_key not in objected]
    authors.hear(heard, objected)
    return heard


def _write(entries: Sequence[Entry], authors: Authors, source: Source, bulk: bool) -> None:
    if not entries:
        return
    now = clock.now()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [entry.post.published for entry in entries]
    stir(moments, now, searchable=not bulk)
    if bulk:
        let_words_wait(moments)
    authors.write(day + timedelta(days=source.retention_days + 1))
    _number(entries, authors)
    _note(entries)
    links.find_parents(entries)
    copy_lines("listening_mention", COLUMNS, [line(entry, source.pk, now.isoformat()) for entry in entries])
    links.wait(entries)
    links.adopt(entries)


def _number(entries: Sequence[Entry], authors: Authors) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(entries)])
        for entry, (number,) in zip(entries, cursor.fetchall(), strict=True):
            entry.number = number
    for entry in entries:
        entry.voice = authors.numbers[entry.author_key] if entry.author_key else None
        if entry.post.names:
            named = (authors.numbers.get(authors.key(entry.post.platform, name)) for name in entry.post.names if name)
            entry.names = [number for number in dict.fromkeys(named) if number is not None]


def _note(entries: Iterable[Entry]) -> None:
    """The lock is held and these keys are new: a plain COPY; the primary key would refuse a second one."""
    rows = [key_row(key, entry.number, entry.post.published) for entry in entries for key in entry.keys]
    rows.sort()  # neighbours in the index are written together
    copy_rows("listening_key", "key, mention_id, published_at", rows)


def _refresh(entries: Sequence[Entry], known: Known, source: Source) -> list[int]:
    """Known posts: a second name they come under is noted, their counts grow, words their author changed are taken
    over; the numbers of these."""
    names: list[tuple[bytes, int, datetime]] = []
    counted: list[tuple[int, datetime, int, int | None]] = []
    edited: list[tuple[Entry, datetime]] = []
    for entry in entries:
        number, published = next(known[key] for key in entry.keys if key in known)
        entry.number = number
        names += [(key, number, published) for key in entry.keys if key not in known]
        if entry.reactions or entry.reach is not None:
            counted.append((number, published, entry.reactions, entry.reach))
        if entry.post.edited and not entry.gone and entry.keys[0] in known:
            edited.append((entry, published))
    with connection.cursor() as cursor:
        if names:
            cursor.execute(NOTED, [list(column) for column in zip(*sorted(names), strict=True)])
        if counted:
            cursor.execute(
                GREW, [list(column) for column in zip(*sorted(counted, key=lambda row: row[0]), strict=True)]
            )
    return change(edited, source.pk)

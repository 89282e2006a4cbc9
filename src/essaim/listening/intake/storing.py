"""One batch, one transaction: what is new is copied in, what is known is refreshed, what is deleted is emptied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from essaim.kit import clock
from essaim.listening.intake import links
from essaim.listening.intake.authors import Authors, objected_among
from essaim.listening.intake.edited import change
from essaim.listening.intake.entries import Entry
from essaim.listening.intake.gone import empty
from essaim.listening.intake.lines import copy_lines, copy_rows, key_rows, rows_of
from essaim.listening.intake.months import stir
from essaim.listening.intake.rows import COLUMNS, ending, line
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
KNOWN = "SELECT key, mention_id, published_at FROM listening_key WHERE key = ANY(%s)"
NOTED = """
INSERT INTO listening_key AS known (key, mention_id, published_at)
SELECT * FROM unnest(%s::bytea[], %s::bigint[], %s::timestamptz[])
ON CONFLICT (key) DO UPDATE SET mention_id = excluded.mention_id, published_at = excluded.published_at
    WHERE known.mention_id IS NULL
"""
GREW = """
UPDATE listening_mention AS mention SET
    reactions = GREATEST(mention.reactions, given.reactions), reach = GREATEST(mention.reach, given.reach)
FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::bigint[]) AS given(id, published_at, reactions, reach)
WHERE mention.id = given.id AND mention.published_at = given.published_at AND mention.gone_at IS NULL
    AND (mention.reactions < given.reactions OR mention.reach IS DISTINCT FROM GREATEST(mention.reach, given.reach))
"""

Known = dict[bytes, tuple[int, datetime]]


def lock_intake(*, briefly: bool = False) -> None:
    """Nothing comes in until the transaction ends. `briefly`: its end does not wait for the disk. A crash of the
    server may then undo it, with all that came after: only for what is done again where it is wanting."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if briefly:
            cursor.execute("SET LOCAL synchronous_commit = off")


@transaction.atomic
def store(entries: Sequence[Entry], read: int, source: Source, *, bulk: bool = False) -> tuple[Taken, list[int]]:
    """Store a batch folded from so many posts; the numbers of mentions that are new or newly worded. `bulk`: its
    months are indexed for search afterwards."""
    lock_intake(briefly=bulk)  # a file is taken in again; the end of its run waits for the disk
    _look_up_by_index(always=True)
    known, awaited = _known(entries)
    fresh, again = _split(entries, known)
    authors = Authors()
    heard = _unless_objected(fresh, authors)
    renamed = _recognise(again, known)
    here = {key: number for key, (number, _) in known.items()} | renamed
    _write(heard, authors, source, bulk, here, awaited)
    edited = _refresh(again, known, renamed, source)
    links.adopt({key: here[key] for key in awaited if key in here})
    gone = empty([entry.number for entry in (*again, *heard) if entry.gone])
    taken = Taken(read, len(heard), 0, 0, gone, len(fresh) - len(heard))
    taken.again, taken.edited = read - taken.added - taken.objected, len(edited)
    Source.objects.filter(pk=source.pk).update(mentions=F("mentions") + len(heard))
    _look_up_by_index(always=False)
    return taken, [*(entry.number for entry in heard), *edited]


def _look_up_by_index(*, always: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLANS, ["off" if always else "on"])


def _known(entries: Sequence[Entry]) -> tuple[Known, set[bytes]]:
    """Which of these posts, and of those they answer, are here; the keys that others answered before they came."""
    wanted = {key for entry in entries for key in entry.keys}
    wanted.update(entry.parent_key for entry in entries if entry.parent_key)
    rows = rows_of(wanted, KNOWN)
    known = {key: (number, published) for key, number, published in rows if number is not None}
    return known, {key for key, number, _ in rows if number is None}


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
    objected = objected_among(entries)
    heard = [entry for entry in entries if entry.author_key not in objected]
    authors.hear(heard, objected)
    return heard


def _recognise(entries: Iterable[Entry], known: Known) -> dict[bytes, int]:
    """Give known posts their number; the keys by which they were not known yet."""
    renamed: dict[bytes, int] = {}
    for entry in entries:
        entry.number, _ = next(known[key] for key in entry.keys if key in known)
        renamed.update((key, entry.number) for key in entry.keys if key not in known)
    return renamed


def _write(
    entries: Sequence[Entry],
    authors: Authors,
    source: Source,
    bulk: bool,
    here: dict[bytes, int],
    awaited: set[bytes],
) -> None:
    """Write the new ones; `here` learns their numbers."""
    if not entries:
        return
    now = clock.now()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    months = [entry.month for entry in entries]
    stir(months, now, searchable=not bulk)
    if bulk:
        let_words_wait(months)
    authors.write(day + timedelta(days=source.retention_days + 1))
    _number(entries, authors)
    _note(entries, awaited)
    here.update((key, entry.number) for entry in entries for key in entry.keys)
    links.find_parents(entries, here)
    end = ending(source.pk, now)
    copy_lines("listening_mention", COLUMNS, (line(entry, end) for entry in entries))
    links.wait(entries)


def _number(entries: Sequence[Entry], authors: Authors) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(entries)])
        for entry, (number,) in zip(entries, cursor.fetchall(), strict=True):
            entry.number = number
    for entry in entries:
        entry.voice = authors.numbers[entry.author_key] if entry.author_key else None
        if entry.named:
            named = (authors.numbers.get(key) for key, _ in entry.named)
            entry.names = [number for number in dict.fromkeys(named) if number is not None]


def _note(entries: Iterable[Entry], awaited: set[bytes]) -> None:
    """The lock is held and these keys are new: a plain COPY; the primary key would refuse a second one. Those that
    are awaited have their row already."""
    rows: list[bytes] = []
    come: list[tuple[bytes, int, datetime]] = []
    for entry in entries:
        keys = entry.keys
        if awaited and not awaited.isdisjoint(keys):
            come += [(key, entry.number, entry.post.published) for key in keys if key in awaited]
            keys = [key for key in keys if key not in awaited]
        rows += key_rows(keys, entry.number, entry.post.published)
    rows.sort()  # neighbours in the index are written together
    copy_rows("listening_key", "key, mention_id, published_at", rows)
    _note_names(come)


def _note_names(names: Collection[tuple[bytes, int, datetime]]) -> None:
    if names:
        with connection.cursor() as cursor:
            cursor.execute(NOTED, [list(column) for column in zip(*sorted(names), strict=True)])


def _refresh(entries: Sequence[Entry], known: Known, renamed: Mapping[bytes, int], source: Source) -> list[int]:
    """Known posts: a second name they come under is noted, their counts grow, words their author changed are taken
    over; the numbers of these."""
    moments = dict(known.values())
    _note_names([(key, number, moments[number]) for key, number in renamed.items()])
    counted: list[tuple[int, datetime, int, int | None]] = []
    edited: list[tuple[Entry, datetime]] = []
    for entry in entries:
        if entry.reactions or entry.reach is not None:
            counted.append((entry.number, moments[entry.number], entry.reactions, entry.reach))
        if entry.post.edited and not entry.gone and entry.keys[0] in known:
            edited.append((entry, moments[entry.number]))
    if counted:
        with connection.cursor() as cursor:
            cursor.execute(
                GREW, [list(column) for column in zip(*sorted(counted, key=lambda row: row[0]), strict=True)]
            )
    return change(edited, source.pk)

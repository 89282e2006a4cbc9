"""Posts in, mentions out: batch after batch, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from essaim.listening.intake import listeners
from essaim.listening.intake.entries import Entry, fold
from essaim.listening.intake.storing import store
from essaim.listening.intake.taken import REFUSED_KEPT, Taken
from essaim.listening.models import Run, Source
from essaim.listening.post import Post, Refused

BATCH = 5_000


@dataclass(slots=True)
class Folded:
    """A batch made ready, before the database is asked anything."""

    entries: list[Entry]
    read: int
    refusals: list[Refused]


def take_in(
    posts: Iterable[Post | Refused],
    *,
    source: Source,
    run: Run | None = None,
    progress: Callable[[int], None] | None = None,
    on_batch: Callable[[], None] | None = None,
    batch: int = BATCH,
) -> Taken:
    """Store what is new of these posts, in any order, and link it; a second time adds nothing.

    Each batch is a transaction, with the run's counts and what `on_batch` writes (a cursor) in it. `progress` hears
    how many posts were read. Listeners (`on_new`) are told of new mentions after their batch was committed.
    """
    return take_folded(folded(posts, batch), source=source, run=run, progress=progress, on_batch=on_batch)


def folded(posts: Iterable[Post | Refused], size: int = BATCH) -> Iterator[Folded]:
    rest = iter(posts)
    while several := list(islice(rest, size)):
        read = [each for each in several if isinstance(each, Post)]
        yield Folded(fold(read), len(read), [each for each in several if isinstance(each, Refused)])


def take_folded(
    batches: Iterable[Folded],
    *,
    source: Source,
    run: Run | None = None,
    progress: Callable[[int], None] | None = None,
    on_batch: Callable[[], None] | None = None,
    bulk: bool = False,
) -> Taken:
    whole = Taken()
    for each in batches:
        with transaction.atomic():
            taken, fresh = store(each.entries, each.read, source, bulk=bulk)
            taken += Taken(refused=len(each.refusals), refusals=each.refusals[:REFUSED_KEPT])
            if run is not None:
                _count(run, taken)
            if on_batch is not None:
                on_batch()
        listeners.tell(fresh)
        whole += taken
        if progress is not None:
            progress(whole.read)
    return whole


def _count(run: Run, taken: Taken) -> None:
    run.read += taken.read
    run.added += taken.added
    run.again += taken.again
    run.gone += taken.gone
    run.refusals += taken.refused
    room = REFUSED_KEPT - len(run.refused)
    run.refused += [[each.place, each.reason] for each in taken.refusals[:room]]
    run.save(update_fields=["read", "added", "again", "gone", "refusals", "refused"])

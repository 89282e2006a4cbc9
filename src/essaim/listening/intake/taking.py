"""Posts in, mentions out: batch after batch, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import transaction

from essaim.listening.intake import listeners
from essaim.listening.intake.storing import store
from essaim.listening.intake.taken import REFUSED_KEPT, Taken
from essaim.listening.models import Run, Source
from essaim.listening.post import Post, Refused

BATCH = 5_000


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
    whole = Taken()
    for several in _batches(posts, batch):
        part = take_batch(several, source=source, run=run, on_batch=on_batch)
        whole += part
        if progress is not None:
            progress(whole.read)
    return whole


def take_batch(
    several: Iterable[Post | Refused],
    *,
    source: Source,
    run: Run | None = None,
    on_batch: Callable[[], None] | None = None,
) -> Taken:
    posts, refusals = [], []
    for each in several:
        (refusals if isinstance(each, Refused) else posts).append(each)
    told = Taken(refused=len(refusals), refusals=refusals[:REFUSED_KEPT])  # type: ignore[arg-type]

    def finish() -> None:
        if on_batch is not None:
            on_batch()

    with transaction.atomic():
        taken, fresh = store(posts, source, finish)  # type: ignore[arg-type]
        taken += told
        if run is not None:
            _count(run, taken)
    listeners.tell(fresh)
    return taken


def _batches(posts: Iterable[Post | Refused], size: int) -> Iterator[list[Post | Refused]]:
    rest = iter(posts)
    while several := list(islice(rest, size)):
        yield several


def _count(run: Run, taken: Taken) -> None:
    run.read += taken.read
    run.added += taken.added
    run.again += taken.again
    run.gone += taken.gone
    run.refusals += taken.refused
    room = REFUSED_KEPT - len(run.refused)
    run.refused += [[each.place, each.reason] for each in taken.refusals[:room]]
    run.save(update_fields=["read", "added", "again", "gone", "refusals", "refused"])

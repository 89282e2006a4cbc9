"""A whole file at once: read by one thread while another writes; words and near-duplicates when all is in."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any, TypeVar

from django.db import connection

from essaim.kit import clock
from essaim.listening.intake.alike import find_all_alike
from essaim.listening.intake.months import month_of
from essaim.listening.intake.search import index_month, index_what_is_bare
from essaim.listening.intake.taken import Taken
from essaim.listening.intake.taking import Folded, folded, take_folded
from essaim.listening.kinds import file_kind
from essaim.listening.models import Run, Source

T = TypeVar("T")
BATCH = 10_000
PATIENCE = 3  # batches without a month before it is held to be left
AHEAD = 2  # batches read before they can be written
BULKY = 20_000_000  # bytes: a smaller file is indexed as it comes in
SWITCH = 0.0005  # seconds: who waits for the database is not kept waiting for the interpreter as well


def import_posts(
    path: Path, *, kind: str, name: str = "", progress: Callable[[int], None] | None = None, **options: Any
) -> Taken:
    """Take a file in under a source of its own; the same file, or one that overlaps, adds only what is new."""
    address = name or path.name
    made = {"name": address, "state": Source.State.DONE, "next_run_at": None}
    source, _ = Source.objects.get_or_create(kind=kind, address=address, defaults=made)
    run = Run.objects.create(source=source, purpose=Run.Purpose.IMPORT)
    bulk = path.is_file() and path.stat().st_size > BULKY
    posts = file_kind(kind).posts(path, **options)
    with _hurried():
        with _indexed_behind(bulk) as passed, ahead(folded(posts, BATCH)) as batches:
            taken = take_folded(map(passed, batches), source=source, run=run, progress=progress, bulk=bulk)
        taken.alike = _finish()
    run.alike, run.ended_at = taken.alike, clock.now()
    run.save(update_fields=["alike", "ended_at"])
    return taken


def _finish() -> int:
    """Words are indexed by the database while near-duplicates are looked for here."""
    found: list[int] = []

    def look() -> None:
        try:
            found.append(find_all_alike())
        finally:
            connection.close()

    if connection.in_atomic_block:  # as in a test: there is one connection
        index_what_is_bare()
        return find_all_alike()
    looking = Thread(target=look, name="alike")
    looking.start()
    index_what_is_bare()
    looking.join()
    return found[0]


@contextmanager
def _indexed_behind(bulk: bool) -> Iterator[Callable[[Folded], Folded]]:
    """Months the file has left behind are indexed for search while it goes on; one it comes back to, at the end."""
    leaving = Leaving()
    if not bulk or connection.in_atomic_block:
        yield lambda batch: batch
        return
    months: Queue[date | None] = Queue()

    def index() -> None:
        try:
            while (month := months.get()) is not None:
                index_month(month)
        finally:
            connection.close()

    def passed(batch: Folded) -> Folded:
        for month in leaving.behind({month_of(entry.post.published) for entry in batch.entries}):
            months.put(month)
        return batch

    indexer = Thread(target=index, name="index behind", daemon=True)
    indexer.start()
    try:
        yield passed
    finally:
        months.put(None)
        indexer.join()


class Leaving:
    """Which months a file has left: in none of its last batches."""

    def __init__(self) -> None:
        self._seen: dict[date, int] = {}
        self._left: set[date] = set()
        self._batches = 0

    def behind(self, months: set[date]) -> list[date]:
        """The months left with this batch, each told once."""
        self._batches += 1
        self._seen.update(dict.fromkeys(months, self._batches))
        old = [month for month, last in self._seen.items() if self._batches - last >= PATIENCE]
        left = sorted(set(old) - self._left)
        self._left.update(left)
        return left


@contextmanager
def ahead(batches: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same batches, each made ready by a thread while the one before is written. It touches no database."""
    ready: Queue[tuple[T | None, BaseException | None]] = Queue(AHEAD)
    left = Event()

    def read() -> None:
        try:
            for each in batches:
                ready.put((each, None))
                if left.is_set():
                    return
        except BaseException as fault:  # noqa: BLE001 - raised again where the batches are wanted
            ready.put((None, fault))
        else:
            ready.put((None, None))

    def given() -> Iterator[T]:
        while True:
            each, fault = ready.get()
            if fault is not None:
                raise fault
            if each is None:
                return
            yield each

    reader = Thread(target=read, name="read ahead", daemon=True)
    reader.start()
    try:
        yield given()
    finally:
        left.set()
        while reader.is_alive():
            if not ready.empty():
                ready.get()
            reader.join(0.01)


@contextmanager
def _hurried() -> Iterator[None]:
    """A batch is some hundred thousand objects without cycles: the collector would look at each again and again."""
    interval, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(SWITCH)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if collects:
            gc.enable()

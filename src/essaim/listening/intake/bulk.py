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
from essaim.listening.intake.looking import can_look_apart, look, look_apart
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
HUGE = 200_000_000  # bytes: a smaller one is in before a process of its own for near-duplicates has paid for itself
SWITCH = 0.0005  # seconds: who waits for the database is not kept waiting for the interpreter as well


def import_posts(
    path: Path, *, kind: str, name: str = "", progress: Callable[[int], None] | None = None, **options: Any
) -> Taken:
    """Take a file in under a source of its own; the same file, or one that overlaps, adds only what is new."""
    address = name or path.name
    made = {"name": address, "state": Source.State.DONE, "next_run_at": None}
    source, _ = Source.objects.get_or_create(kind=kind, address=address, defaults=made)
    run = Run.objects.create(source=source, purpose=Run.Purpose.IMPORT)
    size = path.stat().st_size if path.is_file() else 0
    bulk = size > BULKY
    posts = file_kind(kind).posts(path, **options)
    with _hurried():
        with Behind(bulk, apart=size > HUGE) as behind, ahead(folded(posts, BATCH)) as batches:
            taken = take_folded(map(behind.passed, batches), source=source, run=run, progress=progress, bulk=bulk)
        taken.alike = behind.alike
    run.alike, run.ended_at = taken.alike, clock.now()
    run.save(update_fields=["alike", "ended_at"])
    return taken


class Behind:
    """What follows the mentions of a large file: words are indexed by the database, then near-duplicates looked for,
    month after month as the file leaves them, and in all the others when it has ended. One after the other: who
    notes near-duplicates holds the intake, and would hold it until the month is indexed."""

    def __init__(self, bulk: bool, *, apart: bool = False) -> None:
        self.alike = 0
        self._apart = apart
        self._leaving = Leaving() if bulk else None
        self._left: Queue[date | None] = Queue()
        self._indexed: Queue[date | None] = Queue()
        self._broken_off = False
        self._faults: list[BaseException] = []
        self._threads: list[Thread] = []

    def __enter__(self) -> Behind:
        if not connection.in_atomic_block:  # as in a test: there is one connection
            self._threads = [Thread(target=self._index, name="words"), Thread(target=self._look, name="alike")]
            for thread in self._threads:
                thread.start()
        return self

    def passed(self, batch: Folded) -> Folded:
        if self._leaving:
            for month in self._leaving.behind({entry.month for entry in batch.entries}):
                self._left.put(month)
        return batch

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._broken_off = kind is not None
        self._left.put(None)
        for thread in self._threads:
            thread.join()
        if not self._threads:
            self._index()
            self._look()
        if self._faults and kind is None:
            raise self._faults[0]

    def _index(self) -> None:
        with self._alone():
            try:
                for month in iter(self._left.get, None):
                    index_month(month, alone=False)
                    self._indexed.put(month)
            finally:
                self._indexed.put(None)
            if not self._broken_off:
                index_what_is_bare()

    def _look(self) -> None:
        with self._alone():
            apart = self._apart and self._threads and can_look_apart()
            months = iter(self._indexed.get, None)
            self.alike = (look_apart if apart else look)(months, lambda: not self._broken_off)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A fault here is told when all is in; what it left undone is done in the night."""
        try:
            yield
        except BaseException as fault:  # noqa: BLE001 - raised again where the file is taken in
            self._faults.append(fault)
        finally:
            if self._threads:
                connection.close()


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

"""Two years in twenty seconds: acts waiting for their moment, each done under a clock that says that moment."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from essaim.initiatives.actions import turn_phases
from essaim.initiatives.models import Phase
from essaim.kit import clock
from essaim.people.queries import house_of_request

FORTNIGHT = timedelta(days=14)


def morning(moment: datetime) -> datetime:
    """Ten o'clock of that day, by the house's clock."""
    return timezone.localtime(moment).replace(hour=10, minute=0, second=0, microsecond=0)


class Timeline:
    """Acts in the order of their moments; an act may plan others. One transaction per simulated fortnight."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self._waiting: list[tuple[datetime, int, Callable[..., Any], dict[str, Any]]] = []
        self._numbers = count()

    def plan(self, moment: datetime, act: Callable[..., Any], **given: Any) -> None:
        """`act(**given)` will be done at `moment`; what lies after the end is never done."""
        heapq.heappush(self._waiting, (max(moment, self.start), next(self._numbers), act, given))

    def keep_time(self, phases: Iterable[Phase]) -> None:
        """The clock will take note of each phase the moment it begins and ends."""
        for moment in sorted({moment for phase in phases for moment in (phase.starts_at, phase.ends_at)}):
            self.plan(moment, turn_phases)

    def live(self, each_fortnight: Callable[[bool], object]) -> Iterator[float]:
        """Live through it; yields the part that has passed after each fortnight. `each_fortnight` is told if it is
        the last."""
        friday = self.start
        with _in_haste(), _on_one_processor():
            while friday < self.end:
                friday = min(friday + FORTNIGHT, self.end)
                with transaction.atomic():
                    self._live_until(friday)
                    with clock.at(friday):
                        each_fortnight(friday == self.end)
                yield (friday - self.start) / (self.end - self.start)

    def _live_until(self, limit: datetime) -> None:
        kept = house_of_request.set([])  # read once a fortnight instead of at every act
        while self._waiting and self._waiting[0][0] < limit:
            moment, _, act, given = heapq.heappop(self._waiting)
            with clock.at(moment):
                act(**given)
        house_of_request.reset(kept)


@contextmanager
def _in_haste() -> Iterator[None]:
    """A house half built is thrown away: nothing is lost by not waiting for the disk, nor by an act that fails
    undoing its whole fortnight, so acts within it need no savepoints of their own."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


@contextmanager
def _on_one_processor() -> Iterator[None]:
    """The house asks and its database answers, fifteen thousand times, and one always waits for the other. On one
    processor neither has to be woken on another, which takes longer than many an answer."""
    server = _server_process()
    if server is None:
        yield
        return
    free = os.sched_getaffinity(0)
    _keep_to({max(free)}, server)
    try:
        yield
    finally:
        _keep_to(free, server)


def _keep_to(processors: set[int], server: int) -> None:
    for process in (0, server):
        with suppress(OSError):  # a server of another account may not be told
            os.sched_setaffinity(process, processors)


def _server_process() -> int | None:
    """The process that serves our connection, where it is one of this machine."""
    here = os.path.isabs(connection.settings_dict["HOST"]) and hasattr(os, "sched_setaffinity")
    number = connection.connection.info.backend_pid if here else 0
    command = Path(f"/proc/{number}/comm")
    return number if here and command.exists() and command.read_text() == "postgres\n" else None


@contextmanager
def with_savepoints() -> Iterator[None]:
    """For an act in which something may fail and be taken back by itself, such as a bell that rings already."""
    connection.features.uses_savepoints = True
    try:
        yield
    finally:
        connection.features.uses_savepoints = False

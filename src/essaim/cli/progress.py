"""Progress of long work: a bar on a terminal, plain lines in a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

console = Console(stderr=True, highlight=False)
OnProgress = Callable[[int, int | None], None]


def say(text: str) -> None:
    console.print(text, markup=False)


@contextmanager
def progress(title: str) -> Iterator[OnProgress]:
    """A function to call with (done, total); a total not known is None."""
    started = time.monotonic()
    with _bar(title) if console.is_terminal else _lines(title) as on_progress:
        yield on_progress
    say(f"{title}: done in {time.monotonic() - started:.1f} s")


@contextmanager
def _bar(title: str) -> Iterator[OnProgress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task(title, total=None)

        def tell(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


@contextmanager
def _lines(title: str) -> Iterator[OnProgress]:
    """One line at the start, then one per tenth, or every five seconds when the total is not known."""
    said_tenth, said_at = 0, time.monotonic()
    say(f"{title} …")

    def tell(done: int, total: int | None = None) -> None:
        nonlocal said_tenth, said_at
        tenth = 10 * done // total if total else 0
        if tenth > said_tenth or (not total and time.monotonic() - said_at > 5):
            said_tenth, said_at = tenth, time.monotonic()
            say(f"{title}: {done:,}" + (f" of {total:,}" if total else ""))

    yield tell

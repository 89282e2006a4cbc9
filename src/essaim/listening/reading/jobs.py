"""Read in the worker what is too much to read at once; tidy up at night. What reads is imported when it must."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once


def hear(ids: Sequence[int]) -> None:
    """New mentions came in: a few are read at once, many by the worker, and who comes behind many with them."""
    from essaim.listening.reading import listeners, read

    if len(ids) > read.AT_ONCE:
        ring()
    elif not _is_rung():
        listeners.tell(read.read_new(ids), whole=False)


def forget(ids: Sequence[int]) -> None:
    """Mentions went, and what they said with them."""
    from essaim.listening.reading import read

    read.forget(ids)


@app.periodic(cron="*/10 * * * *")
@app.task(name="reading.read_waiting", queue="listening", queueing_lock="reading.read_waiting")
def read_waiting(timestamp: int) -> None:
    from essaim.listening.reading import read

    read.read_waiting()


@app.periodic(cron="50 2 * * *")
@app.task(name="reading.tidy", queue="listening", queueing_lock="reading.tidy")
def tidy(timestamp: int) -> None:
    """Readings go with their mentions; those of earlier readers are read again."""
    from essaim.listening.reading import read

    read.forget_gone()
    read.read_again()


@app.task(name="reading.read_again", queue="listening", queueing_lock="reading.read_again")
def read_again() -> None:
    """Readers changed: what others read is read again, so that all figures come from the same."""
    from essaim.listening.reading import read

    read.read_again()


@app.periodic(cron="20 3 * * *")
@app.task(name="reading.learn", queue="listening", queueing_lock="reading.learn")
def learn(timestamp: int) -> None:
    """Learn from the corrections of the day; a reader that is not worse is used from now on."""
    from essaim.listening.reading import learning

    outcomes = [learning.retrain(task=task, language=language) for task, language in learning.tasks_corrected()]
    if any(outcome and outcome.is_in_use for outcome in outcomes):
        ring_again()


@app.periodic(cron="40 3 * * *")
@app.task(name="reading.find_topics", queue="listening", queueing_lock="reading.find_topics")
def find_topics(timestamp: int) -> None:
    from essaim.listening.reading import topics

    topics.find_topics()


def ring() -> None:
    """Read soon; one waiting job is enough."""
    _defer(read_waiting, timestamp=0)


def _is_rung() -> bool:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(queueing_lock=read_waiting.name, status="todo").exists()


def ring_again() -> None:
    _defer(read_again)


def ring_learning() -> None:
    """Learn soon: somebody asked."""
    _defer(learn, timestamp=0)


def _defer(task: Any, **arguments: int) -> None:
    defer_once(task.configure(queueing_lock=task.name), **arguments)

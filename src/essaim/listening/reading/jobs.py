"""Read in the worker what is too much to read at once; tidy up at night. What reads is imported when it must."""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate import exceptions
from procrastinate.contrib.django import app


def hear(ids: Sequence[int]) -> None:
    """New mentions came in: a few are read at once, many by the worker."""
    from essaim.listening.reading import read

    if len(ids) <= read.AT_ONCE:
        read.read_new(ids)
    else:
        ring()


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


def ring() -> None:
    """Read soon; one waiting job is enough."""
    from django.db import transaction

    try:
        with transaction.atomic():
            read_waiting.configure(queueing_lock="reading.read_waiting").defer(timestamp=0)
    except exceptions.AlreadyEnqueued:
        return

"""The one clock of the house. It can be set, so that two years may be lived in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC; the simulated one inside `at()`."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at `moment` for this thread or task; blocks may be nested."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield now()
    finally:
        _moment.reset(token)

"""The house's clock: the real time, or a simulated one while a demo or a test lives through two years."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_simulated: ContextVar[datetime | None] = ContextVar("simulated_time", default=None)


def now() -> datetime:
    """The current aware moment."""
    return _simulated.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block, `now()` is `moment` (aware) in this thread or task."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)

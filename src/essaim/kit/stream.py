"""The way up to the activity stream, for the folders that stand below it.

The stream points at members and communities, so their folders cannot import it: it leaves its `record` here
when it is ready, and their acts call it through this door with the same arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_record: Callable[..., Any] | None = None


def lead_to(record: Callable[..., Any]) -> None:
    """Name the function that writes an activity."""
    global _record
    _record = record


def record(act: object, **context: Any) -> Any:
    """Write the activity `act`, as `essaim.activity.record.record` does."""
    if _record is None:
        raise RuntimeError("no activity stream is installed")
    return _record(act, **context)

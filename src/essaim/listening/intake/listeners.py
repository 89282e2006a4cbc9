"""What wants to know of new mentions hangs itself here, from an application's `ready()`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

Listener = Callable[[Sequence[int]], None]
logger = logging.getLogger(__name__)
_listeners: list[Listener] = []
_mourners: list[Listener] = []
_rereaders: list[Listener] = []


def on_new(listener: Listener) -> None:
    """Call `listener` with the numbers of new mentions, after each batch was stored."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(numbers: Sequence[int]) -> None:
    """One that fails does not keep the others, or the next batch, from their work: it must catch up by itself."""
    for listener in _listeners if numbers else ():
        try:
            listener(numbers)
        except Exception:
            logger.exception("%s failed on %d new mentions", listener, len(numbers))


def on_gone(listener: Listener) -> None:
    """Call `listener` with the numbers of mentions that are emptied or deleted, in the same transaction."""
    if listener not in _mourners:
        _mourners.append(listener)


def tell_gone(numbers: Sequence[int]) -> None:
    for listener in _mourners if numbers else ():
        listener(numbers)


def on_changed(listener: Listener) -> None:
    """Call `listener` with the numbers of mentions whose words changed, in the same transaction, to let go of what it
    found in the old ones. Afterwards they are told to listeners once more, as if they were new."""
    if listener not in _rereaders:
        _rereaders.append(listener)


def tell_changed(numbers: Sequence[int]) -> None:
    for listener in _rereaders if numbers else ():
        listener(numbers)

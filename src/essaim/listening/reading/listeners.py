"""What counts what was read hangs itself here, from an application's `ready()`."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[bool], None]
_listeners: list[Listener] = []


def on_read(listener: Listener) -> None:
    """Call `listener` when a pass over mentions has ended: they were read, or put under topics. It is told whether
    that was a pass over all that waited, or only over a few that have just come in, with others right behind."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(number: int, *, whole: bool = True) -> None:
    for listener in _listeners if number else ():
        listener(whole)

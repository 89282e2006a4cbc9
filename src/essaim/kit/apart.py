"""Many things done together where nothing fails, and one failure that spoils nothing but itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")


def done_apart(act: Callable[[Sequence[T]], object], things: Sequence[T]) -> list[tuple[T, Exception]]:
    """Do `act` with all things in one transaction; when it fails, with each half of them, down to single ones.

    What fails alone is given back with its error, and has left nothing behind.
    """
    if not things:
        return []
    try:
        with transaction.atomic():
            act(things)
    except Exception as error:  # noqa: BLE001 - given back to the caller, thing by thing
        if len(things) == 1:
            return [(things[0], error)]
    else:
        return []
    half = len(things) // 2
    return done_apart(act, things[:half]) + done_apart(act, things[half:])

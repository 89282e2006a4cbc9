"""Work shared out over threads: compiled code lets go of the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

from . import errors

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def thread_count(threads: int | None) -> int:
    """The number asked for, or that of the processors this process may use."""
    if threads is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if threads < 1:
        raise errors.BadParameter(f"threads is {threads}: give 1 or more, or leave it out for all cores")
    return threads


def share(task: Callable[[Piece], Result], pieces: Sequence[Piece], threads: int) -> list[Result]:
    """The results of a task on each piece, in the order of the pieces."""
    if threads == 1 or len(pieces) == 1:
        return [task(piece) for piece in pieces]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(task, pieces))


def spans(total: int, parts: int) -> list[tuple[int, int]]:
    """0 … total cut into at most `parts` spans of about equal length."""
    bounds = [total * part // parts for part in range(parts + 1)]
    return [(low, high) for low, high in pairwise(bounds) if high > low]

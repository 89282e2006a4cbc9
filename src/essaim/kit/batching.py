"""Micro-batches: what many ask at once is done in one go, and each hears what came of his own.

One statement for 500 rows costs a database little more than one statement for one. A batch leaves when a lane is free
and `wait` seconds have passed, or at once when it is full: a lonely question waits two milliseconds.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Full(Exception):
    """More is waiting than can be done soon, or the door is closing: come back in a moment."""


class Batcher(Generic[Q, A]):
    """Gathers questions for `work`, which answers a sequence of them in their order.

    At most `most` questions a batch, `room` questions waiting, `lanes` batches under way. When `work` raises,
    everybody of its batch hears it, and nobody else. It belongs to the event loop it is first used in.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Q]], Awaitable[Sequence[A]]],
        *,
        most: int = 512,
        wait: float = 0.002,
        room: int = 20_000,
        lanes: int = 1,
    ) -> None:
        self._work, self._most, self._wait, self._room, self._lanes = work, most, wait, room, lanes
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def ask(self, question: Q) -> A:
        """The answer, once the batch it went with is done. Raises Full, or what the work raised."""
        if self._closing or len(self._waiting) >= self._room:
            raise Full
        if not self._tasks:
            self._open()
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        self._stirred.set()
        return await answer

    async def close(self) -> None:
        """Take no more, finish what waits."""
        self._closing = True
        if self._tasks:
            self._stirred.set()
            await asyncio.gather(*self._tasks)

    def _open(self) -> None:
        self._stirred, self._gathering = asyncio.Event(), asyncio.Lock()
        self._tasks = [asyncio.create_task(self._lane()) for _ in range(self._lanes)]

    async def _lane(self) -> None:
        while self._waiting or not self._closing:
            async with self._gathering:
                await self._gather()
            await self._batch()

    async def _gather(self) -> None:
        """Return when a batch should leave. One lane gathers at a time: batches stay as large as they can be."""
        while not self._waiting and not self._closing:
            self._stirred.clear()
            await self._stirred.wait()
        if len(self._waiting) < self._most and not self._closing:
            await asyncio.sleep(self._wait)

    async def _batch(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        batch = [(question, future) for question, future in batch if not future.done()]  # some have hung up
        if not batch:
            return
        try:
            answers = await self._work([question for question, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever failed is told to those who asked
            _tell(batch, error)
        else:
            for (_, future), answer in zip(batch, answers, strict=True):
                with suppress(asyncio.InvalidStateError):
                    future.set_result(answer)


def _tell(batch: Sequence[tuple[Q, asyncio.Future[A]]], error: Exception) -> None:
    for _, future in batch:
        with suppress(asyncio.InvalidStateError):
            future.set_exception(error)

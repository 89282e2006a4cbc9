"""Micro-batches: what many ask at once is done in one go, and each hears what came of his own.

One statement for 500 rows costs a database little more than one statement for one. The next batch gathers while one
is under way, and leaves when as many wait as left with the larger of the last two: who has just been answered and
asks again is back then. Nobody waits for others longer than `wait` seconds, and who comes alone leaves at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Full(Exception):
    """More is waiting than can be done soon, or the door is closing: come back in a moment."""


class Batcher(Generic[Q, A]):
    """Gathers questions for `work`, which answers a sequence of them in their order.

    At most `most` questions a batch, `room` questions waiting, one batch under way. When `work` raises, everybody of
    its batch hears it, and nobody else. It belongs to the event loop it is first used in.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Q]], Awaitable[Sequence[A]]],
        *,
        most: int = 512,
        wait: float = 0.002,
        room: int = 20_000,
    ) -> None:
        self._work, self._most, self._wait, self._room = work, most, wait, room
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._under_way: asyncio.Task[None] | None = None
        self._last = (0, 0)  # how many left with the two last batches
        self._timer: asyncio.TimerHandle | None = None
        self._looking = self._closing = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def ask(self, question: Q) -> asyncio.Future[A]:
        """The answer, once the batch it went with is done, or what the work raised. Raises Full."""
        if self._closing or len(self._waiting) >= self._room:
            raise Full
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[A] = loop.create_future()
        self._waiting.append((question, answer))
        if not self._looking:
            self._looking = True
            loop.call_soon(self._look)  # after all who came in the same turn of the loop
        return answer

    async def close(self) -> None:
        """Take no more, finish what waits."""
        self._closing = True
        self._look()
        while self._under_way:
            await asyncio.wait([self._under_way])

    def _look(self) -> None:
        """Let the next batch leave if it is due."""
        self._looking = False
        if not self._waiting or self._under_way:
            return
        if len(self._waiting) < max(self._last) and not self._closing:
            self._timer = self._timer or asyncio.get_running_loop().call_later(self._wait, self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        self._last = (self._last[1], len(batch))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        there = [each for each in batch if not each[1].done()]  # some have hung up
        self._under_way = asyncio.create_task(self._carry(there))
        self._under_way.add_done_callback(self._arrived)

    def _arrived(self, _: asyncio.Task[None]) -> None:
        self._under_way = None
        self._look()

    async def _carry(self, batch: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        if not batch:
            return
        try:
            answers = await self._work([question for question, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever failed is told to those who asked
            _tell(batch, error)
        else:
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)


def _tell(batch: Sequence[tuple[Q, asyncio.Future[A]]], error: Exception) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)

"""The count as it moves: one channel to the database per process, and everyone who watches hears the last value.

A slow reader never holds up the others: what he has not read yet is replaced by what is newer. An event is made once
for all who hear it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2s

import psycopg

from essaim.kit.line import AGAIN_AFTER, Line, dsn, notices
from essaim.kit.raw import Message, Receive, Send, answer, header
from essaim.mechanisms.cheer.folding import CHANNEL, STIR, counts

log = logging.getLogger(__name__)

MOST_WATCHERS = 20_000  # per process
STILL_HERE = 20.0  # seconds between two signs of life on a silent stream
HEAD: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ],
}


def part(written: str) -> Message:
    return {"type": "http.response.body", "body": written.encode(), "more_body": True}


AGAIN, ALIVE = part("retry: 2000\n\n"), part(": still here\n\n")
END: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class Watcher:
    """One who watches. Woken when there is something to send, or when he has gone."""

    def __init__(self) -> None:
        self.woken, self.gone = asyncio.Event(), False

    async def until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.leave()

    def leave(self) -> None:
        self.gone = True
        self.woken.set()


class Topic:
    """One campaign's last word, and who watches it."""

    def __init__(self, told: str) -> None:
        self.watchers: set[Watcher] = set()
        self.tell(told)

    def tell(self, told: str) -> None:
        self.mark = blake2s(told.encode(), digest_size=8).hexdigest()
        self.event = part(f"id: {self.mark}\nevent: tally\ndata: {told}\n\n")
        self.wake()

    def wake(self) -> None:
        for watcher in self.watchers:
            watcher.woken.set()

    async def follow(self, watcher: Watcher, mark: str, send: Send) -> None:
        """Send the word now, unless the reader has it already, and each time it moves."""
        if mark != self.mark:
            watcher.woken.set()
        while True:
            await watcher.woken.wait()
            watcher.woken.clear()
            if watcher.gone:
                return
            event, seen = (ALIVE, mark) if mark == self.mark else (self.event, self.mark)
            await send(event)
            mark = seen


class TallyStream:
    """`listener` hears everything the channel says."""

    def __init__(self, listener: Callable[[str | None], None]) -> None:
        self._listener = listener

    async def open(self) -> None:
        self._line, self._turn = Line(dsn()), asyncio.Lock()
        self._topics: dict[int, Topic] = {}
        self._watchers = 0
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._beat())]

    async def close(self) -> None:
        """Let everyone go; they come back to whoever opens next, with what they heard last."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for topic in list(self._topics.values()):
            for watcher in topic.watchers:
                watcher.leave()
        await self._line.close()

    async def once(self, campaign: int, send: Send) -> None:
        """The count now, for who asks every few seconds."""
        told = await self._now(campaign)
        if told is None:
            await answer(send, 404, {"outcome": "nowhere"})
        else:
            await answer(send, 200, json.loads(told))

    async def follow(self, campaign: int, scope: Message, receive: Receive, send: Send) -> None:
        """Server-sent events until the reader goes. `Last-Event-ID` says what he has heard."""
        if self._watchers >= MOST_WATCHERS:
            await answer(send, 503, {"outcome": "busy"}, retry_after=30)
            return
        topic = await self._topic(campaign)
        if topic is None:
            await answer(send, 404, {"outcome": "nowhere"})
            return
        await send(HEAD)
        await send(AGAIN)
        await self._watch(campaign, topic, header(scope, b"last-event-id"), receive, send)

    async def _watch(self, campaign: int, topic: Topic, mark: str, receive: Receive, send: Send) -> None:
        watcher = Watcher()
        topic.watchers.add(watcher)
        self._watchers += 1
        gone = asyncio.create_task(watcher.until_gone(receive))
        try:
            await topic.follow(watcher, mark, send)
            await send(END)
        finally:
            gone.cancel()
            self._watchers -= 1
            topic.watchers.discard(watcher)
            if not topic.watchers and self._topics.get(campaign) is topic:
                del self._topics[campaign]

    async def _topic(self, campaign: int) -> Topic | None:
        if campaign not in self._topics:
            told = await self._now(campaign)
            if told is None:
                return None
            self._topics.setdefault(campaign, Topic(told))
        return self._topics[campaign]

    async def _now(self, campaign: int) -> str | None:
        async with self._turn:
            return (await counts(self._line, [campaign])).get(campaign)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(STILL_HERE)
            for topic in self._topics.values():
                topic.wake()

    async def _listen(self) -> None:
        while True:
            try:
                async for notice in notices(dsn(), CHANNEL):
                    self._listener(notice)
                    await self._hear(notice)
            except psycopg.OperationalError as error:
                log.warning("The count is not heard: %s", error)
            await asyncio.sleep(AGAIN_AFTER)

    async def _hear(self, notice: str | None) -> None:
        """A count that moved; after a silence, all that are watched are read again."""
        if notice == STIR:
            return
        if notice is not None:
            name, _, told = notice.partition(" ")
            if int(name) in self._topics:
                self._topics[int(name)].tell(told)
        elif self._topics:
            async with self._turn:
                found = await counts(self._line, list(self._topics))
            for campaign in found.keys() & self._topics.keys():
                self._topics[campaign].tell(found[campaign])

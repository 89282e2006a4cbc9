"""The count as it moves: one channel to the database per process, and everyone who watches hears the last value.

A slow reader never holds up the others: what he has not read yet is replaced by what is newer.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from hashlib import blake2s

import psycopg

from essaim.kit.line import AGAIN_AFTER, Line, dsn, notices
from essaim.kit.raw import Message, Receive, Send, answer, header
from essaim.mechanisms.cheer.folding import CHANNEL, counts

log = logging.getLogger(__name__)

MOST_WATCHERS = 20_000  # per process
STILL_HERE = 20.0  # seconds between two signs of life on a silent stream
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Topic:
    """One campaign's last word, and the wish to hear the next."""

    def __init__(self, told: str) -> None:
        self.watchers = 0
        self._moved = asyncio.Event()
        self.tell(told)

    def tell(self, told: str) -> None:
        self.told, self.mark = told, blake2s(told.encode(), digest_size=8).hexdigest()
        self._moved.set()
        self._moved = asyncio.Event()

    async def after(self, mark: str) -> bool:
        """Wait until the word is another one than `mark`; False when nothing came for a while."""
        if self.mark != mark:
            return True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), STILL_HERE)
        return self.mark != mark


class TallyStream:
    async def open(self) -> None:
        self._line, self._turn = Line(dsn()), asyncio.Lock()
        self._topics: dict[int, Topic] = {}
        self._watchers = 0
        self._ear = asyncio.create_task(self._listen())

    async def close(self) -> None:
        self._ear.cancel()
        with suppress(asyncio.CancelledError):
            await self._ear
        await self._line.close()

    async def once(self, campaign: int, send: Send) -> None:
        """The count now, for who asks every few seconds."""
        told = await self._now(campaign)
        if told is None:
            await answer(send, 404, {"outcome": "nowhere"})
        else:
            await answer(send, 200, json.loads(told))

    async def follow(self, campaign: int, scope: Message, receive: Receive, send: Send) -> None:
        """Send the count now, unless the reader has it already (Last-Event-ID), and each time it moves."""
        if self._watchers >= MOST_WATCHERS:
            await answer(send, 503, {"outcome": "busy"}, retry_after=30)
            return
        topic = await self._topic(campaign)
        if topic is None:
            await answer(send, 404, {"outcome": "nowhere"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        self._watchers += 1
        topic.watchers += 1
        gone = asyncio.create_task(_gone(receive))
        try:
            await _tell(topic, header(scope, b"last-event-id"), gone, send)
        finally:
            gone.cancel()
            self._watchers -= 1
            topic.watchers -= 1
            if not topic.watchers:
                self._topics.pop(campaign, None)

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

    async def _listen(self) -> None:
        while True:
            with suppress(psycopg.OperationalError):
                async for notice in notices(dsn(), CHANNEL):
                    await self._hear(notice)
            await asyncio.sleep(AGAIN_AFTER)

    async def _hear(self, notice: str | None) -> None:
        """A count that moved; after a silence, all that are watched are read again."""
        if notice is not None:
            name, _, told = notice.partition(" ")
            if int(name) in self._topics:
                self._topics[int(name)].tell(told)
            return
        if self._topics:
            async with self._turn:
                for campaign, told in (await counts(self._line, list(self._topics))).items():
                    self._topics[campaign].tell(told)


async def _tell(topic: Topic, mark: str, gone: asyncio.Task[None], send: Send) -> None:
    await _send(send, b"retry: 2000\n\n")
    while not gone.done():
        word = asyncio.create_task(topic.after(mark))
        await asyncio.wait((word, gone), return_when=asyncio.FIRST_COMPLETED)
        if not word.done():
            word.cancel()
            return
        if word.result():
            mark = topic.mark
            await _send(send, f"id: {mark}\nevent: tally\ndata: {topic.told}\n\n".encode())
        else:
            await _send(send, b": still here\n\n")


async def _send(send: Send, part: bytes) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

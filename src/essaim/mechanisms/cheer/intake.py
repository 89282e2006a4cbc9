"""Burst intake: cheers taken before Django, in the same process.

POST /cheer/live/cheers, JSON {"round": 12, "camp": 3, "words": "…"}; a guest adds his pass's "campaign". The answer
comes after the commit: 200 accepted, changed or duplicate with the camp that stands; 409 closed, with the round's
hours; 403 not of the community, or without a pass; 404 no such camp; 401 signed out; 503 with Retry-After when more
waits than can be written soon.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple

import psycopg
from django.conf import settings

from essaim.kit import raw
from essaim.kit.batching import Batcher, Full
from essaim.kit.line import Line, dsn
from essaim.kit.raw import BodyTooLong, Headers, HungUp, Message, Receive, Send, cookie, made, same_origin
from essaim.mechanisms.cheer import cheers, passes
from essaim.mechanisms.cheer.cheers import Answer, Asked
from essaim.mechanisms.cheer.domain import MessageTooLong, Outcome, clean_words
from essaim.people.recognition import Recognition

log = logging.getLogger(__name__)

MOST_BYTES = 2_048
MOST_HOURS, HOURS_KEPT = 1_000, 5.0  # rounds, seconds
HOURS = """
SELECT phase.starts_at, coalesce(least(phase.ended_at, phase.ends_at), phase.ends_at) FROM initiatives_phase phase
JOIN initiatives_initiative initiative ON initiative.id = phase.initiative_id
WHERE phase.id = %s AND initiative.mechanism = 'cheer' AND initiative.opened_at IS NOT NULL
"""
STATUS = {
    Outcome.ACCEPTED: 200,
    Outcome.CHANGED: 200,
    Outcome.DUPLICATE: 200,
    Outcome.CLOSED: 409,
    Outcome.STRANGER: 403,
    Outcome.UNKNOWN: 404,
}


ELSEWHERE = made(403, {"outcome": "origin"})
TOO_LONG = made(413, {"outcome": "too-long", "most": MOST_BYTES})
MALFORMED = made(400, {"outcome": "malformed"})
SIGNED_OUT = made(401, {"outcome": "signed-out"})
BUSY = made(503, {"outcome": "busy"}, retry_after=2)
NOT_WRITTEN = made(503, {"outcome": "not-written"}, retry_after=5)


class Given(NamedTuple):
    """What a request asks for. A guest names his pass's campaign."""

    phase: int
    camp: int
    words: str
    campaign: int


class Malformed(Exception):
    """The body is not what the address takes."""


class Intake:
    """One batch is written while the next one gathers. `written` is told of each."""

    def __init__(self, written: Callable[[], None], *, room: int = 20_000) -> None:
        self._written, self._room = written, room

    async def open(self) -> None:
        where = dsn()
        self._origin = settings.BASE_URL.rstrip("/")
        self._recognition = Recognition(where)
        await self._recognition.open()
        self._line = Line(where)
        self._hours = Hours(where)
        self._batches: Batcher[Asked, Answer] = Batcher(self._write, room=self._room)

    async def close(self) -> None:
        await self._batches.close()
        await self._recognition.close()
        await self._hours.close()
        await self._line.close()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await raw.answer(send, 405, {"outcome": "method"})
            return
        try:
            given = await raw.body(receive, MOST_BYTES)
        except HungUp:
            return
        except BodyTooLong:
            await raw.give(send, TOO_LONG)
        else:
            await raw.give(send, await self.answer(dict(scope["headers"]), scope["scheme"], given))

    async def answer(self, headers: Headers, scheme: str, body: bytes) -> raw.Answer:
        if not same_origin(headers, scheme, self._origin):
            return ELSEWHERE
        if len(body) > MOST_BYTES:
            return TOO_LONG
        try:
            return await self._cheer(headers, _read(body))
        except MessageTooLong as refusal:
            return made(422, {"outcome": "words", "cause": str(refusal)})
        except Malformed:
            return MALFORMED
        except Full:
            return BUSY
        except psycopg.Error as error:
            log.warning("Cheers could not be written: %s", error)
            return NOT_WRITTEN

    async def _cheer(self, headers: Headers, given: Given) -> raw.Answer:
        asked = await self._asked(headers, given)
        if asked is None:
            return SIGNED_OUT
        got = await self._batches.ask(asked)
        if got.outcome is Outcome.CLOSED:
            return made(409, {"outcome": got.outcome, **await self._hours.of(given.phase)})
        return _told(got)

    async def _asked(self, headers: Headers, given: Given) -> Asked | None:
        """The cheer of who is signed in, else of the guest whose pass the browser carries, else of nobody."""
        member = await self._recognition.member(cookie(headers, settings.SESSION_COOKIE_NAME))
        if member is not None:
            return cheers.of_member(given.phase, given.camp, member, given.words)
        guest = passes.holder(given.campaign, cookie(headers, passes.cookie_of(given.campaign)))
        return cheers.of_guest(given.phase, given.camp, guest, given.words) if guest else None

    async def _write(self, asked: Sequence[Asked]) -> list[Answer]:
        rows = await self._line.rows_again(cheers.INTAKE, cheers.parameters(asked))
        self._written()
        return cheers.answers(asked, rows)


class Hours:
    """When rounds run, for who comes too early or too late: looked up at most every few seconds for each."""

    def __init__(self, dsn: str) -> None:
        self._line, self._turn = Line(dsn), asyncio.Lock()
        self._kept: dict[int, tuple[float, dict[str, str]]] = {}

    async def close(self) -> None:
        await self._line.close()

    async def of(self, phase: int) -> dict[str, str]:
        """{"opens", "closes"} of the round in ISO 8601, nothing for a round that is none."""
        async with self._turn:
            until, told = self._kept.get(phase, (0.0, {}))
            if until < monotonic():
                told = await self._read(phase)
            return told

    async def _read(self, phase: int) -> dict[str, str]:
        try:
            rows = await self._line.rows_again(HOURS, [phase])
        except psycopg.Error:
            return {}  # the refusal stands without its hours
        told = {"opens": rows[0][0].isoformat(), "closes": rows[0][1].isoformat()} if rows else {}
        if len(self._kept) >= MOST_HOURS:
            self._kept.clear()
        self._kept[phase] = (monotonic() + HOURS_KEPT, told)
        return told


@lru_cache(maxsize=1_000)
def _told(got: Answer) -> raw.Answer:
    return made(STATUS[got.outcome], {"outcome": got.outcome, "camp": got.camp})


def _read(written: bytes) -> Given:
    """What a body asks for, checked. Raises Malformed or MessageTooLong."""
    try:
        given = json.loads(written.decode())
        phase, camp, words = given["round"], given["camp"], given.get("words", "")
        campaign = given.get("campaign", 0)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed from error
    if not (_is_id(phase) and _is_id(camp) and isinstance(words, str) and (campaign == 0 or _is_id(campaign))):
        raise Malformed
    return Given(phase, camp, clean_words(words), campaign)


def _is_id(value: Any) -> bool:
    return type(value) is int and 0 < value < 2**63

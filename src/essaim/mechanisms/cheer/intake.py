"""Burst intake: cheers as raw ASGI, before Django, in the same process.

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
from typing import Any

import psycopg
from django.conf import settings

from essaim.kit import raw
from essaim.kit.batching import Batcher, Full
from essaim.kit.line import Line, dsn
from essaim.kit.raw import BodyTooLong, HungUp, Message, Receive, Send, answer, body, cookie, same_origin
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


class Malformed(Exception):
    """The body is not what the address takes."""


class Intake:
    """`lanes` batches are written at the same time, each on a connection of its own. `written` is told of each."""

    def __init__(self, written: Callable[[], None], *, lanes: int = 2, room: int = 20_000) -> None:
        self._written, self._lanes, self._room = written, lanes, room

    async def open(self) -> None:
        where = dsn()
        self._origin = settings.BASE_URL.rstrip("/")
        self._recognition = Recognition(where)
        await self._recognition.open()
        self._free = [Line(where) for _ in range(self._lanes)]
        self._hours = Hours(where)
        self._batches: Batcher[Asked, Answer] = Batcher(self._write, lanes=self._lanes, room=self._room)

    async def close(self) -> None:
        await self._batches.close()
        await self._recognition.close()
        await self._hours.close()
        for line in self._free:
            await line.close()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await answer(send, 405, {"outcome": "method"})
        elif not same_origin(scope, self._origin):
            await answer(send, 403, {"outcome": "origin"})
        else:
            await self._cheer(scope, receive, send)

    async def _cheer(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            given = _read(await body(receive, MOST_BYTES))
            asked = await self._asked(scope, given)
            if asked is None:
                await answer(send, 401, {"outcome": "signed-out"})
                return
            got = await self._batches.ask(asked)
        except HungUp:
            return
        except BodyTooLong:
            await answer(send, 413, {"outcome": "too-long", "most": MOST_BYTES})
        except MessageTooLong as refusal:
            await answer(send, 422, {"outcome": "words", "cause": str(refusal)})
        except Malformed:
            await answer(send, 400, {"outcome": "malformed"})
        except Full:
            await answer(send, 503, {"outcome": "busy"}, retry_after=2)
        except psycopg.Error as error:
            log.warning("Cheers could not be written: %s", error)
            await answer(send, 503, {"outcome": "not-written"}, retry_after=5)
        else:
            if got.outcome is Outcome.CLOSED:
                await answer(send, 409, {"outcome": got.outcome, **await self._hours.of(given["round"])})
            else:
                await raw.give(send, _told(got.outcome, got.camp))

    async def _asked(self, scope: Message, given: dict[str, Any]) -> Asked | None:
        """The cheer of who is signed in, else of the guest whose pass the browser carries, else of nobody."""
        member = await self._recognition.member(cookie(scope, settings.SESSION_COOKIE_NAME))
        if member is not None:
            return cheers.of_member(given["round"], given["camp"], member, given["words"])
        guest = passes.holder(given["campaign"], cookie(scope, passes.cookie_of(given["campaign"])))
        return cheers.of_guest(given["round"], given["camp"], guest, given["words"]) if guest else None

    async def _write(self, asked: Sequence[Asked]) -> list[Answer]:
        line = self._free.pop()
        try:
            rows = await line.rows_again(cheers.INTAKE, cheers.parameters(asked))
        finally:
            self._free.append(line)
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
def _told(outcome: Outcome, camp: int | None) -> raw.Answer:
    return raw.made(STATUS[outcome], {"outcome": outcome, "camp": camp})


def _read(written: bytes) -> dict[str, Any]:
    """{"round", "camp", "words", "campaign"} of a body, checked. Raises Malformed or MessageTooLong."""
    try:
        given = json.loads(written.decode())
        phase, camp, words = given["round"], given["camp"], given.get("words", "")
        campaign = given.get("campaign", 0)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed from error
    if not (_is_id(phase) and _is_id(camp) and isinstance(words, str) and (campaign == 0 or _is_id(campaign))):
        raise Malformed
    return {"round": phase, "camp": camp, "words": clean_words(words), "campaign": campaign}


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63

"""Who a session cookie belongs to, for applications that do not go through Django.

Answers are kept in mind for a minute at most, and forgotten at once when the database says that a session has ended,
a member was shut out or has another password (`sql/recognition.sql`). While nothing is heard, nothing is kept.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from time import monotonic
from typing import Any

import psycopg
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from essaim.kit.batching import Batcher
from essaim.kit.line import AGAIN_AFTER, Line, notices
from essaim.people.models import Member

CHANNEL = "people_recognition"
KEPT_FOR = 60.0  # seconds
MOST_KEPT = 200_000  # sessions; some 40 MB

SESSIONS = """
SELECT session_key, session_data FROM django_session WHERE session_key = ANY(%s) AND expire_date > now()
"""
_ANYONE = Member()  # computes proofs; making a Member each time took most of a lookup
MEMBERS = "SELECT id, password FROM people_member WHERE id = ANY(%s) AND is_active"


class Recognition:
    """The sessions one process keeps in mind. `dsn` leads to the database."""

    def __init__(self, dsn: str) -> None:
        self._dsn, self._line = dsn, Line(dsn)
        self._kept: dict[str, tuple[int, float]] = {}
        self._hears = False
        self._news = 0  # how often something was forgotten: an answer older than the news is not kept
        self._lookups: Batcher[str, int | None] = Batcher(self._look_up, most=256, wait=0.001)
        self._ear: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._ear = asyncio.create_task(self._listen())

    async def close(self) -> None:
        await self._lookups.close()
        if self._ear is not None:
            self._ear.cancel()
            with suppress(asyncio.CancelledError):
                await self._ear
        await self._line.close()

    async def member(self, session: str) -> int | None:
        """The id of the member this session signs in, None for nobody. Raises batching.Full under too much load."""
        if not session:
            return None
        mark = fingerprint(session)
        kept = self._kept.get(mark)
        if kept is not None and kept[1] > monotonic():
            return kept[0]
        news = self._news
        found = await self._lookups.ask(session)
        if found is not None and self._hears and news == self._news:
            self._keep(mark, found)
        return found

    def _keep(self, mark: str, member: int) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[mark] = (member, monotonic() + KEPT_FOR)

    async def _look_up(self, sessions: Sequence[str]) -> list[int | None]:
        stored = await self._line.rows_again(SESSIONS, [list(set(sessions))])
        claims = {key: SessionStore(key).decode(written) for key, written in stored}
        asked = {int(claim[SESSION_KEY]) for claim in claims.values() if SESSION_KEY in claim}
        passwords = dict(await self._line.rows_again(MEMBERS, [list(asked)])) if asked else {}
        return [signed_in(claims.get(session, {}), passwords) for session in sessions]

    async def _listen(self) -> None:
        while True:
            with suppress(psycopg.OperationalError):
                async for told in notices(self._dsn, CHANNEL):
                    self._hears = True
                    self._forget(told)
            self._hears = False
            self._forget(None)
            await asyncio.sleep(AGAIN_AFTER)

    def _forget(self, told: str | None) -> None:
        """What was told of; everything when that is not known."""
        self._news += 1
        kind, _, name = (told or "").partition(":")
        if told is None:
            self._kept.clear()
        elif kind == "session":
            self._kept.pop(name, None)
        else:
            for mark in [mark for mark, (member, _until) in self._kept.items() if member == int(name)]:
                del self._kept[mark]


def signed_in(claim: Mapping[str, Any], passwords: Mapping[int, str]) -> int | None:
    """The member a session claims, if its proof fits the password he has now (as `django.contrib.auth.get_user`)."""
    member = int(claim.get(SESSION_KEY, 0))
    if member not in passwords:
        return None
    _ANYONE.password = passwords[member]
    proofs = [_ANYONE.get_session_auth_hash(), *_ANYONE.get_session_auth_fallback_hash()]
    shown = claim.get(HASH_SESSION_KEY, "")
    return member if any(hmac.compare_digest(shown, proof) for proof in proofs) else None


def fingerprint(session: str) -> str:
    return sha256(session.encode()).hexdigest()

"""An evening's crowd for the demo house: fans who are signed in, and who cheer at the house's own door.

Members, memberships and sessions are written in bulk: they are the audience, not what is shown.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from essaim.communities.models import CharterVersion, Community, Membership
from essaim.initiatives.models import Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import queries
from essaim.people.models import Member

AT_ONCE = 5_000
DOORS = 64  # connections
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def running_round(slug: str = "") -> Phase | None:
    """The round that runs now, of this campaign or of any."""
    phases = Phase.objects.filter(
        initiative__mechanism=queries.SLUG, starts_at__lte=clock.now(), ends_at__gt=clock.now()
    )
    phases = phases.filter(ended_at=None, initiative__opened_at__isnull=False, initiative__halted_at=None)
    return (phases.filter(initiative__slug=slug) if slug else phases).select_related("initiative__community").first()


def gather(count: int, community: Community) -> list[str]:
    """So many fans, members of the community and signed in; their sessions."""
    handles = [f"fan{number}" for number in range(count)]
    known = set(Member.objects.filter(handle__in=handles).values_list("handle", flat=True))
    Member.objects.bulk_create([_fan(handle) for handle in handles if handle not in known], batch_size=AT_ONCE)
    fans = list(Member.objects.filter(handle__in=handles).order_by("id"))
    charter = CharterVersion.objects.filter(community=community).latest("number")
    joined = [Membership(community=community, member=each, charter=charter, joined_at=clock.now()) for each in fans]
    Membership.objects.bulk_create(joined, batch_size=AT_ONCE, ignore_conflicts=True)
    return signed_in(fans)


def _fan(handle: str) -> Member:
    name = handle.replace("fan", "Fan ")
    return Member(
        email=f"{handle}@demo.example",
        handle=handle,
        display_name=name,
        sort_key=name.lower(),
        skeleton=handle,
        password=f"!{handle:0>40}",
        email_confirmed_at=clock.now(),
    )


def signed_in(members: list[Member]) -> list[str]:
    """A session for each, of a day; its key is the member's number."""
    store, until = SessionStore(), clock.now() + timedelta(days=1)
    rows = [
        Session(session_key=f"{each.pk:032}", session_data=store.encode(_claim(each)), expire_date=until)
        for each in members
    ]
    Session.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["session_data", "expire_date"],
    )
    return [row.session_key for row in rows]


def _claim(member: Member) -> dict[str, str]:
    return {
        SESSION_KEY: str(member.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: member.get_session_auth_hash(),
    }


class Crowd:
    """Cheers at `rate` a second, whatever the answers take; `told` counts what became of them."""

    def __init__(self, url: str, phase: Phase, sessions: list[str]) -> None:
        self._url, self._phase, self._sessions = url, phase, sessions
        self._camps = [camp.pk for camp in queries.camps(phase.initiative)]
        self._waiting: asyncio.Queue[int] = asyncio.Queue()
        self.told: Counter[str] = Counter()

    async def cheer(self, rate: float, seconds: float, say: Callable[[str], None]) -> None:
        doors = [asyncio.create_task(self._door()) for _ in range(DOORS)]
        began, asked, said = perf_counter(), 0, 0.0
        while (passed := perf_counter() - began) < seconds:
            while asked < rate * passed:
                self._waiting.put_nowait(asked)
                asked += 1
            if passed - said >= 5:
                said = passed
                say(self.summary())
            await asyncio.sleep(0.005)
        await asyncio.wait_for(self._waiting.join(), 60)
        for door in doors:
            door.cancel()
        await asyncio.gather(*doors, return_exceptions=True)

    def summary(self) -> str:
        return ", ".join(f"{many:,} {outcome}" for outcome, many in self.told.most_common())

    async def _door(self) -> None:
        """One connection, opened again when it breaks."""
        where = urlsplit(self._url)
        while True:
            number = await self._waiting.get()
            try:
                reader, writer = await asyncio.open_connection(where.hostname, where.port)
                while True:
                    writer.write(self._request(number))
                    self.told[await _outcome(reader)] += 1
                    self._waiting.task_done()
                    number = await self._waiting.get()
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self.told["failed"] += 1
                self._waiting.task_done()
                await asyncio.sleep(0.2)

    def _request(self, number: int) -> bytes:
        """Fan after fan; a second time round they change sides. The first camp has the wind behind it."""
        fan, lap = number % len(self._sessions), number // len(self._sessions)
        camp = self._camps[(fan * fan // 3 + lap) % len(self._camps)]
        body = json.dumps({"round": self._phase.pk, "camp": camp})
        return (
            f"POST /{queries.SLUG}/live/cheers HTTP/1.1\r\nHost: {urlsplit(self._url).netloc}\r\n"
            f"Origin: {self._url}\r\nCookie: {settings.SESSION_COOKIE_NAME}={self._sessions[fan]}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


async def _outcome(reader: asyncio.StreamReader) -> str:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    return str(json.loads(await reader.readexactly(length))["outcome"])

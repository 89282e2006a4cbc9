"""What runs before Django: each answer of the intake, the rows it leaves, and what those who watch are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from essaim.initiatives import actions as initiatives
from essaim.kit import clock
from essaim.kit.batching import Batcher
from essaim.kit.line import NAME
from essaim.mechanisms.cheer import actions, passes, queries
from essaim.mechanisms.cheer.live import Live
from essaim.mechanisms.cheer.models import Cheer

pytestmark = pytest.mark.django_db(transaction=True)
HERE = b"http://testserver"


class Visitor:
    """One browser that asks a raw application."""

    def __init__(self, app: Live, session: str = "", origin: bytes = HERE, *, carries: str = "") -> None:
        self.app = app
        self.headers = [(b"host", b"testserver"), (b"origin", origin)]
        if session or carries:
            held = f"theme=dark; {settings.SESSION_COOKIE_NAME}={session}; {carries}"
            self.headers.append((b"cookie", held.encode()))

    async def posts(self, body: bytes, method: str = "POST") -> tuple[int, dict[str, Any], dict[bytes, bytes]]:
        told: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(self.scope("/cheer/live/cheers", method), receive, send)
        return told[0]["status"], json.loads(told[1]["body"]), dict(told[0]["headers"])

    async def cheers(self, round: int, camp: int, **more: Any) -> tuple[int, dict[str, Any]]:
        status, told, _headers = await self.posts(json.dumps({"round": round, "camp": camp, **more}).encode())
        return status, told

    def scope(self, path: str, method: str = "GET", *headers: tuple[bytes, bytes]) -> dict[str, Any]:
        return {
            "type": "http",
            "method": method,
            "path": path,
            "scheme": "http",
            "headers": [*self.headers, *headers],
        }


class Reader:
    """One who watches the count, until he leaves."""

    def __init__(self, visitor: Visitor, campaign: int, last: str = "") -> None:
        self.parts: asyncio.Queue[Any] = asyncio.Queue()
        self._left = asyncio.Event()
        scope = visitor.scope(f"/cheer/live/{campaign}/tally", "GET", (b"last-event-id", last.encode()))
        self.task = asyncio.create_task(visitor.app(scope, self._receive, self.parts.put))

    async def _receive(self) -> Any:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def event(self) -> tuple[str, dict[str, Any]]:
        """The id and the count of the next event."""
        while True:
            part = (await asyncio.wait_for(self.parts.get(), 20)).get("body", b"").decode()
            if part.startswith("id: "):
                mark, _kind, told, *_rest = part.splitlines()
                return mark.removeprefix("id: "), json.loads(told.removeprefix("data: "))

    async def leave(self) -> None:
        self._left.set()
        await asyncio.wait_for(self.task, 20)


@pytest.fixture
def match(play):
    """A round that runs by the database's own clock."""
    return play(start=clock.now() - timedelta(minutes=1))


def session_of(member) -> str:
    client = Client()
    client.force_login(member, "allauth.account.auth_backends.AuthenticationBackend")
    return str(client.session.session_key)


def on(act: Callable[[Live], Awaitable[Any]]) -> Any:
    """What `act` returns on an open application."""

    async def played() -> Any:
        app = Live()
        await app.open()
        try:
            return await act(app)
        finally:
            await app.close()

    return asyncio.run(played())


def test_a_cheer_is_answered_with_what_became_of_it(match):
    ada, reds, blues = match.fan("ada"), match.camps["reds"].pk, match.camps["blues"].pk
    session = session_of(ada)

    async def act(app):
        visitor = Visitor(app, session)
        return [await visitor.cheers(match.first.pk, camp) for camp in (reds, reds, blues)]

    assert on(act) == [
        (200, {"outcome": "accepted", "camp": reds}),
        (200, {"outcome": "duplicate", "camp": reds}),
        (200, {"outcome": "changed", "camp": blues}),
    ]
    assert list(Cheer.objects.values_list("supporter", "camp")) == [(f"member:{ada.pk}", blues)]


def test_who_may_not_is_told_why(match):
    reds = match.camps["reds"].pk
    member, stranger = session_of(match.fan("ada")), session_of(match.fan("passer", joins=False))

    async def act(app):
        later = match.rounds[1]
        early = await Visitor(app, member).cheers(later.pk, reds)
        hours = {"opens": later.starts_at.isoformat(), "closes": later.ends_at.isoformat()}
        assert early == (409, {"outcome": "closed", **hours})
        asked = [
            Visitor(app).cheers(match.first.pk, reds),
            Visitor(app, "x" * 32).cheers(match.first.pk, reds),
            Visitor(app, member, b"https://elsewhere.example").cheers(match.first.pk, reds),
            Visitor(app, stranger).cheers(match.first.pk, reds),
            Visitor(app, member).cheers(match.first.pk, reds + 10_000),
            Visitor(app, member).cheers(match.first.pk + 10_000, reds),
            Visitor(app, member).cheers(match.first.pk, reds, words="x" * 141),
        ]
        return [(status, told["outcome"]) for status, told in await asyncio.gather(*asked)]

    assert on(act) == [
        (401, "signed-out"),
        (401, "signed-out"),
        (403, "origin"),
        (403, "stranger"),
        (404, "unknown"),
        (409, "closed"),
        (422, "words"),
    ]
    assert not Cheer.objects.exists()


def test_a_guest_cheers_with_the_pass_of_this_campaign(play):
    match = play(start=clock.now() - timedelta(minutes=1), guests=2, guest_way="device")
    reds, campaign = match.camps["reds"].pk, match.campaign.pk
    holder = actions.give_pass(campaign=match.campaign).supporter
    cookies = {
        "held": f"{passes.cookie_of(campaign)}={passes.signed(match.campaign, holder)}",
        "never given": f"{passes.cookie_of(campaign)}={passes.signed(match.campaign, 'guest:never-given')}",
        "forged": f"{passes.cookie_of(campaign)}=forged",
        "another's": f"{passes.cookie_of(campaign + 1)}={passes.signed(match.campaign, holder)}",
    }

    async def act(app):
        told = {}
        for name, carried in cookies.items():
            number = campaign + 1 if name == "another's" else campaign
            told[name] = await Visitor(app, carries=carried).cheers(match.first.pk, reds, campaign=number)
        told["unnamed"] = await Visitor(app, carries=cookies["held"]).cheers(match.first.pk, reds)
        return {name: (status, answer["outcome"]) for name, (status, answer) in told.items()}

    assert on(act) == {
        "held": (200, "accepted"),
        "never given": (403, "stranger"),
        "forged": (401, "signed-out"),
        "another's": (401, "signed-out"),
        "unnamed": (401, "signed-out"),
    }
    assert list(Cheer.objects.values_list("supporter", "kind")) == [(holder, int(Cheer.Kind.GUEST))]


def test_a_body_that_is_none_of_ours_is_refused(match):
    session = session_of(match.fan("ada"))
    bodies = [b"", b"null", b"[]", b"{", b'"', b"\xff\xfe", b'{"round":1}', b'{"round":"1","camp":2}', b"[" * 2_000]
    bodies += [
        b'{"round":true,"camp":2}',
        b'{"round":1,"camp":-2}',
        b'{"round":1,"camp":1e400}',
        b'{"round":1,"camp":2.5}',
        b'{"round":1,"camp":2,"campaign":"3"}',
    ]
    bodies += [b'{"round":1,"camp":2,"words":7}', b'{"round":9223372036854775808,"camp":2}', b"\x00" * 100]

    async def act(app):
        visitor = Visitor(app, session)
        seen = {(await visitor.posts(body))[0] for body in bodies}
        return seen, (await visitor.posts(b"x" * 3_000))[0], (await visitor.posts(b"", "PUT"))[0]

    assert on(act) == ({400}, 413, 405)
    assert not Cheer.objects.exists()


def test_more_than_can_wait_is_sent_away_with_a_time(match):
    session = session_of(match.fan("ada"))

    async def act(app):
        app._intake._batches = Batcher(app._intake._write, room=0)
        body = json.dumps({"round": match.first.pk, "camp": match.camps["reds"].pk}).encode()
        return await Visitor(app, session).posts(body)

    status, told, headers = on(act)
    assert (status, told, headers[b"retry-after"]) == (503, {"outcome": "busy"}, b"2")


def test_a_broken_line_is_opened_again(match):
    ada, bob = (session_of(match.fan(name)) for name in ("ada", "bob"))
    reds = match.camps["reds"].pk

    async def act(app):
        first = await Visitor(app, ada).cheers(match.first.pk, reds)
        await asyncio.to_thread(_end_lines)
        return first, await Visitor(app, bob).cheers(match.first.pk, reds)

    assert [status for status, _told in on(act)] == [200, 200]
    assert Cheer.objects.count() == 2


def _end_lines() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [NAME],
        )
    connection.close()


def test_a_stop_answers_who_waits(match):
    sessions = [session_of(match.fan(f"fan{number}")) for number in range(3)]
    reds = match.camps["reds"].pk

    async def act(app):
        asked = [asyncio.create_task(Visitor(app, each).cheers(match.first.pk, reds)) for each in sessions]
        while len(app._intake._batches) < len(sessions):
            await asyncio.sleep(0)
        await app._intake.close()
        answers = await asyncio.gather(*asked)
        late = await Visitor(app, sessions[0]).cheers(match.first.pk, reds)
        await app._intake.open()
        return answers, late

    answers, late = on(act)
    assert [told["outcome"] for _status, told in answers] == ["accepted"] * 3
    assert late == (503, {"outcome": "busy"})
    assert Cheer.objects.count() == 3


def test_who_watches_sees_the_count_move(match):
    session, campaign, reds = session_of(match.fan("ada")), match.campaign.pk, match.camps["reds"].pk

    async def act(app):
        reader = Reader(Visitor(app), campaign)
        mark, before = await reader.event()
        await Visitor(app, session).cheers(match.first.pk, reds)
        later, after = await reader.event()
        assert mark != later
        await reader.leave()
        back = Reader(Visitor(app), campaign, last=mark)
        assert await back.event() == (later, after)
        await back.leave()
        known = Reader(Visitor(app), campaign, last=later)
        await known.leave()
        assert not any(part.get("body", b"").startswith(b"id: ") for part in _all(known.parts))
        assert app._stream._topics == {}
        return before, after

    before, after = on(act)
    assert before == {"round": match.first.pk, "camps": [["reds", 0, 0, 0], ["blues", 0, 0, 0]]}
    assert after == {"round": match.first.pk, "camps": [["reds", 1, 0, 0], ["blues", 0, 0, 0]]}
    assert queries.live(match.first) == queries.recounted(match.first)


def _all(parts: asyncio.Queue[Any]) -> list[Any]:
    return [parts.get_nowait() for _ in range(parts.qsize())]


def test_the_count_can_be_asked_for_once(match):
    async def act(app):
        answers = []
        for campaign in (match.campaign.pk, match.campaign.pk + 10_000):
            told: list[Any] = []

            async def send(message: Any, told: list[Any] = told) -> None:
                told.append(message)

            await app(Visitor(app).scope(f"/cheer/live/{campaign}/tally.json"), None, send)
            answers.append((told[0]["status"], json.loads(told[1]["body"])))
        return answers

    counted = {"round": match.first.pk, "camps": [["reds", 0, 0, 0], ["blues", 0, 0, 0]]}
    assert on(act) == [(200, counted), (404, {"outcome": "nowhere"})]


def test_a_halted_campaign_takes_nothing_from_that_moment(match):
    session, reds = session_of(match.fan("ada")), match.camps["reds"].pk
    initiatives.halt(initiative=match.campaign, actor=match.manager, reason="Rain")

    async def act(app):
        return (await Visitor(app, session).cheers(match.first.pk, reds))[0]

    assert on(act) == 409

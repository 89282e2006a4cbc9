"""The short way for bursts: the same answers as the long one, in the order of the questions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from essaim.kit.raw import Answer, give, made
from essaim.server import door
from essaim.server.door import LONGEST_HEAD, Door
from essaim.server.web import settings

SHORT, LONG, BROKEN = "/short", "/long", "/broken"


async def act(headers: Any, scheme: str, body: bytes) -> Answer:
    return made(200, {"way": "short", "said": body.decode(), "by": headers[b"x-name"].decode(), "scheme": scheme})


async def broken(headers: Any, scheme: str, body: bytes) -> Answer:
    raise ValueError


async def application(scope: Any, receive: Any, send: Any) -> None:
    body = (await receive())["body"]
    await give(send, made(200, {"way": "long", "said": body.decode(), "path": scope["path"]}))


class Doors(Door):
    bursts = {SHORT.encode(): act, BROKEN.encode(): broken}


def request(path: str, body: str = "", *more: str, method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: here", "X-Name: ada", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "", body]).encode()


Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[Any]]


def on_a_connection(conversation: Conversation) -> Any:
    async def played() -> Any:
        server = uvicorn.Server(settings(application))
        config = server.config
        config.load()
        made_for = lambda: Doors(config, server.server_state, {})  # noqa: E731
        listens = await asyncio.get_running_loop().create_server(made_for, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*listens.sockets[0].getsockname())
        try:
            return await asyncio.wait_for(conversation(reader, writer), 20)
        finally:
            writer.close()
            listens.close()

    return asyncio.run(played())


async def answer(reader: asyncio.StreamReader) -> tuple[int, Any]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length: ")[2].split("\r\n")[0])
    body = await reader.readexactly(length)
    return int(head.split()[1]), json.loads(body) if body else None


def said(*requests: bytes) -> list[tuple[int, Any]]:
    """The answers to requests written at once, one after the other."""

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[tuple[int, Any]]:
        writer.write(b"".join(requests))
        return [await answer(reader) for _ in requests]

    return list(on_a_connection(conversation))


def short(said: str) -> tuple[int, Any]:
    return 200, {"way": "short", "said": said, "by": "ada", "scheme": "http"}


def long(path: str, said: str) -> tuple[int, Any]:
    return 200, {"way": "long", "said": said, "path": path}


def test_a_burst_goes_the_short_way_and_the_rest_the_long_one():
    assert said(request(SHORT, "allez")) == [short("allez")]
    assert said(request(LONG, "allez")) == [long(LONG, "allez")]
    assert said(request(SHORT, method="PUT")) == [long(SHORT, "")]
    assert said(request(f"{SHORT}?q=1")) == [long(SHORT, "")]


def test_who_does_not_wait_for_answers_gets_them_in_order():
    assert said(request(SHORT, "1"), request(SHORT, "2"), request(LONG, "3"), request(SHORT, "4")) == [
        short("1"),
        long(SHORT, "2"),
        long(LONG, "3"),
        long(SHORT, "4"),
    ]


def test_a_connection_is_kept_for_the_next_request():
    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[Any]:
        answers = []
        for number in range(3):
            whole = request(SHORT, f"{number}")
            writer.write(whole[:-1])
            await asyncio.sleep(0.01)
            writer.write(whole[-1:])
            answers.append(await answer(reader))
        return answers

    assert on_a_connection(conversation) == [short("0"), short("1"), short("2")]


def test_who_asks_for_it_is_left_after_the_answer():
    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(request(SHORT, "", "Connection: close"))
        return await reader.read()

    assert b"\r\nconnection: close\r\n" in on_a_connection(conversation)


def test_an_act_that_fails_is_said_and_the_connection_goes_on(caplog):
    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[Any]:
        writer.write(request(BROKEN))
        first = await answer(reader)
        writer.write(request(SHORT, "again"))
        return [first, await answer(reader)]

    assert on_a_connection(conversation) == [(500, None), short("again")]
    assert "An act of a burst failed" in caplog.text


@pytest.mark.parametrize("path", [SHORT, LONG])
def test_a_head_without_end_is_refused(path):
    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(request(path)[:-4] + b"\r\nX-More: " + b"a" * (LONGEST_HEAD - 1_000))
        await asyncio.sleep(0.1)
        writer.write(b"a" * 2_000)
        return await reader.readline()

    assert on_a_connection(conversation) == b"HTTP/1.1 400 Bad Request\r\n"


@pytest.mark.parametrize("path", [SHORT, LONG])
def test_a_head_sent_too_slowly_is_not_waited_for(path, monkeypatch):
    monkeypatch.setattr(door, "HEAD_WITHIN", 0.1)

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(request(path)[:-4])
        return await reader.read()

    assert on_a_connection(conversation) == b""


def test_a_head_in_two_pieces_is_answered_and_nothing_hangs_over_the_next(monkeypatch):
    monkeypatch.setattr(door, "HEAD_WITHIN", 0.2)

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[Any]:
        writer.write(request(SHORT, "one")[:20])
        await asyncio.sleep(0.05)
        writer.write(request(SHORT, "one")[20:])
        first = await answer(reader)
        await asyncio.sleep(0.3)
        writer.write(request(SHORT, "two"))
        return [first, await answer(reader)]

    assert on_a_connection(conversation) == [short("one"), short("two")]

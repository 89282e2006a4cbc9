"""A crowd that cheers until it is stopped: `fans.py URL SESSIONS ROUND CAMP LOG`.

Logs a line per answer, `session outcome`; `failed` when none came. Whose cheer was not taken asks again.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

CLIENTS = 16
PATIENCE = 10  # seconds for an answer


def request(url: str, session: str, round_: str, camp: str) -> bytes:
    body = json.dumps({"round": int(round_), "camp": int(camp)})
    return (
        f"POST /cheer/live/cheers HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nOrigin: {url}\r\n"
        f"Cookie: sessionid={session}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    ).encode()


async def ask(url: str, written: bytes) -> tuple[int, dict[str, object]]:
    """Status and answer of one request on a connection of its own."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(written)
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)
    finally:
        writer.close()


async def fan(url: str, sessions: Iterator[str], round_: str, camp: str, log: int) -> None:
    for session in sessions:
        written, status = request(url, session, round_, camp), 503
        while status == 503:
            try:
                status, told = await asyncio.wait_for(ask(url, written), PATIENCE)
                outcome = told["outcome"]
            except (OSError, ValueError, IndexError, KeyError, TimeoutError):
                status, outcome = 503, "failed"
            os.write(log, f"{session} {outcome}\n".encode())
            await asyncio.sleep(0.2 if status == 503 else 0)


async def main(url: str, sessions: str, round_: str, camp: str, path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open(sessions) as lines:
        waiting = iter([line.strip() for line in lines])
    await asyncio.gather(*(fan(url, waiting, round_, camp, log) for _ in range(CLIENTS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

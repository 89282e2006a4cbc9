"""The one door: raw ASGI applications under their path, Django for everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from a2wsgi import WSGIMiddleware
from django.utils.module_loading import import_string

from essaim.config.pool import close_pools
from essaim.config.wsgi import application as django
from essaim.initiatives.mechanism import mechanisms
from essaim.kit.raw import Application, Burst, Live, Message, Receive, Send

THREADS = 8  # per process; they wait for the database, so more than cores, and fewer than the pool's connections
LAST_PAGES = 1.0  # seconds for pages under way when the house closes


def mounts() -> Iterator[tuple[str, Live]]:
    """Live streams and burst intake speak ASGI themselves and skip Django."""
    for manifest in mechanisms():
        if manifest.live:
            yield f"/{manifest.slug}/live/", import_string(manifest.live)()


MOUNTS: dict[str, Live] = dict(mounts())
BURSTS: dict[bytes, Burst] = {path.encode(): act for app in MOUNTS.values() for path, act in app.bursts.items()}

pages = WSGIMiddleware(django, workers=THREADS)  # type: ignore[arg-type]
under_way: set[asyncio.Task[None]] = set()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await live(receive, send)
    elif scope["type"] == "http":
        await mounted(scope["path"])(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


def mounted(path: str) -> Application:
    """The application under `path`: the first mount whose prefix fits, else Django."""
    return next((app for prefix, app in MOUNTS.items() if path.startswith(prefix)), whole_pages)


async def whole_pages(scope: Message, receive: Receive, send: Send) -> None:
    request = asyncio.current_task()
    assert request is not None
    under_way.add(request)
    try:
        await pages(scope, receive, send)  # type: ignore[arg-type]
    finally:
        under_way.discard(request)


async def live(receive: Receive, send: Send) -> None:
    """Answer the server's start and stop; what is under way ends, the database gets its connections back."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            for app in MOUNTS.values():
                await app.open()
            await send({"type": "lifespan.startup.complete"})
        else:
            for app in MOUNTS.values():
                await app.close()
            if under_way:
                await asyncio.wait(under_way, timeout=LAST_PAGES)
            await asyncio.to_thread(close_pools)  # Django speaks to its database outside the loop only
            await send({"type": "lifespan.shutdown.complete"})
            return

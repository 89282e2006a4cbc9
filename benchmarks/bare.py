"""The least a Django page can be, on the same server in the same way: the reference for whole pages."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from essaim.server.web import serve

THREADS = 8  # as many as the house's own server has


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title><p>Nothing else.")


urlpatterns = [path("", page)]
settings.configure(SECRET_KEY="bare", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[], DEBUG=False)
pages = WSGIMiddleware(get_wsgi_application(), workers=THREADS)


async def application(
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]


if __name__ == "__main__":
    serve(application, "127.0.0.1", int(sys.argv[1]), workers=2)

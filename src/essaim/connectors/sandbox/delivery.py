"""Bringing the sandbox's words to the house's webhook address."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from essaim.connectors.sandbox.models import Word
from essaim.connectors.sandbox.signature import signed_headers
from essaim.kit import clock

Send = Callable[[str, dict[str, str], bytes], int]
MOST_ATTEMPTS = 20


def deliver_due(send: Send | None = None) -> int:
    """Deliver what is due, each word as many times as it has copies; the number of messages accepted."""
    accepted = 0
    while (answer := _deliver_next(send or in_process)) is not None:
        accepted += answer
    return accepted


def _deliver_next(send: Send) -> bool | None:
    """Deliver one word: was it accepted? None when nothing is due. The row stays locked meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        # What a crash would lose, it loses together with the house's hearing of it: the word is brought again.
        cursor.execute("SET LOCAL synchronous_commit TO off")
        word = (
            Word.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("order")
            .filter(due_at__lte=clock.now(), copies__gt=0, attempts__lt=MOST_ATTEMPTS)
            .order_by("due_at", "id")
            .first()
        )
        if word is None:
            return None
        body = json.dumps(body_of(word)).encode()
        status = send(reverse("ledger:webhook", args=["sandbox"]), signed_headers(word.event_id, body.decode()), body)
        accepted = 200 <= status < 300
        word.answer, word.attempts = str(status), word.attempts + 1
        word.copies -= accepted
        word.save(update_fields=["answer", "attempts", "copies"])
        return accepted


def body_of(word: Word) -> dict[str, Any]:
    return {
        "id": word.event_id,
        "type": word.type,
        "reference": word.order.reference,
        "amount": word.amount,
        "unit": word.order.unit,
        "occurred_at": word.occurred_at.isoformat(),
        "expires_at": word.expires_at.isoformat() if word.expires_at else None,
    }


def in_process(path: str, headers: dict[str, str], body: bytes) -> int:
    """Through the house's whole WSGI application, without a port: the worker need not know the web's address."""
    house = urlsplit(settings.BASE_URL)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": house.hostname or "localhost",
        "SERVER_PORT": str(house.port or 80),
        "HTTP_HOST": house.netloc or "localhost",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers["content-type"],
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": house.scheme or "http",
        "wsgi.errors": BytesIO(),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }
    # The answer is not closed: that would end the connection this transaction is on. The language is put back.
    with translation.override(translation.get_language()):
        return _application().get_response(WSGIRequest(environ)).status_code


def over_http(base: str) -> Send:
    """Over the network, as a provider outside would."""

    import httpx  # when first used: it would cost every start of the house half a second

    def send(path: str, headers: dict[str, str], body: bytes) -> int:
        return httpx.post(base + path, headers=headers, content=body, timeout=10).status_code

    return send


@lru_cache(maxsize=1)
def _application() -> WSGIHandler:
    return WSGIHandler()

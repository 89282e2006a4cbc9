"""Bringing the sandbox's words to the house's webhook address."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from essaim.connectors.sandbox.models import Word, new_event_id
from essaim.connectors.sandbox.signature import signed_headers
from essaim.kit import clock
from essaim.kit.rows import write_rows

Send = Callable[[str, dict[str, str], bytes], int]
MOST_ATTEMPTS = 20
MOST_AT_ONCE = 500


def deliver_due(send: Send | None = None) -> int:
    """Deliver what is due, many words by a message, each as often as it has copies; how often one was accepted."""
    accepted = 0
    while (answer := _deliver_some(send or in_process)) is not None:
        accepted += answer
    return accepted


def _deliver_some(send: Send) -> int | None:
    """How many words were accepted; None when nothing is due. The rows stay locked meanwhile."""
    with transaction.atomic():
        due = Word.objects.filter(due_at__lte=clock.now(), copies__gt=0, attempts__lt=MOST_ATTEMPTS)
        locked = due.select_for_update(of=("self",), skip_locked=True).select_related("order")
        words = list(locked.order_by("due_at", "id")[:MOST_AT_ONCE])
        if not words:
            return None
        with connection.cursor() as cursor:
            # What a crash would lose, it loses together with the house's hearing of it: the words are brought again.
            cursor.execute("SET LOCAL synchronous_commit TO off")
        if not _accepted(send, words) and len(words) > 1:
            for word in words:  # one of them is not taken: which one, the house says to each
                _accepted(send, [word])
        write_rows(words, ["answer", "attempts", "copies"])
        return sum(word.answer.startswith("2") for word in words)


def _accepted(send: Send, words: Sequence[Word]) -> bool:
    """Bring one message; the answer is written on its words when it settles them: accepted, or refused alone."""
    body = json.dumps({"events": [body_of(word) for word in words]})
    name = words[0].event_id if len(words) == 1 else new_event_id()
    status = send(reverse("ledger:webhook", args=["sandbox"]), signed_headers(name, body), body.encode())
    accepted = 200 <= status < 300
    if accepted or len(words) == 1:
        for word in words:
            word.answer, word.attempts = str(status), word.attempts + 1
            word.copies -= accepted
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

"""The worker's part of sending."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from essaim.connectors.webhooks.models import Message
from essaim.kit import clock
from essaim.kit.queue import defer_once

LOCK = "webhooks.send"


@app.task(name="webhooks.send", queue="outside", queueing_lock=LOCK, lock=LOCK)
def send() -> None:
    from essaim.connectors.webhooks.actions import send_due

    send_due()


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.sweep", queue="outside", queueing_lock="webhooks.sweep")
def sweep(timestamp: int) -> None:
    """Send what is due again after a failure."""
    if Message.objects.filter(due_at__lte=clock.now()).exists():
        ring()


def ring() -> None:
    defer_once(send)


def ring_on_commit() -> None:
    transaction.on_commit(ring, robust=True)

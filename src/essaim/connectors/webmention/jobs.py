"""The worker's part: pages that speak of us are asked for, one after the other."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.connectors.webmention.models import Received
from essaim.kit import clock
from essaim.kit.queue import defer_once


@app.task(name="webmention.verify", queue="listen", queueing_lock="webmention.verify", lock="webmention.verify")
def verify() -> None:
    verify_due()


def verify_due() -> int:
    from essaim.connectors.webmention import receiving

    due = list(Received.objects.filter(due_at__lte=clock.now()).order_by("due_at")[:500])
    for noted in due:
        receiving.verify(noted)
    return len(due)


@app.periodic(cron="* * * * *")
@app.task(name="webmention.sweep", queue="listen", queueing_lock="webmention.sweep")
def sweep(timestamp: int) -> None:
    if Received.objects.filter(due_at__lte=clock.now()).exists():
        ring()


def ring() -> None:
    defer_once(verify)

"""The worker's part of the outbox."""

from __future__ import annotations

from time import sleep

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.kit import clock
from essaim.kit.queue import defer_once

BELL = "activity.deliver"
BREATH = 0.5  # seconds: acts that follow one another closely are delivered together


@app.task(name=BELL, queue="project", pass_context=True)
def deliver(context: JobContext) -> None:
    """Until nothing came for a moment: a job costs more than what it delivers, so while people act one goes on. A
    worker that is told to stop does not wait for them to rest: whoever acts next rings again, or the sweep does."""
    while outbox.deliver() and not context.should_abort():
        sleep(BREATH)


def is_waiting() -> bool:
    """Whether a job waits and has not begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = %s", [BELL])
        return cursor.fetchone() is not None


def defer_delivery() -> None:
    """At most one waiting job (queueing lock) and one running (lock): order is kept."""
    defer_once(deliver.configure(queueing_lock=BELL, lock=BELL))


@app.periodic(cron="* * * * *")
@app.task(name="activity.sweep", queue="project", queueing_lock="activity.sweep")
def sweep(timestamp: int) -> None:
    """Ring for what is due again after a failure, or was left by a lost bell."""
    if Delivery.objects.filter(due_at__lte=clock.now()).exists():
        outbox.ring()

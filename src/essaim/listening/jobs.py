"""The worker's part of listening: each minute, the sources that are due; one job each."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from essaim.kit import clock
from essaim.kit.queue import defer_once
from essaim.listening.law import jobs as law  # noqa: F401 - the nightly part
from essaim.listening.models import Source

MOST_AT_ONCE = 1000


@app.task(name="listening.visit", queue="listen")
def visit(pk: int, backfill: bool = False) -> None:
    from essaim.listening import polling

    source = Source.objects.filter(pk=pk).first()
    if source is not None:
        polling.visit(source, backfill=backfill)


@app.periodic(cron="* * * * *")
@app.task(name="listening.sweep", queue="listen", queueing_lock="listening.sweep", lock="listening.sweep")
def sweep(timestamp: int) -> None:
    call_due(clock.now())


def call_due(now: datetime) -> int:
    """Ask for a visit of every source that is due; how many."""
    listened = Source.objects.filter(state=Source.State.ACTIVE, removed_at=None)
    due = list(
        listened.filter(next_run_at__lte=now).order_by("next_run_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
    )
    for pk in due:
        call(pk)
    for pk, under_way in listened.filter(backfill__isnull=False).values_list("pk", "backfill"):
        if under_way and ("at" not in under_way or datetime.fromisoformat(under_way["at"]) <= now):
            call(pk, backfill=True)
    return len(due)


def call(pk: int, *, backfill: bool = False) -> None:
    """At most one waiting job per source and purpose, and one running per source: its cursor has one writer."""
    name = f"listening:{pk}"
    waiting = f"{name}:backfill" if backfill else name
    defer_once(visit.configure(queueing_lock=waiting, lock=name), pk=pk, backfill=backfill)

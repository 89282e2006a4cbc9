"""The worker's part: answers on their way, brands looked for again, sums, bursts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once
from essaim.listening.desk.models import Answer

GATHERED = 10  # seconds


@app.task(name="desk.publish", queue="outside")
def publish(answer_id: int) -> None:
    from essaim.listening.desk.publishing import publish_answer

    publish_answer(answer_id)


@app.task(name="desk.match", queue="listen", queueing_lock="desk.match", lock="desk.recount")
def match() -> None:
    """Brands whose words changed, from where the last run stopped; then the sums of the days it touched."""
    from essaim.listening.desk import brands, rollup

    brands.match_again()
    rollup.recount_stale()


@app.task(name="desk.recount", queue="listen", queueing_lock="desk.recount", lock="desk.recount")
def recount() -> None:
    from essaim.listening.desk import rollup

    rollup.recount_stale()


@app.periodic(cron="*/5 * * * *")
@app.task(name="desk.look", queue="listen", queueing_lock="desk.look", lock="desk.recount")
def look(timestamp: int) -> None:
    """Sums of the days that changed, then the bursts in them."""
    from essaim.listening.desk import bursts, rollup

    rollup.mark_read()
    rollup.recount_stale()
    bursts.look()


@app.periodic(cron="37 3 * * *")
@app.task(name="desk.recount_all", queue="listen", queueing_lock="desk.recount_all", lock="desk.recount")
def recount_all(timestamp: int) -> None:
    """What no hook tells of (retention, new readers, new topics): every day is summed again by night."""
    from essaim.listening.desk import brands, rollup

    brands.match_again()
    rollup.mark_all()
    rollup.recount_stale()


def publish_on_commit(answer: Answer) -> None:
    transaction.on_commit(lambda: publish.defer(answer_id=answer.pk), robust=True)


def match_on_commit() -> None:
    transaction.on_commit(lambda: _defer(match), robust=True)


def look_soon(whole: bool) -> None:
    """All that waited was read, and the sums are made at once; a few mentions were, and those right behind are waited
    for, so that two thousand feeds asked one after the other do not have the day counted two thousand times."""
    seconds = 0 if whole else GATHERED
    transaction.on_commit(lambda: _defer(look, seconds, timestamp=0), robust=True)


def _defer(task: Any, seconds: int = 0, **arguments: int) -> None:
    """One waiting job is enough."""
    defer_once(
        task.configure(schedule_in={"seconds": seconds} if seconds else None, queueing_lock=task.name), **arguments
    )

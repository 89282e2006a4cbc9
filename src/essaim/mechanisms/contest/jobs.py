"""The watch over arriving votes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.actions import watch_votes


@app.periodic(cron="7 * * * *")
@app.task(name="contest.watch", queue="upkeep", queueing_lock="contest.watch")
def watch(timestamp: int) -> None:
    """Look once an hour at the arrivals of every contest in which members vote now."""
    for contest in queries.voted_on_now():
        watch_votes(contest=contest)

"""The calendar of royalties, kept by the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.projectors.royalties import actions


@app.periodic(cron="10 * * * *")
@app.task(name="royalties.keep_calendar", queue="royalties", queueing_lock="royalties", lock="royalties")
def keep_calendar(timestamp: int) -> None:
    actions.keep_calendar()

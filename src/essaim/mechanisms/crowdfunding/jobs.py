"""What the worker does for campaigns: outcomes worked off, unpaid pledges let go, letters sent."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once


@app.periodic(cron="* * * * *")
@app.task(
    name="crowdfunding.work_off", queue="books", queueing_lock="crowdfunding.work_off", lock="crowdfunding.work_off"
)
def work_off(timestamp: int) -> None:
    """Captures and refunds of every campaign that has something to do."""
    from essaim.mechanisms.crowdfunding.actions.closing import work_off as work
    from essaim.mechanisms.crowdfunding.queries import to_work_off

    for campaign in to_work_off():
        work(campaign)


@app.periodic(cron="* * * * *")
@app.task(name="crowdfunding.expire", queue="upkeep", queueing_lock="crowdfunding.expire")
def expire(timestamp: int) -> None:
    from essaim.mechanisms.crowdfunding.actions.expiring import expire_pledges, remind

    expire_pledges()
    remind()


@app.periodic(cron="* * * * *")
@app.task(name="crowdfunding.letters", queue="upkeep", queueing_lock="crowdfunding.letters")
def letters(timestamp: int) -> None:
    from essaim.mechanisms.crowdfunding.letters import send_waiting

    send_waiting()


def ring() -> None:
    """Work off soon, once the transaction has committed."""
    from django.db import transaction

    transaction.on_commit(lambda: defer_once(work_off, timestamp=0), robust=True)


def ring_letters() -> None:
    defer_once(letters, timestamp=0)

"""The house's own upkeep of the job queue. Each folder's jobs are found in its `jobs.py`."""

from __future__ import annotations

import os

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

KEPT_HOURS = 72
STALLED_SECONDS = 60.0
BEHIND = 10  # niceness: who waits for a page comes before what can be done a second later
WORKER = {
    "name": "essaim",
    "concurrency": 4,
    "fetch_job_polling_interval": 1.0,  # a notification wakes the worker at once, but not for what waited for a lock
    "shutdown_graceful_timeout": 2.0,
    "install_signal_handlers": True,
}


@app.periodic(cron="*/2 * * * *")
@app.task(name="config.retry_stalled", queue="upkeep", queueing_lock="config.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker was killed go back to the queue: every job may run twice and is written for it."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 4 * * *")
@app.task(name="config.forget_finished", queue="upkeep", queueing_lock="config.forget_finished")
async def forget_finished(timestamp: int) -> None:
    """Finished jobs are kept three days, failed ones until a person has seen them."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


def run_worker() -> None:
    """Work until SIGTERM or SIGINT, behind the web processes where processors are few."""
    os.setpriority(os.PRIO_PROCESS, 0, BEHIND)
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(**WORKER)

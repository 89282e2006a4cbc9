"""The postman's rounds."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.projectors.notices import post_office


@app.periodic(cron="* * * * *")
@app.task(name="notices.deliver", queue="mail", queueing_lock="notices.deliver")
def deliver(timestamp: int) -> None:
    """Write the digests of the hour in the house's time, then send what waits."""
    post_office.write_digests()
    post_office.send_waiting()

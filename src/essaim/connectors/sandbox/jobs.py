"""The sandbox's postman."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once


@app.periodic(cron="* * * * *")
@app.task(name="sandbox.deliver", queue="books", lock="sandbox.deliver", pass_context=False)
def deliver(timestamp: int = 0) -> None:
    from essaim.connectors.sandbox.delivery import deliver_due

    deliver_due()


def ring() -> None:
    """Deliver soon; one waiting job is enough."""
    defer_once(deliver.configure(queueing_lock="sandbox.deliver"), timestamp=0)

"""The sandbox's postman."""

from __future__ import annotations

from procrastinate import exceptions
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="sandbox.deliver", queue="books", lock="sandbox.deliver", pass_context=False)
def deliver(timestamp: int = 0) -> None:
    from essaim.connectors.sandbox.delivery import deliver_due

    deliver_due()


def ring() -> None:
    """Deliver soon; one waiting job is enough."""
    from django.db import transaction

    try:
        with transaction.atomic():
            deliver.configure(queueing_lock="sandbox.deliver").defer(timestamp=0)
    except exceptions.AlreadyEnqueued:
        return

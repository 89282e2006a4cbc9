"""The worker's part of the outbox."""

from __future__ import annotations

from procrastinate import exceptions
from procrastinate.contrib.django import app

from essaim.activity import outbox
from essaim.activity.projection import projectors


@app.task(name="activity.project", queue="project")
def project(slug: str) -> None:
    outbox.drain(slug)


class drain_projector:
    """The bell: one waiting job per projector at most, one running at a time (order within a projector is kept)."""

    @staticmethod
    def ring(slug: str) -> None:
        from django.db import transaction

        try:
            with transaction.atomic():
                project.configure(queueing_lock=f"project:{slug}", lock=f"project:{slug}").defer(slug=slug)
        except exceptions.AlreadyEnqueued:
            return


@app.periodic(cron="* * * * *")
@app.task(name="activity.sweep", queue="project", queueing_lock="activity.sweep")
def sweep(timestamp: int) -> None:
    """Deliver what is due again after a failure, or was left by a lost bell."""
    for listener in projectors():
        drain_projector.ring(listener.slug)

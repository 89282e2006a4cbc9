"""The worker's part of the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.kit import clock


@app.task(name="activity.project", queue="project")
def project(slug: str) -> None:
    outbox.drain(slug)


def waiting(slugs: Iterable[str]) -> set[str]:
    """The projectors whose job waits and has not begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(%s)",
            [[f"project:{slug}" for slug in slugs]],
        )
        return {lock.removeprefix("project:") for (lock,) in cursor.fetchall()}


def defer_projection(slug: str) -> None:
    """At most one waiting job per projector (queueing lock), and one running at a time (lock): order is kept."""
    try:
        with transaction.atomic():
            project.configure(queueing_lock=f"project:{slug}", lock=f"project:{slug}").defer(slug=slug)
    except exceptions.AlreadyEnqueued:
        return


@app.periodic(cron="* * * * *")
@app.task(name="activity.sweep", queue="project", queueing_lock="activity.sweep")
def sweep(timestamp: int) -> None:
    """Deliver what is due again after a failure, or was left by a lost bell."""
    due = Delivery.objects.filter(due_at__lte=clock.now()).order_by("projector")
    outbox.ring(due.values_list("projector", flat=True).distinct())

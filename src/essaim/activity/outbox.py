"""From an act to its consequences: rows written with the act, claimed in batches by the worker.

The rows are the truth; the job that wakes the worker is only a bell, rung after the commit and coalesced.
A bell that is lost (a crash between commit and ring) is made good by the sweep every minute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import connection, transaction

from essaim.activity.models import Activity, Delivery
from essaim.activity.projection import Projector, projector, projectors
from essaim.kit import clock

BATCH = 200
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=6)


def send(activities: Sequence[Activity]) -> None:
    """Write one delivery per activity and interested projector, and ring once the transaction has committed."""
    deliveries = [
        Delivery(activity=activity, projector=listener.slug, due_at=activity.at)
        for activity in activities
        for listener in projectors()
        if listener.wants(activity.type)
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=5_000)
    for slug in {delivery.projector for delivery in deliveries}:
        transaction.on_commit(lambda slug=slug: ring(slug))  # type: ignore[misc]


def ring(slug: str) -> None:
    """Ask the worker to drain the projector's deliveries, unless it has been asked and has not begun.

    A job still waiting will begin after our commit, so it sees our rows: nothing to add.
    """
    from essaim.activity.jobs import drain_projector

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo' LIMIT 1",
            [f"project:{slug}"],
        )
        if cursor.fetchone() is None:
            drain_projector.ring(slug)


def drain(slug: str, *, on_progress: Callable[[int], None] | None = None) -> int:
    """Deliver everything due to the projector; the number delivered. Failures stay, with their error and next try."""
    delivered = 0
    while batch := _deliver_batch(projector(slug)):
        delivered += batch[0]
        if on_progress is not None:
            on_progress(sum(batch))
    return delivered


@transaction.atomic
def _deliver_batch(listener: Projector) -> tuple[int, int] | None:
    """Deliver one batch; (delivered, failed), or None when nothing is due."""
    due = list(
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(projector=listener.slug, due_at__lte=clock.now())
        .select_related("activity", "activity__actor", "activity__target", "activity__community")
        .order_by("due_at", "activity")[:BATCH]
    )
    if not due:
        return None
    arrived = [delivery.pk for delivery in due if _deliver(listener, delivery)]
    Delivery.objects.filter(pk__in=arrived).delete()
    return len(arrived), len(due) - len(arrived)


def _deliver(listener: Projector, delivery: Delivery) -> bool:
    """Hand over one activity in a savepoint, so that one failure spoils nothing but itself."""
    try:
        with transaction.atomic():
            listener.project(delivery.activity)
    except Exception as error:  # noqa: BLE001 - any failure of a projector is kept on the row and tried again
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2_000]
        delivery.due_at = clock.now() + min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LONGEST_RETRY)
        delivery.save(update_fields=["attempts", "error", "due_at"])
        return False
    return True


def drain_all() -> int:
    """Deliver everything due to every projector, in this process (tests, the demo, commands)."""
    return sum(drain(listener.slug) for listener in projectors())


@transaction.atomic
def rebuild(slug: str) -> int:
    """Empty the projector's tables and send it the whole stream again; the number of deliveries written."""
    listener = projector(slug)
    if not listener.replayable:
        raise NotReplayable(slug)
    Delivery.objects.filter(projector=slug).delete()
    listener.reset()
    stream = Activity.objects.order_by("id")
    if listener.listens is not None:
        stream = stream.filter(type__in=listener.listens)
    deliveries = (
        Delivery(activity_id=pk, projector=slug, due_at=at) for pk, at in stream.values_list("id", "at").iterator()
    )
    written = len(Delivery.objects.bulk_create(deliveries, batch_size=5_000))
    transaction.on_commit(lambda: ring(slug))
    return written


class NotReplayable(Exception):
    """The projector acts on the outside world; what was sent is not sent again."""

"""From an act to its consequences: rows written with the act, claimed in batches by the worker.

The rows are the truth; the job that wakes the worker is only a bell, rung after the commit and coalesced.
A bell that is lost (a crash between commit and ring) is made good by the sweep every minute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from zlib import crc32

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
        Delivery(activity=activity, projector=slug, due_at=activity.at)
        for activity in activities
        for slug in listening(activity)
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=5_000)
    if deliveries:
        ring_on_commit()


def listening(activity: Activity) -> list[str]:
    return [listener.slug for listener in projectors() if listener.wants(activity.type)]


def ring_on_commit() -> None:
    """Ring when the transaction commits; acts that follow one another in it share one ring."""
    if connection.run_on_commit:
        savepoints, last = connection.run_on_commit[-1][:2]
        if last is ring and savepoints == set(connection.savepoint_ids):
            return
    transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Ask the worker to deliver, unless it has been asked and has not begun: one cheap read then.

    A job still waiting will begin after our commit, so it sees our rows: nothing to add.
    """
    from essaim.activity.jobs import defer_delivery, is_waiting

    if not is_waiting():
        defer_delivery()


def deliver() -> int:
    """Deliver everything due, a batch to each projector in turn: one that has much to do does not hold up the others.

    Nor does one that breaks altogether; what broke is raised when the others have theirs. The number delivered.
    """
    awaiting, delivered, broken = list(projectors()), 0, []
    while awaiting:
        for listener in tuple(awaiting):
            try:
                batch = _deliver_batch(listener) or (0, 0)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this projector's alone
                broken.append(error)
                batch = (0, 0)
            delivered += batch[0]
            if sum(batch) < BATCH:
                awaiting.remove(listener)
    if broken:
        raise ExceptionGroup("Projectors that could not be delivered to", broken)
    return delivered


def drain(slug: str, *, on_progress: Callable[[int], None] | None = None) -> int:
    """Deliver everything due to the projector; the number delivered. Failures stay, with their error and next try."""
    delivered, more = 0, True
    while more and (batch := _deliver_batch(projector(slug))):
        delivered += batch[0]
        more = sum(batch) == BATCH  # what comes after a batch that is not full rings for itself
        if on_progress is not None:
            on_progress(sum(batch))
    return delivered


@transaction.atomic
def _deliver_batch(listener: Projector) -> tuple[int, int] | None:
    """Deliver one batch in the order things happened; (delivered, failed), or None when nothing is due."""
    _lock(listener.slug, "pg_advisory_xact_lock_shared")
    due = list(
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(projector=listener.slug, due_at__lte=clock.now())
        .select_related("activity")
        .prefetch_related(*(f"activity__{name}" for name in listener.reads))  # few, met again and again
        .order_by("activity_id")[:BATCH]
    )
    if not due:
        return None
    arrived = _deliver_together(listener, due)
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in arrived]).delete()
    return len(arrived), len(due) - len(arrived)


def _deliver_together(listener: Projector, due: list[Delivery]) -> list[Delivery]:
    """Hand over the batch at once where the projector can, one by one if anything in it fails; those that arrived."""
    if listener.project_many is not None:
        try:
            with transaction.atomic():
                listener.project_many([delivery.activity for delivery in due])
        except Exception:  # noqa: BLE001 - what failed will fail again below, alone, and be kept on its row
            pass
        else:
            return due
    return [delivery for delivery in due if _deliver(listener, delivery)]


def _deliver(listener: Projector, delivery: Delivery) -> bool:
    """Hand over one activity in a savepoint, so that one failure spoils nothing but itself."""
    try:
        with transaction.atomic():
            listener.project(delivery.activity)
    except Exception as error:  # noqa: BLE001 - any failure of a projector is kept on the row and tried again
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2_000]
        delivery.due_at = clock.now() + retry_delay(delivery.attempts)
        delivery.save(update_fields=["attempts", "error", "due_at"])
        return False
    return True


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the n-th failure (n ≥ 1): doubled each time, up to a limit."""
    return min(FIRST_RETRY * int(2 ** min(attempts - 1, 20)), LONGEST_RETRY)


def drain_all() -> int:
    """Deliver everything due to every projector, in this process (tests, the demo, commands).

    What the projectors record themselves is delivered too. Ends when a round delivers nothing.
    """
    delivered = 0
    while arrived := sum(drain(slug) for slug in _awaited()):
        delivered += arrived
    return delivered


def _awaited() -> list[str]:
    """The projectors something is due to, in the house's order."""
    due = set(Delivery.objects.filter(due_at__lte=clock.now()).values_list("projector", flat=True).distinct())
    return [listener.slug for listener in projectors() if listener.slug in due]


@transaction.atomic
def rebuild(slug: str) -> int:
    """Empty the projector's tables and send it the whole stream again; the number of deliveries written.

    Batches under way end first and none starts meanwhile. Raises NotReplayable.
    """
    listener = projector(slug)
    if not listener.replayable:
        raise NotReplayable(slug)
    _lock(slug, "pg_advisory_xact_lock")
    Delivery.objects.filter(projector=slug).delete()
    listener.reset()
    wanted = "" if listener.listens is None else "WHERE type = ANY(%s)"
    types = [] if listener.listens is None else [sorted(listener.listens)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO activity_delivery (activity_id, projector, due_at, attempts, error)"
            f" SELECT id, %s, at, 0, '' FROM activity_activity {wanted} ON CONFLICT DO NOTHING",
            [slug, *types],
        )
        written = int(cursor.rowcount)
    ring_on_commit()
    return written


def failures() -> list[Delivery]:
    """What could not be delivered and is waiting for its next try, the oldest first."""
    return list(Delivery.objects.filter(attempts__gt=0).select_related("activity").order_by("activity_id")[:200])


@transaction.atomic
def retry_now(slug: str) -> int:
    """Make every failed delivery to the projector due at once; how many there are."""
    failed = Delivery.objects.filter(projector=slug, attempts__gt=0).update(due_at=clock.now())
    if failed:
        ring_on_commit()
    return failed


def _lock(slug: str, function: str) -> None:
    """Batches share the projector's lock, a rebuild holds it alone; both let it go with their transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [crc32(b"projector") >> 1, crc32(slug.encode()) >> 1])


class NotReplayable(Exception):
    """The projector acts on the outside world; what was sent is not sent again."""

"""`record()`: the last beat of every act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from essaim.activity import outbox
from essaim.activity.models import Activity
from essaim.activity.vocabulary import VOCABULARY
from essaim.communities.models import Community
from essaim.kit import clock
from essaim.people.models import Member


class Context(Protocol):
    """What an activity happens within: an initiative, seen from below."""

    pk: Any
    community: Any
    opened_at: Any


def record(
    act: object,
    *,
    actor: Member | None,
    object: models.Model | None = None,
    initiative: Context | None = None,
    community: Community | None = None,
    target: Member | None = None,
    public: bool | None = None,
    origin: str = "here",
) -> Activity:
    """Write the activity `act` (an instance of a declared payload class) in the act's own transaction.

    `target` is the member touched by it. What happens in an initiative not opened yet is never public.
    Raises LookupError when the payload's class is not declared, RuntimeError outside a transaction.
    """
    activity = prepared(
        act,
        actor=actor,
        object=object,
        initiative=initiative,
        community=community,
        target=target,
        public=public,
        origin=origin,
    )
    return record_all([activity])[0]


def prepared(
    act: object,
    *,
    actor: Member | None,
    object: models.Model | None = None,
    initiative: Context | None = None,
    community: Community | None = None,
    target: Member | None = None,
    public: bool | None = None,
    origin: str = "here",
    at: datetime | None = None,
) -> Activity:
    """The activity, not written yet; for acts that record many at once with `record_all`."""
    type_ = VOCABULARY.of(act)
    touched = target if target != actor else None
    seen = type_.public if public is None else public
    return Activity(
        type=type_.slug,
        verb=type_.verb,
        actor=actor,
        object_type=object._meta.label_lower if object is not None else "",
        object_id=object.pk if object is not None else None,
        initiative_id=initiative.pk if initiative is not None else None,
        community=community or (initiative.community if initiative is not None else None),
        target=touched,
        payload=asdict(act),  # type: ignore[call-overload]
        origin=origin,
        weight=type_.weight if touched is not None else 0.0,
        public=seen and (initiative is None or initiative.opened_at is not None),
        at=at or clock.now(),
    )


def record_all(activities: Sequence[Activity]) -> list[Activity]:
    """Write prepared activities and their deliveries, in this order, in the act's own transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the act's transaction")
    if len(activities) == 1:
        return [_written(activities[0])]
    written = Activity.objects.bulk_create(activities, batch_size=5_000)
    outbox.send(written)
    return written


COLUMNS = [field for field in Activity._meta.concrete_fields if not field.primary_key]
ONE = """
WITH written AS (INSERT INTO activity_activity ({columns}) VALUES ({values}) RETURNING id, at), sent AS (
    INSERT INTO activity_delivery (activity_id, projector, due_at, attempts, error)
    SELECT id, unnest(%s::text[]), at, 0, '' FROM written
)
SELECT id FROM written
""".format(columns=", ".join(str(field.column) for field in COLUMNS), values=", ".join(["%s"] * len(COLUMNS)))


def _written(activity: Activity) -> Activity:
    """One activity and its deliveries, as `bulk_create` writes them, in one statement: every act ends with it."""
    listening = outbox.listening(activity)
    database = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(getattr(activity, field.attname), database) for field in COLUMNS]
    with database.cursor() as cursor:
        cursor.execute(ONE, [*values, listening])
        (activity.pk,) = cursor.fetchone()
    activity._state.adding, activity._state.db = False, DEFAULT_DB_ALIAS
    if listening:
        outbox.ring_on_commit()
    return activity

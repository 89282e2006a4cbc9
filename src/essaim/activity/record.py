"""`record()`: the last beat of every act."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from django.db import models, transaction

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

    Raises LookupError when the payload's class is not declared, RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the act's transaction")
    type_ = VOCABULARY.of(act)
    activity = Activity.objects.create(
        type=type_.slug,
        verb=type_.verb,
        actor=actor,
        object_type=object._meta.label_lower if object is not None else "",
        object_id=object.pk if object is not None else None,
        initiative_id=initiative.pk if initiative is not None else None,
        community=community or (initiative.community if initiative is not None else None),
        target=target if target != actor else None,
        payload=asdict(act),  # type: ignore[call-overload]
        origin=origin,
        weight=type_.weight if target is not None and target != actor else 0.0,
        public=type_.public if public is None else public,
        at=clock.now(),
    )
    outbox.send([activity])
    return activity

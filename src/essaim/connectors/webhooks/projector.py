"""From an activity to one message per endpoint that wants it. What was sent is never sent again by a rebuild."""

from __future__ import annotations

from collections.abc import Sequence

from essaim.activity import queries
from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.activity.vocabulary import VOCABULARY
from essaim.connectors.webhooks.jobs import ring_on_commit
from essaim.connectors.webhooks.models import Endpoint, Message
from essaim.kit import clock


def project(activity: Activity) -> None:
    project_many([activity])


def project_many(activities: Sequence[Activity]) -> None:
    """Only what anyone may read leaves the house; and alerts to its team, where they were asked for by name."""
    endpoints = list(Endpoint.objects.filter(disabled_at=None))
    if not endpoints:
        return
    readable = set(
        queries.public_stream().filter(pk__in=[activity.pk for activity in activities]).values_list("pk", flat=True)
    )
    messages = [
        Message(endpoint=each, activity=activity, due_at=clock.now())
        for activity in activities
        for each in endpoints
        if (activity.pk in readable and each.wants(activity.type)) or _alerts(activity, each)
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if messages:
        ring_on_commit()


def _alerts(activity: Activity, endpoint: Endpoint) -> bool:
    declared = VOCABULARY.get(activity.type)
    return declared is not None and declared.staff and activity.type in endpoint.events


def reset() -> None:
    """Nothing: messages are a record of what was sent."""


PROJECTOR = Projector("webhooks", project, reset, replayable=False, project_many=project_many, reads=())

"""From an activity to one message per endpoint that wants it. What was sent is never sent again by a rebuild."""

from __future__ import annotations

from essaim.activity import queries
from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.connectors.webhooks.jobs import ring_on_commit
from essaim.connectors.webhooks.models import Endpoint, Message
from essaim.kit import clock


def project(activity: Activity) -> None:
    """Only what anyone may read leaves the house."""
    endpoints = [each for each in Endpoint.objects.filter(disabled_at=None) if each.wants(activity.type)]
    if not endpoints or not queries.public_stream().filter(pk=activity.pk).exists():
        return
    messages = [Message(endpoint=each, activity=activity, due_at=clock.now()) for each in endpoints]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    ring_on_commit()


def reset() -> None:
    """Nothing: messages are a record of what was sent."""


PROJECTOR = Projector("webhooks", project, reset, replayable=False)

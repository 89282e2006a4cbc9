"""Jobs of which one waiting is enough."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate import exceptions
from procrastinate.jobs import JobDeferrer
from procrastinate.tasks import Task


def defer_once(task: Task[..., Any, ...] | JobDeferrer, **arguments: Any) -> None:
    """Queue the job, unless one with its queueing lock waits already: that one will see what this one would."""
    try:
        with transaction.atomic():
            task.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return

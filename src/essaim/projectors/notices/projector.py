"""Notices drawn from the stream, and the first time only, the letters that carry them."""

from __future__ import annotations

from collections.abc import Sequence

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.projectors.notices import queries
from essaim.projectors.notices.domain import Frequency, Topic
from essaim.projectors.notices.models import Heard, Letter, Notice, Pending
from essaim.projectors.notices.recipients import recipients


def project(activity: Activity) -> None:
    heard_by = recipients(activity)
    if not heard_by or activity.erased_at is not None:
        return
    notices = [Notice(member_id=member, activity=activity, topic=topic) for member, topic in heard_by.items()]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=2_000)
    if _is_first(activity):
        _write(activity, heard_by)


def _is_first(activity: Activity) -> bool:
    _heard, first = Heard.objects.get_or_create(activity=activity)
    return first


def _write(activity: Activity, heard_by: dict[int, Topic]) -> None:
    """Letters to be sent at once, and what waits for a digest. What comes from elsewhere is old news."""
    if activity.origin != "here":
        return
    wanted = queries.frequencies(heard_by)
    instant, waiting = [], []
    for member, topic in heard_by.items():
        if wanted[member, topic] == Frequency.INSTANT:
            instant.append(
                Letter(
                    key=f"instant:{member}:{activity.pk}",
                    member_id=member,
                    frequency=Frequency.INSTANT,
                    topic=topic,
                    activities=[activity.pk],
                    written_at=activity.at,
                    due_at=activity.at,
                )
            )
        elif wanted[member, topic] != Frequency.NEVER:
            waiting.append(Pending(member_id=member, activity=activity, topic=topic))
    Letter.objects.bulk_create(instant, ignore_conflicts=True, batch_size=2_000)
    Pending.objects.bulk_create(waiting, ignore_conflicts=True, batch_size=2_000)


def project_many(activities: Sequence[Activity]) -> None:
    for activity in activities:
        project(activity)


def reset() -> None:
    """Only the notices: what was seen, and what was sent, is not forgotten."""
    Notice.objects.all().delete()


PROJECTOR = Projector(slug="notices", project=project, reset=reset, project_many=project_many)

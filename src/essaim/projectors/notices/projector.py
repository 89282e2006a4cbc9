"""Notices drawn from the stream, and the first time only, the letters that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.projectors.notices import queries
from essaim.projectors.notices.domain import Frequency, Topic
from essaim.projectors.notices.models import Letter, Notice, Pending
from essaim.projectors.notices.recipients import recipients


def project(activity: Activity) -> None:
    project_many([activity])


def project_many(activities: Sequence[Activity]) -> None:
    heard_by = recipients([activity for activity in activities if activity.erased_at is None])
    notices = [
        Notice(member_id=member, activity=activity, topic=topic)
        for activity, heard in heard_by.items()
        for member, topic in heard.items()
    ]
    if not notices:
        return
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=2_000)
    first = _heard_first(heard_by)
    # What comes from elsewhere is old news.
    _write([notice for notice in notices if notice.activity_id in first and notice.activity.origin == "here"])


def _heard_first(activities: Iterable[Activity]) -> set[int]:
    """Note the activities as drawn; those that had not been, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_heard (activity_id) SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING"
            " RETURNING activity_id",
            [[activity.pk for activity in activities]],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _write(notices: Sequence[Notice]) -> None:
    """Letters to be sent at once, and what waits for a digest."""
    wanted = queries.frequencies((notice.member_id, Topic(notice.topic)) for notice in notices)
    instant, waiting = [], []
    for notice in notices:
        frequency = wanted[notice.member_id, Topic(notice.topic)]
        if frequency == Frequency.INSTANT:
            instant.append(_letter(notice))
        elif frequency != Frequency.NEVER:
            waiting.append(Pending(member_id=notice.member_id, activity=notice.activity, topic=notice.topic))
    Letter.objects.bulk_create(instant, ignore_conflicts=True, batch_size=2_000)
    Pending.objects.bulk_create(waiting, ignore_conflicts=True, batch_size=2_000)


def _letter(notice: Notice) -> Letter:
    return Letter(
        key=f"instant:{notice.member_id}:{notice.activity_id}",
        member_id=notice.member_id,
        frequency=Frequency.INSTANT,
        topic=notice.topic,
        activities=[notice.activity_id],
        written_at=notice.activity.at,
        due_at=notice.activity.at,
    )


def reset() -> None:
    """Only the notices: what was seen, and what was sent, is not forgotten."""
    Notice.objects.all().delete()


PROJECTOR = Projector(slug="notices", project=project, reset=reset, project_many=project_many, reads=("community",))

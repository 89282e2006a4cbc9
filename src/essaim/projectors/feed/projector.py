"""Lines drawn from the stream: the same whatever the order in which activities arrive."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.db import connection
from django.utils import timezone

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.initiatives.models import Contribution
from essaim.projectors.feed import domain
from essaim.projectors.feed.models import Line


def project(activity: Activity) -> None:
    happening = domain.Happening(
        pk=activity.pk,
        type=activity.type,
        verb=activity.verb,
        public=activity.public,
        actor=activity.actor_id,
        target=activity.target_id,
        community=activity.community_id,
        object_type=activity.object_type,
        object_id=activity.object_id,
        day=timezone.localdate(activity.at),
    )
    for audience in domain.audiences(happening):
        _add(happening, audience)


def project_many(activities: Sequence[Activity]) -> None:
    for activity in activities:
        project(activity)


def reset() -> None:
    Line.objects.all().delete()


# One statement: the line (made, or locked by the update), the part unless it is there, the figures it changes.
ADD = """
WITH line AS (
    INSERT INTO feed_line (community_id, member_id, key, latest_id, contribution_id, count, people)
    VALUES (%(community)s, %(member)s, %(key)s, %(activity)s, %(contribution)s, 0, 0)
    ON CONFLICT (community_id, member_id, key) DO UPDATE
        SET latest_id = greatest(feed_line.latest_id, EXCLUDED.latest_id)
    RETURNING id
)
INSERT INTO feed_part (line_id, activity_id, actor)
SELECT id, %(activity)s, %(actor)s FROM line
ON CONFLICT (line_id, activity_id) DO NOTHING
RETURNING line_id
"""
COUNT = """
UPDATE feed_line SET count = sums.count, people = sums.people
FROM (SELECT count(*) AS count, count(DISTINCT actor) AS people FROM feed_part WHERE line_id = %(line)s) sums
WHERE id = %(line)s
"""


def _add(happening: domain.Happening, audience: domain.Audience) -> None:
    values = {
        "community": audience.community,
        "member": audience.member,
        "key": domain.group_key(happening),
        "activity": happening.pk,
        "actor": happening.actor,
        "contribution": happening.object_id if _is_contribution(happening.object_type) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, values)
        added = cursor.fetchone()
        if added is not None:
            cursor.execute(COUNT, {"line": added[0]})


def _is_contribution(label: str) -> bool:
    """Whether the activity's object is a contribution of any kind; not when its folder was removed."""
    try:
        return bool(label) and issubclass(apps.get_model(label), Contribution)
    except LookupError:
        return False


PROJECTOR = Projector(slug="feed", project=project, reset=reset, project_many=project_many)

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
    project_many([activity])


def project_many(activities: Sequence[Activity]) -> None:
    told = [
        (happening, audience) for happening in map(_happening, activities) for audience in domain.audiences(happening)
    ]
    if told:
        _add(told)


def _happening(activity: Activity) -> domain.Happening:
    return domain.Happening(
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


def reset() -> None:
    Line.objects.all().delete()


# One statement: the lines (made, or locked by the update, in one order), their parts unless they are there.
ADD = """
WITH told AS (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS told (community, member, key, activity, actor, contribution)
), line AS (
    INSERT INTO feed_line (community_id, member_id, key, latest_id, contribution_id, count, people)
    SELECT community, member, key, max(activity), max(contribution), 0, 0 FROM told
    GROUP BY community, member, key ORDER BY community, member, key
    ON CONFLICT (community_id, member_id, key) DO UPDATE
        SET latest_id = greatest(feed_line.latest_id, EXCLUDED.latest_id)
    RETURNING id, community_id, member_id, key
)
INSERT INTO feed_part (line_id, activity_id, actor)
SELECT line.id, told.activity, told.actor FROM told JOIN line ON line.key = told.key
    AND line.community_id IS NOT DISTINCT FROM told.community AND line.member_id IS NOT DISTINCT FROM told.member
ON CONFLICT (line_id, activity_id) DO NOTHING
RETURNING line_id
"""
COUNT = """
UPDATE feed_line SET count = sums.count, people = sums.people
FROM (
    SELECT line_id, count(*) AS count, count(DISTINCT actor) AS people
    FROM feed_part WHERE line_id = ANY(%s) GROUP BY line_id
) sums
WHERE id = sums.line_id
"""


def _add(told: Sequence[tuple[domain.Happening, domain.Audience]]) -> None:
    rows = [
        (
            audience.community,
            audience.member,
            domain.group_key(happening),
            happening.pk,
            happening.actor,
            happening.object_id if _is_contribution(happening.object_type) else None,
        )
        for happening, audience in told
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])
        added = {line for (line,) in cursor.fetchall()}
        if added:
            cursor.execute(COUNT, [sorted(added)])


def _is_contribution(label: str) -> bool:
    """Whether the activity's object is a contribution of any kind; not when its folder was removed."""
    try:
        return bool(label) and issubclass(apps.get_model(label), Contribution)
    except LookupError:
        return False


PROJECTOR = Projector(slug="feed", project=project, reset=reset, project_many=project_many, reads=())

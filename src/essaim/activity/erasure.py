"""What the stream holds about a member: shown to him, and let go when he goes."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q

from essaim.activity.models import Activity
from essaim.activity.vocabulary import VOCABULARY
from essaim.kit import clock
from essaim.people.models import Member


def erase_member(member: Member) -> int:
    """Turn every activity of the member, or that touched him, into a tombstone; how many.

    The payload fields the type names in `erase` are emptied; who, when and what kind stay for the tallies and
    the books, under the pseudonym his account has become. A type no longer declared loses its whole payload.
    """
    types = Activity.objects.filter(Q(actor=member) | Q(target=member), erased_at=None).values_list("type", flat=True)
    return sum(_erase_type(member, slug) for slug in sorted(set(types)))


def forget(member: Member) -> None:
    """`erase_member`, as the register of rights calls it."""
    erase_member(member)


def _erase_type(member: Member, slug: str) -> int:
    """Empty the fields that are present; the others keep their value."""
    declared = VOCABULARY.get(slug)
    emptied = "TRUE" if declared is None else "key = ANY(%(fields)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activity_activity SET erased_at = %(now)s, payload = COALESCE((SELECT jsonb_object_agg(key,"
            f" CASE WHEN {emptied} THEN 'null'::jsonb ELSE value END) FROM jsonb_each(payload)), '{{}}'::jsonb)"
            " WHERE type = %(type)s AND erased_at IS NULL"
            " AND (actor_id = %(member)s OR target_id = %(member)s)",
            {
                "now": clock.now(),
                "type": slug,
                "member": member.pk,
                "fields": list(declared.erase) if declared else [],
            },
        )
        return int(cursor.rowcount)


def portrait(member: Member) -> list[dict[str, Any]]:
    """Every activity the member did or was touched by, as flat rows."""
    rows = Activity.objects.filter(Q(actor=member) | Q(target=member)).order_by("id")
    return [
        {
            "id": row.pk,
            "at": row.at.isoformat(),
            "type": row.type,
            "verb": row.verb,
            "role": "actor" if row.actor_id == member.pk else "target",
            "object": f"{row.object_type}:{row.object_id}" if row.object_type else "",
            "public": row.public,
            **row.payload,
        }
        for row in rows.iterator()
    ]

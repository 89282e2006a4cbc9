"""After a round: the stream is told who cheered, each community its turnout, and supporters are thanked."""

from __future__ import annotations

from django.db import connection, transaction

from essaim.activity.record import record
from essaim.initiatives.models import Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import queries
from essaim.mechanisms.cheer.actions.cheering import tell_stream
from essaim.mechanisms.cheer.models import Cheer, Round
from essaim.mechanisms.cheer.verbs import SupportersThanked

# Who cheered, by the communities he is in; a member of two counts in both.
TURNOUT = """
SELECT community.slug, count(cheer.id), count(*)
FROM communities_community community
JOIN communities_membership membership ON membership.community_id = community.id AND membership.state = 'active'
LEFT JOIN cheer_cheer cheer ON cheer.phase_id = %s AND cheer.kind = %s
  AND cheer.supporter = 'member:' || membership.member_id AND cheer.campaign_id = %s
GROUP BY community.slug HAVING count(cheer.id) > 0 ORDER BY 2 DESC, 1
"""


def thank_supporters() -> int:
    """For each counted round not thanked for yet: tell the stream, note the turnout, thank. How many rounds.

    Begun again wherever it was stopped; the thanks themselves are written once.
    """
    due = Round.objects.filter(sealed_at__isnull=False, thanked_at=None).select_related(
        "phase__initiative__community"
    )
    return sum(_thank(held.phase) for held in due)


def _thank(phase: Phase) -> bool:
    tell_stream(phase)
    with connection.cursor() as cursor:
        cursor.execute(TURNOUT, [phase.pk, Cheer.Kind.MEMBER, phase.initiative_id])
        turnout = [list(row) for row in cursor.fetchall()]
    with transaction.atomic():
        held = Round.objects.select_for_update(of=("self",)).get(phase=phase)
        if held.thanked_at is not None:
            return False
        held.turnout, held.thanked_at = turnout, clock.now()
        held.save(update_fields=["turnout", "thanked_at"])
        if held.count["total"]:
            camps = queries.camps_by_slug(phase.initiative)
            leaders = ", ".join(camps[slug].name for slug in held.count["leaders"])
            thanks = SupportersThanked(queries.title_of(phase), leaders, held.count["total"])
            record(thanks, actor=None, object=phase.initiative, initiative=phase.initiative)
    return True

"""Who is in the map, kept in the very transaction in which he says yes or no."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from essaim.listening.models import Claim
from essaim.people.models import Consent, Member
from essaim.projectors.influence import drawing
from essaim.projectors.influence.models import Consenting, Figures, Seat, Stale, Tie
from essaim.standing.models import PastScore, Score

FROM_CONSENTS = """
INSERT INTO influence_consenting (member_id, since)
SELECT c.member_id, min(c.at)
FROM people_consent c
JOIN people_member m ON m.id = c.member_id AND m.erased_at IS NULL
WHERE c.purpose = 'influence' AND c.granted AND c.id > coalesce(
    (SELECT max(w.id) FROM people_consent w
     WHERE w.member_id = c.member_id AND w.purpose = 'influence' AND NOT w.granted), 0)
GROUP BY c.member_id
"""
"""A consent runs from the first yes after the last no: saying yes again to newer words does not begin anew."""


def changed(consent: Consent) -> None:
    """Called inside the transaction of the consent."""
    if consent.granted:
        _, new = Consenting.objects.get_or_create(member=consent.member, defaults={"since": consent.at})
        if new:
            _draw_voices_of(consent.member)
    else:
        forget(consent.member)


@transaction.atomic
def forget(member: Member) -> None:
    """Nothing of the member stays in the map: neither his ties, nor those of voices that are his, nor conclusions."""
    drawing.one_at_a_time()
    Consenting.objects.filter(member=member).delete()
    drawing.forget_nodes(nodes_of(member))
    for model in (Score, PastScore):
        model.objects.filter(member=member, kind="advocacy").delete()


def nodes_of(member: Member) -> list[int]:
    """The member's own number, and those of the voices he showed to be his."""
    return [member.pk, *(-pk for pk in _voices_of(member))]


def _voices_of(member: Member) -> list[int]:
    claims = Claim.objects.filter(member=member, proved_at__isnull=False, ended_at=None)
    return list(claims.values_list("voice_id", flat=True))


def _draw_voices_of(member: Member) -> None:
    Stale.objects.bulk_create([Stale(voice_id=pk) for pk in _voices_of(member)])


def refill() -> None:
    """Read who consents from the consents themselves."""
    Consenting.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FROM_CONSENTS)


def portrait(member: Member) -> list[dict[str, Any]]:
    """What the map holds of the member, for his export."""
    nodes = nodes_of(member)
    ties = Tie.objects.filter(source__in=nodes) | Tie.objects.filter(target__in=nodes)
    rows: list[dict[str, Any]] = [
        {"what": "tie", "direction": "to" if tie.source in nodes else "from", "month": domain_month(tie.month),
         "count": tie.count}
        for tie in ties.order_by("month", "source", "target")
    ]  # fmt: skip
    rows += [
        {"what": "circle", "name": seat.circle.name, "run": seat.circle.run_id, "ties": seat.ties}
        for seat in Seat.objects.filter(node__in=nodes).select_related("circle").order_by("circle")
    ]
    rows += [
        {"what": "figures", "run": one.run_id, "heard": one.heard, "reach": one.reach, "advocacy": one.advocacy}
        for one in Figures.objects.filter(node__in=nodes).order_by("run")
    ]
    return rows


def domain_month(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"

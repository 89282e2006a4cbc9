"""The only writer of scores; called by projectors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from essaim.communities.models import Community
from essaim.kit import clock
from essaim.people.models import Member
from essaim.standing.models import PastScore, Score

Figure = int | Decimal


@transaction.atomic
def conclude(
    *,
    member: Member,
    kind: str,
    value: Figure,
    community: Community | None = None,
    low: Figure | None = None,
    high: Figure | None = None,
    basis: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    keep_past: bool = False,
) -> Score:
    """Make `value` the member's current score of this kind.

    With `keep_past`, a value that differs from the one before leaves that one in the history.
    """
    # The member's row, not the score's: a first score has no row to lock yet.
    Member.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
    standing = Score.objects.filter(member=member, community=community, kind=kind).first()
    if standing is not None and keep_past and standing.value != value:
        _keep(standing)
    score = standing or Score(member=member, community=community, kind=kind)
    score.value, score.low, score.high = Decimal(value), _decimal(low), _decimal(high)
    score.basis, score.concluded_at = dict(basis or {}), at or clock.now()
    score.save()
    return score


def forget(*kinds: str) -> None:
    """Drop every score of these kinds, past ones too: a projector begins again."""
    Score.objects.filter(kind__in=kinds).delete()
    PastScore.objects.filter(kind__in=kinds).delete()


def _keep(score: Score) -> None:
    PastScore.objects.create(
        member=score.member,
        community=score.community,
        kind=score.kind,
        value=score.value,
        low=score.low,
        high=score.high,
        basis=score.basis,
        concluded_at=score.concluded_at,
    )


def _decimal(figure: Figure | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)

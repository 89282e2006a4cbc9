"""The only writer of scores; called by projectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from essaim.communities.models import Community
from essaim.kit import clock
from essaim.people.models import Member
from essaim.standing.models import PastScore, Score

Figure = int | Decimal


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
    score = concluded(
        member=member, kind=kind, value=value, community=community, low=low, high=high, basis=basis, at=at
    )
    if keep_past:
        with transaction.atomic():
            _keep_past(score)
            return conclude_all([score])[0]
    return conclude_all([score])[0]


def concluded(
    *,
    member: Member,
    kind: str,
    value: Figure,
    community: Community | None = None,
    low: Figure | None = None,
    high: Figure | None = None,
    basis: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Score:
    """The conclusion, not written yet; for projectors that conclude about many at once with `conclude_all`."""
    return Score(
        member=member,
        community=community,
        kind=kind,
        value=Decimal(value),
        low=_decimal(low),
        high=_decimal(high),
        basis=dict(basis or {}),
        concluded_at=at or clock.now(),
    )


def conclude_all(scores: Sequence[Score]) -> list[Score]:
    """Make each the current score of its member and kind, at most one of a kind for each.

    One statement: two first conclusions at once leave one row.
    """
    return Score.objects.bulk_create(
        scores,
        batch_size=5_000,
        update_conflicts=True,
        unique_fields=["member", "community", "kind"],
        update_fields=["value", "low", "high", "basis", "concluded_at"],
    )


def forget(*kinds: str) -> None:
    """Drop every score of these kinds, past ones too: a projector begins again."""
    Score.objects.filter(kind__in=kinds).delete()
    PastScore.objects.filter(kind__in=kinds).delete()


def _keep_past(new: Score) -> None:
    # The member's row, not the score's: a first score has no row to lock yet.
    Member.objects.select_for_update(no_key=True, of=("self",)).get(pk=new.member_id)
    same = Score.objects.filter(member=new.member_id, community=new.community_id, kind=new.kind)
    score = same.exclude(value=new.value).first()
    if score is None:
        return
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

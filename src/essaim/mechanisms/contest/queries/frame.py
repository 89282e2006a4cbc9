"""What is asked about a contest as a whole: its rules, its calendar, its money, its jury."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.queries import escrow_balance
from essaim.mechanisms.contest.domain.errors import CountHidden
from essaim.mechanisms.contest.domain.rules import Rules, thaw
from essaim.mechanisms.contest.models import (
    BallotBox,
    JurySeat,
    RungReached,
    SurgeAlarm,
)

SLUG = "contest"
VOTING = ("vote", "together")


def contests() -> QuerySet[Initiative]:
    return Initiative.objects.filter(mechanism=SLUG)


def voted_on_now(*, at: datetime | None = None) -> QuerySet[Initiative]:
    """Contests whose running phase takes votes."""
    at = at or clock.now()
    running = Q(phases__kind__in=VOTING, phases__starts_at__lte=at, phases__ends_at__gt=at)
    return contests().filter(running, opened_at__isnull=False, halted_at=None)


def rules_of(contest: Initiative) -> Rules:
    return thaw(contest.rules)


def box_of(contest: Initiative) -> BallotBox:
    return BallotBox.objects.get_or_create(initiative=contest)[0]


def voting_over(contest: Initiative, *, at: datetime | None = None) -> bool:
    """Whether no phase in which members vote runs or is still to come."""
    at = at or clock.now()
    return not contest.phases.filter(kind__in=VOTING, ends_at__gt=at).exists()


def is_over(contest: Initiative, *, at: datetime | None = None) -> bool:
    """Whether every phase is over."""
    return contest.opened_at is not None and not contest.phases.filter(ends_at__gt=at or clock.now()).exists()


def results_shown(contest: Initiative) -> bool:
    """Whether members see the counts now: interim results are hidden unless the rules say otherwise."""
    return not rules_of(contest).results_hidden or voting_over(contest)


def require_shown(contest: Initiative) -> None:
    """Raises CountHidden while the rules keep the counts back."""
    if not results_shown(contest):
        raise CountHidden


def jury(contest: Initiative) -> QuerySet[JurySeat]:
    return JurySeat.objects.filter(contest=contest).select_related("member").order_by("member__sort_key", "id")


def open_alarms(contest: Initiative) -> QuerySet[SurgeAlarm]:
    return SurgeAlarm.objects.filter(idea__contest=contest, settled_at=None).select_related("idea", "idea__contest")


def escrow(contest: Initiative, unit: str = "EUR") -> int:
    """What the contest holds for its awards, in minor units."""
    return escrow_balance(contest.pk, unit)


def shortfall(contest: Initiative, rules: Rules) -> dict[str, tuple[int, int]]:
    """(needed, held) per unit where the escrow does not cover what the rungs can still cost."""
    gaps = {}
    for unit, budget in rules.budget.items():
        paid = sum(RungReached.objects.filter(idea__contest=contest, unit=unit).values_list("amount", flat=True))
        held = escrow(contest, unit)
        if held < budget - paid:
            gaps[unit] = (budget - paid, held)
    return gaps

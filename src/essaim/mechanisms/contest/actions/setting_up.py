"""Before a contest opens: its money, its jury. The rest of its preparation is every initiative's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit.money import format_amount
from essaim.ledger.entries import fund, unfund
from essaim.ledger.post import post
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.domain.errors import (
    AwardNotPositive,
    JuryTooSmall,
    NotFunded,
    NothingLeft,
    RulesFrozen,
    VotingRuns,
)
from essaim.mechanisms.contest.domain.rules import Condition, Rules, thaw
from essaim.mechanisms.contest.models import Funding, JurySeat
from essaim.mechanisms.contest.payloads import ContestFunded, JurorSeated, LeftoverReturned
from essaim.people.models import Member


@transaction.atomic
def fund_contest(*, contest: Initiative, treasurer: Member, amount: int, key: str, unit: str = "EUR") -> Funding:
    """Set house money aside for the awards. `key` comes from the form: the same form sent twice funds once.

    Raises InsufficientFunds when the house has not that much of its own.
    """
    contest = lock(contest)
    allow(policy.fund, treasurer, contest)
    if amount < 1:
        raise AwardNotPositive
    key = f"contest:{contest.pk}:funding:{key}"
    if (before := Funding.objects.filter(key=key).first()) is not None:
        return before
    funding = Funding.objects.create(contest=contest, amount=amount, unit=unit, key=key, funded_by=treasurer)
    activity = record(ContestFunded(amount, unit, funding.pk), actor=treasurer, object=contest, initiative=contest)
    post(fund(contest.pk, key=key, amount=amount, unit=unit, memo=contest.title), activity, author=treasurer)
    return funding


@transaction.atomic
def return_leftover(*, contest: Initiative, treasurer: Member, unit: str = "EUR") -> int:
    """After the contest, what no rung has cost goes back to the house; the amount, in minor units."""
    contest = lock(contest)
    allow(policy.fund, treasurer, contest)
    if not queries.is_over(contest):
        raise VotingRuns
    left = queries.escrow(contest, unit)
    if left < 1:
        raise NothingLeft
    activity = record(LeftoverReturned(left, unit), actor=treasurer, object=contest, initiative=contest)
    key = f"contest:{contest.pk}:leftover:{activity.pk}"
    post(unfund(contest.pk, key=key, amount=left, unit=unit, memo=contest.title), activity, author=treasurer)
    return left


@transaction.atomic
def seat_juror(*, contest: Initiative, member: Member, actor: Member) -> JurySeat:
    """Name a juror while the contest is prepared; the jury is part of what freezes at opening."""
    contest = lock(contest)
    allow(policy.seat_juror, actor, contest)
    if contest.opened_at is not None:
        raise RulesFrozen
    seat, is_new = JurySeat.objects.get_or_create(contest=contest, member=member, defaults={"appointed_by": actor})
    if is_new:
        record(JurorSeated(seat.pk), actor=actor, object=contest, initiative=contest, target=member)
    return seat


@transaction.atomic
def unseat_juror(*, contest: Initiative, member: Member, actor: Member) -> None:
    """Take a juror off the list while the contest is prepared."""
    contest = lock(contest)
    allow(policy.seat_juror, actor, contest)
    if contest.opened_at is not None:
        raise RulesFrozen
    JurySeat.objects.filter(contest=contest, member=member).delete()


def before_opening(contest: Initiative) -> None:
    """What the rules alone cannot show: every award is in escrow, and enough jurors sit. Called under the lock."""
    rules = queries.rules_of(contest)
    require_money(contest, rules)
    needed = max((rung.quorum for rung in rules.rungs if rung.condition is Condition.JURY), default=0)
    needed = max(needed, 1 if rules.jury_weight else 0)
    seated = queries.jury(contest).count()
    if seated < needed:
        raise JuryTooSmall(seated=seated, needed=needed)
    queries.box_of(contest)


def check_amendment(contest: Initiative, amended: Mapping[str, Any]) -> None:
    """An amendment promises no more money than the contest holds."""
    require_money(contest, thaw(amended))


def require_money(contest: Initiative, rules: Rules) -> None:
    for unit, (needed, held) in queries.shortfall(contest, rules).items():
        raise NotFunded(needed=format_amount(needed, unit), held=format_amount(held, unit))

"""An award paid for votes that were voided afterwards: the treasurer takes it back, or lets it stand; in public."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext, override

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.ledger.domain import InsufficientFunds
from essaim.ledger.models import JournalEntry
from essaim.ledger.post import reverse
from essaim.mechanisms.contest import policy, queries
from essaim.mechanisms.contest.domain.errors import AwardNotInDoubt, AwardSpent, ClimbedPast, ReasonMissing
from essaim.mechanisms.contest.domain.rules import Rung
from essaim.mechanisms.contest.doubts import awards_in_doubt
from essaim.mechanisms.contest.models import AwardDecision, RungReached
from essaim.mechanisms.contest.payloads import AwardKept, AwardTakenBack
from essaim.people.models import Member
from essaim.people.queries import house


@transaction.atomic
def take_back_award(*, reached: RungReached, actor: Member, reason: str) -> AwardDecision:
    """Reverse the award's entry and take the idea off the rung, which it may reach again.

    Raises AwardNotInDoubt, ClimbedPast when it stands higher already, AwardSpent when the authors lack the money.
    """
    contest = lock(reached.idea.contest)
    allow(policy.fund, actor, contest)
    row, step = _in_doubt(contest, reached, reason)
    rules = queries.rules_of(contest)
    if any(step in rules.below(other.rung) for other in row.idea.rungs.all()):
        raise ClimbedPast
    told = AwardTakenBack(row.rung, step.name, row.amount, row.unit, reason.strip())
    activity = record(told, actor=actor, object=row.idea, initiative=contest, target=row.idea.author)
    with override(house().languages[0]):  # the books are kept in one language
        memo = gettext("Votes voided: %(reason)s") % {"reason": reason.strip()}
    entry = JournalEntry.objects.get(key=row.entry_key)
    try:
        reverse(entry, key=f"{row.entry_key}:back", memo=memo[:200], activity=activity, author=actor)
    except InsufficientFunds:
        raise AwardSpent from None
    return _decide(row, actor, reason, taken_back=True)


@transaction.atomic
def let_award_stand(*, reached: RungReached, actor: Member, reason: str) -> AwardDecision:
    """The award is not taken back, for a reason everyone reads."""
    contest = lock(reached.idea.contest)
    allow(policy.fund, actor, contest)
    row, step = _in_doubt(contest, reached, reason)
    decision = _decide(row, actor, reason, taken_back=False)
    kept = AwardKept(row.rung, step.name, decision.reason)
    record(kept, actor=actor, object=row.idea, initiative=contest, target=row.idea.author)
    return decision


def _decide(row: RungReached, actor: Member, reason: str, *, taken_back: bool) -> AwardDecision:
    return AwardDecision.objects.create(reached=row, decided_by=actor, reason=reason.strip(), taken_back=taken_back)


def _in_doubt(contest: Initiative, reached: RungReached, reason: str) -> tuple[RungReached, Rung]:
    """The row as it now stands, and its rung."""
    if not reason.strip():
        raise ReasonMissing
    row = next((row for row in awards_in_doubt(contest) if row.pk == reached.pk), None)
    if row is None:
        raise AwardNotInDoubt
    return row, queries.rules_of(contest).rung(row.rung)

"""Reads over payouts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from essaim.kit import clock
from essaim.ledger.models import Payout, PayoutRules, ProviderEvent
from essaim.ledger.payouts.domain import Rules
from essaim.people.models import Member

State = Payout.State
GONE = (State.SENT, State.SETTLED)
UNDER_WAY = (State.REQUESTED, State.APPROVED, State.SENT)
ENDED = (State.SETTLED, State.FAILED, State.RETURNED)
PROMISED = (State.REQUESTED, State.APPROVED, *GONE)


def rules_row() -> PayoutRules:
    return PayoutRules.objects.filter(pk=1).first() or PayoutRules(pk=1)


def rules() -> Rules:
    row = rules_row()
    return Rules(row.two_persons_above, row.minimum, timedelta(days=row.hold_days), row.identity_above)


def promised_in_a_year(member: Member, unit: str) -> int:
    """What left, or is about to leave, to the member within the last 365 days."""
    recent = Payout.objects.filter(
        member=member, unit=unit, state__in=PROMISED, requested_at__gt=clock.now() - timedelta(days=365)
    )
    return recent.aggregate(total=Sum("amount"))["total"] or 0


def is_identified(member: Member) -> bool:
    """The member's identity was checked for an earlier payout."""
    return Payout.objects.filter(member=member, identity=Payout.Identity.VERIFIED).exists()


def payouts_of(member: Member) -> QuerySet[Payout]:
    return Payout.objects.filter(member=member).order_by("-requested_at")


def payouts_waiting() -> QuerySet[Payout]:
    """What needs a person, the oldest first, with the number of approvals given."""
    waiting = Payout.objects.filter(state=State.REQUESTED).select_related("member")
    return waiting.annotate(given=Count("approvals")).order_by("requested_at")


def contradicted() -> QuerySet[Payout]:
    """Payouts that had ended when the provider said otherwise: what it said waits for a person."""
    words = _words_waiting().filter(provider=OuterRef("provider"), reference=OuterRef("reference"))
    return Payout.objects.filter(Exists(words), state__in=ENDED).select_related("member").order_by("requested_at")


def words_in_doubt(payout: Payout) -> QuerySet[ProviderEvent]:
    """What the provider said of an ended payout that nothing follows from, the latest last."""
    if payout.state not in ENDED:
        return ProviderEvent.objects.none()
    words = _words_waiting().filter(provider=payout.provider, reference=payout.reference)
    return words.order_by("occurred_at", "id")


def _words_waiting() -> QuerySet[ProviderEvent]:
    return ProviderEvent.objects.filter(outcome=ProviderEvent.Outcome.WAITING, type__startswith="payout.")


def payouts_due() -> QuerySet[Payout]:
    """Approved and past their hold, or sent without the provider having answered."""
    now = clock.now()
    due = Payout.objects.filter(state=State.APPROVED, leaves_at__lte=now)
    return due | Payout.objects.filter(state=State.SENT, reference=None)

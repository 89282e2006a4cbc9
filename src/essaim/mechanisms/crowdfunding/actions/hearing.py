"""What words about payments make of their pledges. Called in the transaction that applies the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import prefetch_related_objects

from essaim.activity.record import prepared, record, record_all
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.kit.rows import write_rows
from essaim.ledger.models import Payment
from essaim.ledger.payments.listening import Moved
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.actions.money import (
    Why,
    free_places,
    pass_on,
    release,
    rematch,
    send_charges_back,
    send_everything_back,
    unmatch,
)
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import Outcome
from essaim.mechanisms.crowdfunding.domain.rules import Choice
from essaim.mechanisms.crowdfunding.letters import write_failure
from essaim.mechanisms.crowdfunding.models import Campaign, Charge, OfflineMoney, Pledge, Refund, StretchGoal
from essaim.mechanisms.crowdfunding.payloads import PaymentFailed, PledgeConfirmed

State = Pledge.State


def lock_for(payments: Sequence[Payment]) -> None:
    """The campaigns first, in the order of their ids, then the payments: acts and words take their locks alike."""
    charges = Charge.objects.filter(payment__in=payments)
    for campaign in Initiative.objects.filter(pk__in=charges.values("pledge__campaign")).order_by("pk"):
        lock(campaign)


def heard(moves: Sequence[Moved]) -> None:
    """Pledges follow their payments, campaign by campaign."""
    _refunds_done([moved for moved in moves if moved.payment.refunded > moved.before.refunded])
    by_campaign: defaultdict[int, list[Charge]] = defaultdict(list)
    for charge in _charges_of(moves):
        by_campaign[charge.pledge.campaign_id].append(charge)
    for campaign in sorted(by_campaign):
        charges = by_campaign[campaign]
        _keep_nothing_of([charge for charge in charges if charge.superseded_at is not None])
        live = [charge for charge in charges if charge.superseded_at is None]
        take_note([charge.pledge for charge in live], live)


def _charges_of(moves: Sequence[Moved]) -> list[Charge]:
    """Each with its payment as it moved; attempts to pay the same pledge share it."""
    moved = {one.payment.pk: one.payment for one in moves}
    charges = list(Charge.objects.filter(payment__in=list(moved)).select_related("pledge").order_by("pk"))
    if len(charges) != len(moved):
        raise Charge.DoesNotExist
    campaigns = Initiative.objects.select_related("community").in_bulk({one.pledge.campaign_id for one in charges})
    pledges: dict[int, Pledge] = {}
    for charge in charges:
        charge.pledge = pledges.setdefault(charge.pledge_id, charge.pledge)
        charge.pledge.campaign = campaigns[charge.pledge.campaign_id]
        charge.payment = moved[charge.payment_id]
    return charges


def _keep_nothing_of(charges: Sequence[Charge]) -> None:
    """Money of attempts another one has replaced goes back."""
    if not charges:
        return
    pledges = list({charge.pledge_id: charge.pledge for charge in charges}.values())
    money = sources_of(pledges)
    for pledge in pledges:
        money[pledge.pk].mirror(pledge)
    write_rows(pledges, MIRRORED)
    send_charges_back(charges, Why(Refund.Cause.CANCELLED))


def _refunds_done(moves: Sequence[Moved]) -> None:
    """The refunds asked of each payment, oldest first, as far as the money told to be back goes."""
    if not moves:
        return
    by_payment: dict[Any, Moved] = {moved.payment.pk: moved for moved in moves}
    back, done = {key: moved.payment.refunded for key, moved in by_payment.items()}, []
    for refund in Refund.objects.filter(payment__in=list(by_payment)).order_by("pk"):
        back[refund.payment_id] -= refund.amount
        if back[refund.payment_id] >= 0 and refund.done_at is None:
            refund.done_at = by_payment[refund.payment_id].at
            done.append(refund)
    write_rows(done, ["done_at"])


@dataclass
class Round:
    """Pledges that follow their money in one go, sorted by what becomes of them."""

    counting: list[Pledge] = field(default_factory=list)
    failed: list[Pledge] = field(default_factory=list)
    refunded: list[Pledge] = field(default_factory=list)
    still: list[Pledge] = field(default_factory=list)
    superfluous: list[Pledge] = field(default_factory=list)


def take_note(pledges: Sequence[Pledge], live: Sequence[Charge] = ()) -> None:
    """The pledges follow their money; their campaign is locked by the caller. `live`: charges read already.

    Those that newly take a place, or add to what pots and stretch goals see, come first and one after the other;
    with the others what becomes of one does not depend on the rest.
    """
    if not pledges:
        return
    money, round_ = sources_of(pledges, live), Round()
    for pledge in pledges:
        _follow(pledge, money[pledge.pk], round_)
    write_rows([*round_.still, *round_.superfluous], MIRRORED)
    send_everything_back(round_.superfluous, Why(Refund.Cause.CANCELLED))
    rematch([pledge for pledge in round_.still if pledge.state == State.PAID])
    _failed(round_.failed)
    _refunded(round_.refunded)
    _still_counting(round_.counting)


def _follow(pledge: Pledge, money: Sources, round_: Round) -> None:
    before, facts = life.State(pledge.state), money.facts()
    money.mirror(pledge)
    after = life.standing(before, pledge.amount, facts, place=_has_place(pledge, before))
    if after is before:
        over = life.superfluous(before, facts)
        (round_.superfluous if over.held or over.captured else round_.still).append(pledge)
        return
    pledge.state = State(after)
    if after is life.State.FAILED:
        round_.failed.append(pledge)
    elif after is life.State.REFUNDED:
        round_.refunded.append(pledge)
    elif after not in life.COUNTING:
        pledge.save()
    elif before in life.COUNTING:
        round_.counting.append(pledge)
    else:
        _confirmed(pledge, before)


MIRRORED = ["captured", "refunded", "lost"]


@dataclass
class Sources:
    """Where a pledge's money came by: its attempts, and what was received and paid back by hand."""

    charges: list[Charge]
    came: int
    back: int

    def facts(self) -> life.Facts:
        """The attempt that counts, and what was received by hand."""
        live = next((charge for charge in self.charges if charge.superseded_at is None), None)
        if live is None:
            return life.Facts(captured=self.came, refunded=self.back)
        payment = live.payment
        return life.Facts(
            held=payment.authorised if payment.state == Payment.State.AUTHORISED else 0,
            captured=payment.captured + self.came,
            refunded=payment.refunded + self.back,
            lost=payment.lost,
            waiting=payment.state in (Payment.State.PENDING, Payment.State.STEP_UP),
        )

    def mirror(self, pledge: Pledge) -> None:
        """The sums of every attempt, the superseded ones too: the books hold them all."""
        pledge.captured = self.came + sum(charge.payment.captured for charge in self.charges)
        pledge.refunded = self.back + sum(charge.payment.refunded for charge in self.charges)
        pledge.lost = sum(charge.payment.lost for charge in self.charges)


def sources_of(pledges: Sequence[Pledge], read: Sequence[Charge] = ()) -> dict[int, Sources]:
    """By the pledges' ids; `read` are charges that need not be read again."""
    sources = {pledge.pk: Sources([], 0, 0) for pledge in pledges}
    others = Charge.objects.filter(pledge__in=pledges).exclude(pk__in=[charge.pk for charge in read])
    for charge in [*read, *others.select_related("payment")]:
        sources[charge.pledge_id].charges.append(charge)
    for money in OfflineMoney.objects.filter(pledge__in=pledges).exclude(confirmed_at=None):
        if money.way == OfflineMoney.Way.IN:
            sources[money.pledge_id].came += money.amount
        else:
            sources[money.pledge_id].back += money.amount
    return sources


def _has_place(pledge: Pledge, before: life.State) -> bool:
    """Whether a pledge not paid in time can still be had: its stock is there and the door is open."""
    late = before is life.State.LAPSED or (
        before in life.WAITING and pledge.expires_at is not None and pledge.expires_at <= clock.now()
    )
    if not late:
        return True
    if queries.campaign_of(pledge.campaign).outcome == Campaign.Outcome.FAILED:
        return False
    lines = [line for line in pledge.lines.select_related("tier") if not pledge.waived]
    gone = queries.taken([line.tier_id for line in lines], but=pledge)
    return all(
        line.tier.stock is None or gone.get(line.tier_id, 0) + line.quantity <= line.tier.stock for line in lines
    )


def _confirmed(pledge: Pledge, before: life.State) -> None:
    """The pledge counts: for the first time, or again after a failure."""
    if not _has_place(pledge, before):
        pledge.save(update_fields=MIRRORED)
        release([pledge], State.LAPSED)
        return
    pledge.lines.update(holds=not pledge.waived)
    first, pledge.confirmed_at = pledge.confirmed_at is None, pledge.confirmed_at or clock.now()
    pledge.expires_at = None
    _replace([pledge])  # first: the places of the old one are the new one's
    pledge.save()
    rematch([pledge])
    note_stretch(pledge)
    if first:
        seen = not pledge.anonymous and not pledge.is_guest
        told = PledgeConfirmed(pledge.number)
        record(told, actor=pledge.backer, object=pledge, initiative=pledge.campaign, public=None if seen else False)
    _closed_meanwhile([pledge])


def _still_counting(pledges: Sequence[Pledge]) -> None:
    """What was held is taken now."""
    if not pledges:
        return
    for pledge in pledges:
        pledge.expires_at = None
    _replace(pledges)
    write_rows(pledges, [*MIRRORED, "state", "expires_at"])
    _closed_meanwhile(pledges)


def _replace(pledges: Sequence[Pledge]) -> None:
    """The pledges these were a change of go."""
    old = [pledge.replaces for pledge in pledges if pledge.replaces is not None]
    standing = [one for one in old if one.state not in life.OVER]
    for one in standing:
        one.campaign = pledges[0].campaign
    if standing:
        release(standing, State.CANCELLED)


def note_stretch(pledge: Pledge) -> None:
    waiting = StretchGoal.objects.filter(campaign=pledge.campaign, reached_at=None).order_by("amount")
    if not waiting.exists():
        return
    raised = queries.gauge(pledge.campaign).raised
    waiting.filter(amount__lte=raised).update(reached_at=clock.now())


def _closed_meanwhile(pledges: Sequence[Pledge]) -> None:
    """The campaign got its outcome while the bank was thinking, or credits and gifts have just been taken."""
    row = queries.campaign_of(pledges[0].campaign)
    if not row.outcome and row.passed_at is None:
        return
    if row.outcome == Campaign.Outcome.FAILED:
        _failed_meanwhile([pledge for pledge in pledges if pledge.state == State.PAID])
    if any(pledge.state == State.HELD for pledge in pledges):
        from essaim.mechanisms.crowdfunding.jobs import ring

        Campaign.objects.filter(pk=row.pk).update(worked_off_at=None)
        ring()


def _failed_meanwhile(pledges: Sequence[Pledge]) -> None:
    by_due: defaultdict[life.Due, list[Pledge]] = defaultdict(list)
    for pledge in pledges:
        by_due[life.due(Outcome.FAILED, life.State.PAID, Choice(pledge.on_failure))].append(pledge)
    for due, some in by_due.items():
        if due in (life.Due.CREDIT, life.Due.GIVE):
            pass_on(some, due)
        else:
            send_everything_back(some, Why(Refund.Cause.FAILURE))
            Pledge.objects.filter(pk__in=[pledge.pk for pledge in some]).update(settled_at=clock.now())


def _failed(pledges: Sequence[Pledge]) -> None:
    """A hold ran out, a capture was refused, a bank took the money back: it can be made good for a while."""
    if not pledges:
        return
    campaign = pledges[0].campaign
    until = clock.now() + timedelta(days=queries.rules_of(campaign).retry_days)
    for pledge in pledges:
        pledge.expires_at, pledge.capture_asked_at = until, None
    write_rows(pledges, [*MIRRORED, "state", "expires_at", "capture_asked_at"])
    unmatch(pledges)
    prefetch_related_objects(pledges, "backer")
    told = [(pledge, PaymentFailed(pledge.number, pledge.amount, pledge.unit)) for pledge in pledges]
    record_all([prepared(act, actor=None, object=one, initiative=campaign, target=one.backer) for one, act in told])
    for pledge in pledges:
        write_failure(pledge)


def _refunded(pledges: Sequence[Pledge]) -> None:
    if not pledges:
        return
    for pledge in pledges:
        pledge.expires_at, pledge.settled_at = None, pledge.settled_at or clock.now()
    write_rows(pledges, [*MIRRORED, "state", "expires_at", "settled_at"])
    free_places(pledges)
    unmatch(pledges)

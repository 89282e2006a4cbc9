"""What a word about a payment makes of its pledge. Called in the transaction that applies the word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.kit import clock
from essaim.ledger.models import Payment
from essaim.ledger.payments.listening import Moved
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.actions.money import (
    pass_on,
    release,
    rematch,
    send_charge_back,
    send_everything_back,
)
from essaim.mechanisms.crowdfunding.domain import pledges as life
from essaim.mechanisms.crowdfunding.domain.outcomes import Outcome
from essaim.mechanisms.crowdfunding.domain.rules import Choice
from essaim.mechanisms.crowdfunding.letters import write_failure
from essaim.mechanisms.crowdfunding.models import Campaign, Charge, OfflineMoney, Pledge, Refund, StretchGoal
from essaim.mechanisms.crowdfunding.payloads import PaymentFailed, PledgeConfirmed

State = Pledge.State


def lock_for(payment: Payment) -> None:
    """The campaign first, then the payment: acts and words take their locks in the same order."""
    charge = Charge.objects.filter(payment=payment).select_related("pledge__campaign").first()
    if charge is not None:
        lock(charge.pledge.campaign)


def heard(moved: Moved) -> None:
    charge = Charge.objects.select_related("pledge__campaign__community", "pledge__backer").get(payment=moved.payment)
    pledge = charge.pledge
    if moved.payment.refunded > moved.before.refunded:
        _refund_done(moved)
    if charge.superseded_at is not None:
        _money_of(pledge).mirror(pledge)
        pledge.save(update_fields=MIRRORED)
        charge.payment = moved.payment
        send_charge_back(charge, Refund.Cause.CANCELLED)
        return
    take_note(pledge)


def _refund_done(moved: Moved) -> None:
    """The refunds asked of this payment, oldest first, as far as the money told to be back goes."""
    back, now = moved.payment.refunded, moved.at
    for refund in Refund.objects.filter(payment=moved.payment).order_by("pk"):
        back -= refund.amount
        if back >= 0 and refund.done_at is None:
            refund.done_at = now
            refund.save(update_fields=["done_at"])


def take_note(pledge: Pledge) -> None:
    """The pledge follows its money; the campaign is locked by the caller."""
    before, money = life.State(pledge.state), _money_of(pledge)
    money.mirror(pledge)
    facts = money.facts()
    after = life.standing(before, pledge.amount, facts, place=_has_place(pledge, before))
    if after is before:
        pledge.save(update_fields=MIRRORED)
        _still(pledge, facts)
        return
    pledge.state = State(after)
    MOVES.get(after, _save)(pledge, before)


MIRRORED = ["captured", "refunded", "lost"]


@dataclass(frozen=True)
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


def _money_of(pledge: Pledge) -> Sources:
    charges = list(Charge.objects.filter(pledge=pledge).select_related("payment"))
    came = back = 0
    for money in pledge.offline.exclude(confirmed_at=None):
        if money.way == OfflineMoney.Way.IN:
            came += money.amount
        else:
            back += money.amount
    return Sources(charges, came, back)


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


def _save(pledge: Pledge, before: life.State) -> None:
    pledge.save()


def _confirmed(pledge: Pledge, before: life.State) -> None:
    """The pledge counts: for the first time, again after a failure, or it was only taken now."""
    if before not in life.COUNTING:
        if not _has_place(pledge, before):
            release(pledge, State.LAPSED)
            return
        pledge.lines.update(holds=not pledge.waived)
    first, pledge.confirmed_at = pledge.confirmed_at is None, pledge.confirmed_at or clock.now()
    pledge.expires_at = None
    _replace(pledge)  # first: the places of the old one are the new one's
    pledge.save()
    if before not in life.COUNTING:
        rematch(pledge)
        note_stretch(pledge)
    if first:
        seen = not pledge.anonymous and not pledge.is_guest
        told = PledgeConfirmed(pledge.number)
        record(told, actor=pledge.backer, object=pledge, initiative=pledge.campaign, public=None if seen else False)
    _closed_meanwhile(pledge)


def _replace(pledge: Pledge) -> None:
    """The pledge this one was a change of goes."""
    old = pledge.replaces
    if old is not None and old.state not in life.OVER:
        old.campaign = pledge.campaign
        release(old, State.CANCELLED)


def note_stretch(pledge: Pledge) -> None:
    waiting = StretchGoal.objects.filter(campaign=pledge.campaign, reached_at=None).order_by("amount")
    if not waiting.exists():
        return
    raised = queries.gauge(pledge.campaign).raised
    waiting.filter(amount__lte=raised).update(reached_at=clock.now())


def _closed_meanwhile(pledge: Pledge) -> None:
    """The campaign got its outcome while the bank was thinking, or a credit or gift has just been taken."""
    row = queries.campaign_of(pledge.campaign)
    if not row.outcome and row.passed_at is None:
        return
    if pledge.state == State.PAID and row.outcome == Campaign.Outcome.FAILED:
        due = life.due(Outcome.FAILED, life.State.PAID, Choice(pledge.on_failure))
        if due in (life.Due.CREDIT, life.Due.GIVE):
            pass_on(pledge, due)
        else:
            send_everything_back(pledge, Refund.Cause.FAILURE)
            Pledge.objects.filter(pk=pledge.pk).update(settled_at=clock.now())
    elif pledge.state == State.HELD:
        from essaim.mechanisms.crowdfunding.jobs import ring

        Campaign.objects.filter(pk=row.pk).update(worked_off_at=None)
        ring()


def _failed(pledge: Pledge, before: life.State) -> None:
    """A hold ran out, a capture was refused, a bank took the money back: it can be made good for a while."""
    days = queries.rules_of(pledge.campaign).retry_days
    pledge.expires_at = clock.now() + timedelta(days=days)
    pledge.capture_asked_at = None
    pledge.save()
    rematch(pledge)
    told = PaymentFailed(pledge.number, pledge.amount, pledge.unit)
    record(told, actor=None, object=pledge, initiative=pledge.campaign, target=pledge.backer)
    write_failure(pledge)


def _refunded(pledge: Pledge, before: life.State) -> None:
    pledge.expires_at, pledge.settled_at = None, pledge.settled_at or clock.now()
    pledge.save()
    pledge.lines.update(holds=False)
    rematch(pledge)


def _still(pledge: Pledge, facts: life.Facts) -> None:
    """Nothing changed but sums; a pledge that is over keeps none of the money that still comes."""
    over = life.superfluous(life.State(pledge.state), facts)
    if over.held or over.captured:
        send_everything_back(pledge, Refund.Cause.CANCELLED)
    elif pledge.state == State.PAID:
        rematch(pledge)


MOVES = {
    life.State.HELD: _confirmed,
    life.State.PAID: _confirmed,
    life.State.FAILED: _failed,
    life.State.REFUNDED: _refunded,
}

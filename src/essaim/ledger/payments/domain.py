"""What a provider's event does to a payment. Pure; the result does not depend on the order of arrival.

An event that needs another one first waits for it; one that a later event has overtaken is stale. Facts are
moved by events and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from essaim.kit.errors import Conflict, gettext_noop

_ = gettext_noop

PENDING = "payment.pending"
SUCCEEDED = "payment.succeeded"
FAILED = "payment.failed"
REFUNDED = "payment.refunded"
DISPUTED = "payment.disputed"
DISPUTE_WON = "payment.dispute_won"
TYPES = frozenset({PENDING, SUCCEEDED, FAILED, REFUNDED, DISPUTED, DISPUTE_WON})


class NotRefundable(Conflict):
    cause = _("Only %(available)s of this payment can still be paid back.")
    remedy = _("Choose a smaller amount.")


class Move(StrEnum):
    """How money moved."""

    CAPTURE = "payment"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    RECOVERY = "chargeback-won"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a payment, amounts in minor units. `attempted_at` dates `state` while nothing is captured."""

    state: str = "created"
    captured: int = 0
    refunded: int = 0
    lost: int = 0
    captured_at: datetime | None = None
    attempted_at: datetime | None = None

    @property
    def left(self) -> int:
        """What is still there to pay back or to lose."""
        return self.captured - self.refunded - self.lost


@dataclass(frozen=True, slots=True)
class Event:
    type: str
    amount: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """`facts` None: the event waits. `move` None: no money moved. `reopens` says that failures which happened
    after this event, taken for failed attempts until now, must be looked at again."""

    facts: Facts | None
    move: Move | None = None
    amount: int = 0
    stale: bool = False
    reopens: bool = False


WAIT = Outcome(None)


def apply(facts: Facts, event: Event) -> Outcome:
    """What `event` does to `facts`. Unknown types change nothing and are for the caller to keep."""
    match event.type:
        case "payment.pending" | "payment.failed" if facts.captured_at is None:
            return _attempt(facts, event)
        case "payment.pending":
            return Outcome(facts, stale=True)
        case "payment.failed":
            return _late_failure(facts, event)
        case "payment.succeeded":
            return _capture(facts, event)
        case "payment.refunded":
            return _take(facts, event, Move.REFUND)
        case "payment.disputed":
            return _take(facts, event, Move.CHARGEBACK)
        case "payment.dispute_won":
            return _recover(facts, event)
    return Outcome(facts, stale=True)


def _attempt(facts: Facts, event: Event) -> Outcome:
    """Before any capture the latest word counts; at the same moment a failure outweighs waiting."""
    word = event.type.removeprefix("payment.")
    latest = (facts.attempted_at, facts.state == "failed") if facts.attempted_at else None
    if latest is not None and (event.occurred_at, word == "failed") < latest:
        return Outcome(facts, stale=True)
    return Outcome(replace(facts, state=word, attempted_at=event.occurred_at))


def _capture(facts: Facts, event: Event) -> Outcome:
    if facts.captured_at is not None:
        return Outcome(facts, stale=True)
    taken = replace(facts, captured=event.amount, captured_at=event.occurred_at)
    return Outcome(_settled(taken), Move.CAPTURE, event.amount, reopens=True)


def _late_failure(facts: Facts, event: Event) -> Outcome:
    """A direct debit the bank takes back after its success; a failure before the success was another attempt."""
    if facts.captured_at is None or event.occurred_at <= facts.captured_at:
        return Outcome(facts, stale=True)
    if facts.left <= 0:
        return WAIT
    return _take(facts, replace(event, amount=facts.left), Move.CHARGEBACK)


def _take(facts: Facts, event: Event, move: Move) -> Outcome:
    if event.amount <= 0 or event.amount > facts.left:
        return WAIT
    if move is Move.REFUND:
        taken = replace(facts, refunded=facts.refunded + event.amount)
    else:
        taken = replace(facts, lost=facts.lost + event.amount)
    return Outcome(_settled(taken), move, event.amount)


def _recover(facts: Facts, event: Event) -> Outcome:
    if event.amount <= 0 or event.amount > facts.lost:
        return WAIT
    return Outcome(_settled(replace(facts, lost=facts.lost - event.amount)), Move.RECOVERY, event.amount)


def _settled(facts: Facts) -> Facts:
    """The state that goes with the amounts."""
    if facts.lost:
        return replace(facts, state="disputed")
    return replace(facts, state="refunded" if facts.captured and facts.refunded == facts.captured else "succeeded")

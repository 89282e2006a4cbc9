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
STEP_UP = "payment.step_up"
AUTHORISED = "payment.authorised"
EXPIRED = "payment.expired"
CANCELLED = "payment.cancelled"
SUCCEEDED = "payment.succeeded"
FAILED = "payment.failed"
REFUNDED = "payment.refunded"
REFUND_FAILED = "payment.refund_failed"
DISPUTED = "payment.disputed"
DISPUTE_WON = "payment.dispute_won"
ATTEMPTS = (PENDING, STEP_UP, AUTHORISED, FAILED, EXPIRED, CANCELLED)
"""Words about a payment not taken yet; of two said of the same moment the one further right counts."""
TYPES = frozenset({*ATTEMPTS, SUCCEEDED, REFUNDED, REFUND_FAILED, DISPUTED, DISPUTE_WON})
OPEN = frozenset({"created", "pending", "step_up", "authorised", "failed"})
"""States from which money can still come, unless the payment is cancelled."""


class NotRefundable(Conflict):
    cause = _("Only %(available)s of this payment can still be paid back.")
    remedy = _("Choose a smaller amount.")


class NotCapturable(Conflict):
    """`state` is the payment's, in its own word."""

    cause = _("Only %(available)s is held for this payment.")
    remedy = _("Ask the payer to confirm it again.")


class NotCancellable(Conflict):
    cause = _("This payment has been taken already, or is closed.")
    remedy = _("Pay it back instead.")


class Move(StrEnum):
    """How money moved."""

    CAPTURE = "payment"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    RECOVERY = "chargeback-won"
    REFUND_BACK = "refund-failed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a payment, amounts in minor units.

    While nothing is captured, `attempted_at` dates `state`; `authorised` is what the payer's bank holds for us then,
    until `expires_at` when it says so.
    """

    state: str = "created"
    captured: int = 0
    refunded: int = 0
    lost: int = 0
    captured_at: datetime | None = None
    attempted_at: datetime | None = None
    authorised: int = 0
    expires_at: datetime | None = None

    @property
    def can_be_cancelled(self) -> bool:
        return self.captured_at is None and self.state in OPEN

    @property
    def left(self) -> int:
        """What is still there to pay back or to lose."""
        return self.captured - self.refunded - self.lost


@dataclass(frozen=True, slots=True)
class Event:
    type: str
    amount: int
    occurred_at: datetime
    expires_at: datetime | None = None


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
        case type_ if type_ in ATTEMPTS and facts.captured_at is None:
            return _attempt(facts, event)
        case "payment.failed":
            return _late_failure(facts, event)
        case "payment.succeeded":
            return _capture(facts, event)
        case "payment.refunded":
            return _take(facts, event, Move.REFUND)
        case "payment.refund_failed":
            return _put_back(facts, event)
        case "payment.disputed":
            return _take(facts, event, Move.CHARGEBACK)
        case "payment.dispute_won":
            return _recover(facts, event)
    return Outcome(facts, stale=True)


def _attempt(facts: Facts, event: Event) -> Outcome:
    """Before any capture the latest word counts."""
    word = event.type.removeprefix("payment.")
    held = event.amount if event.type == AUTHORISED else 0
    if facts.attempted_at is not None and _weight(word, held, event.occurred_at, event.expires_at) < _weight(
        facts.state, facts.authorised, facts.attempted_at, facts.expires_at
    ):
        return Outcome(facts, stale=True)
    until = event.expires_at if held else None
    return Outcome(replace(facts, state=word, attempted_at=event.occurred_at, authorised=held, expires_at=until))


def _weight(word: str, held: int, at: datetime, until: datetime | None) -> tuple[float, int, int, float]:
    """Which of two words counts: the later; at the same moment the graver; then the larger and longer hold."""
    return at.timestamp(), ATTEMPTS.index(f"payment.{word}"), held, until.timestamp() if held and until else 0.0


def _capture(facts: Facts, event: Event) -> Outcome:
    """What the bank held beyond the amount is let go; words about attempts no longer matter."""
    if facts.captured_at is not None:
        return Outcome(facts, stale=True)
    taken = replace(
        facts, captured=event.amount, captured_at=event.occurred_at, attempted_at=None, authorised=0, expires_at=None
    )
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


def _put_back(facts: Facts, event: Event) -> Outcome:
    """A refund did not reach the payer (a closed account): the money is with us again."""
    if event.amount <= 0 or event.amount > facts.refunded:
        return WAIT
    back = replace(facts, refunded=facts.refunded - event.amount)
    return Outcome(_settled(back), Move.REFUND_BACK, event.amount)


def _recover(facts: Facts, event: Event) -> Outcome:
    if event.amount <= 0 or event.amount > facts.lost:
        return WAIT
    return Outcome(_settled(replace(facts, lost=facts.lost - event.amount)), Move.RECOVERY, event.amount)


def _settled(facts: Facts) -> Facts:
    """The state that goes with the amounts."""
    if facts.lost:
        return replace(facts, state="disputed")
    return replace(facts, state="refunded" if facts.captured and facts.refunded == facts.captured else "succeeded")

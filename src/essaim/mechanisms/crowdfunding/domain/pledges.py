"""A pledge's life: what the bank's word, the campaign's end and its giver make of it.

The result never depends on the order in which words arrive: it is read from the payment's facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from essaim.mechanisms.crowdfunding.domain.outcomes import Outcome
from essaim.mechanisms.crowdfunding.domain.rules import Choice


class State(StrEnum):
    UNPAID = "unpaid"
    PENDING = "pending"
    HELD = "held"
    PAID = "paid"
    FAILED = "failed"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    RELEASED = "released"
    REFUNDED = "refunded"
    CREDITED = "credited"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


COUNTING = frozenset({State.HELD, State.PAID})
"""States that count towards the goal."""
WAITING = frozenset({State.UNPAID, State.PENDING, State.FAILED})
"""States that keep their place for a time."""
OVER = frozenset(State) - COUNTING - WAITING
"""States a pledge does not leave, save when money it gave back turns out not to have left."""
CHANGEABLE = frozenset({State.UNPAID, State.HELD, State.PAID})


@dataclass(frozen=True)
class Facts:
    """What the payments of a pledge say, together: minor units held by banks, received, paid back, taken back.

    `waiting`: a bank is still checking.
    """

    held: int = 0
    captured: int = 0
    refunded: int = 0
    lost: int = 0
    waiting: bool = False

    @property
    def left(self) -> int:
        return self.captured - self.refunded - self.lost


def standing(before: State, amount: int, facts: Facts, *, place: bool) -> State:
    """The state of a pledge of `amount` after a word about its payments.

    `place`: whether it may still take its place (its stock is there, nobody closed the door). A pledge that is over
    stays over; so does one that lost its place before its money came: the caller sends that money back.
    """
    if before in OVER and not (before is State.LAPSED and place):
        return before
    if facts.captured:
        return _received(amount, facts)
    if facts.held >= amount:
        return State.HELD
    if facts.waiting:
        return State.PENDING
    if before in COUNTING or before is State.FAILED:
        return State.FAILED
    return State.LAPSED if before is State.LAPSED else State.UNPAID


def _received(amount: int, facts: Facts) -> State:
    if facts.lost and facts.left < amount:
        return State.FAILED
    if not facts.left:
        return State.REFUNDED
    return State.PAID


def superfluous(state: State, facts: Facts) -> Facts:
    """What must go back because the pledge is over: held money is let go, received money paid back."""
    if state in (State.CANCELLED, State.LAPSED, State.RELEASED, State.WITHDRAWN, State.REFUNDED):
        return Facts(held=facts.held, captured=facts.left)
    return Facts()


class Due(StrEnum):
    """What a closed campaign does with a pledge."""

    CAPTURE = "capture"
    RELEASE = "release"
    REFUND = "refund"
    CREDIT = "credit"
    GIVE = "give"
    NOTHING = "nothing"


def due(outcome: Outcome, state: State, choice: Choice) -> Due:
    """What is done with a pledge after the outcome; a credit or a gift must be taken before it can be passed on."""
    if state is State.HELD:
        if outcome is Outcome.SUCCEEDED or choice is not Choice.REFUND:
            return Due.CAPTURE
        return Due.RELEASE
    if state is State.PAID and outcome is Outcome.FAILED:
        return {Choice.REFUND: Due.REFUND, Choice.CREDIT: Due.CREDIT, Choice.GIFT: Due.GIVE}[choice]
    return Due.NOTHING

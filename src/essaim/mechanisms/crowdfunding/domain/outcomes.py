"""Whether a campaign succeeds, and what is then whose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from essaim.mechanisms.crowdfunding.domain.rules import WHOLE, Rules


class Outcome(StrEnum):
    SUCCEEDED = "succeeded"
    FAILED = "failed"


def outcome(rules: Rules, raised: int) -> Outcome:
    """At the end of a round, `raised` in minor units (pledges and what pots add to them)."""
    if rules.funding.keeps_all:
        return Outcome.SUCCEEDED if raised > 0 else Outcome.FAILED
    return Outcome.SUCCEEDED if raised >= rules.goal else Outcome.FAILED


def when_charged(rules: Rules, *, passed: bool) -> str:
    """`now` or `later`: whether a new pledge is charged at once. `passed`: the minimum is reached for good."""
    return "now" if passed or rules.funding.keeps_all else "later"


def fee(rules: Rules, net: int) -> int:
    """The house's fee on `net` (received, less paid back), rounded down; none below the threshold of the goal."""
    if net * WHOLE < rules.fee_from * rules.goal:
        return 0
    return net * rules.fee // WHOLE


@dataclass(frozen=True)
class Money:
    """Where a campaign's money is, minor units. What came in equals what went out plus what is still in the jar.

    `borne`: what bank reversals cost the house beyond the jar. `recalled` is part of `paid_out` with a minus sign:
    already settled money called back to pay somebody back.
    """

    captured: int = 0
    matched: int = 0
    borne: int = 0
    refunded: int = 0
    lost: int = 0
    fees: int = 0
    vat: int = 0
    paid_out: int = 0
    credited: int = 0
    given: int = 0
    escrow: int = 0

    @property
    def came_in(self) -> int:
        return self.captured + self.matched + self.borne

    @property
    def went_out(self) -> int:
        back = self.refunded + self.lost + self.credited + self.given
        return back + self.fees + self.vat + self.paid_out

    @property
    def balanced(self) -> bool:
        return self.came_in == self.went_out + self.escrow

    @property
    def net(self) -> int:
        """What is the project's to be settled: received, less what went back."""
        return self.captured - self.refunded - self.lost - self.credited - self.given


@dataclass(frozen=True)
class Shares:
    """How a sum leaves the jar; parts may be negative when less is due than was taken."""

    fee: int
    vat: int
    rest: int

    @property
    def total(self) -> int:
        return self.fee + self.vat + self.rest


def shares(rules: Rules, money: Money, vat_due: int, *, reserved: int = 0) -> Shares:
    """What a settlement moves now, so that fee and VAT are right on all received so far.

    `vat_due` is the VAT in all that was received and not paid back. The whole jar is settled, save what is on its way
    back to backers (`reserved`).
    """
    fee_due = fee(rules, money.net)
    fee_now, vat_now = fee_due - money.fees, vat_due - money.vat
    return Shares(fee_now, vat_now, max(money.escrow - reserved, 0) - fee_now - vat_now)


def progress(raised: int, goal: int) -> int:
    """Per cent of the goal, rounded down: 100 is never shown before it is true."""
    return raised * 100 // goal

"""What a payout needs and how it moves on. Pure; amounts in minor units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from essaim.kit.errors import Conflict, Forbidden, Refusal, gettext_noop

_ = gettext_noop


class BelowMinimum(Refusal):
    cause = _("The smallest payout is %(minimum)s.")
    remedy = _("Wait until more has come in, or choose a larger amount.")


class BeyondBalance(Conflict):
    cause = _("Your balance holds %(available)s.")
    remedy = _("Choose this amount or a smaller one.")


class NotAnIban(Refusal):
    cause = _("“%(typed)s” is not a bank account number (IBAN).")
    remedy = _("Copy it from your bank’s statement: two letters, two figures, then the account.")


class PayoutMovedOn(Conflict):
    cause = _("This payout is no longer waiting for that: it is now “%(state)s”.")
    remedy = _("Reload the page to see where it stands.")


class ApprovedAlready(Conflict):
    cause = _("You have approved this payout already; it takes another person.")
    remedy = _("Ask a second treasurer or the owner.")


class IdentityUnchecked(Conflict):
    cause = _("The member’s identity has to be checked before this payout.")
    remedy = _("Look at the document, then mark the identity as checked.")


class StillHeld(Conflict):
    cause = _("This payout leaves on %(day)s at the earliest.")
    remedy = _("Come back then; it also leaves by itself.")


class ReasonMissing(Refusal):
    cause = _("This needs a reason: the member reads it.")
    remedy = _("Write one sentence.")


class SpentMeanwhile(Conflict):
    cause = _("The balance of %(name)s holds %(available)s: the money that had come back is spent.")
    remedy = _("Agree with the member how it is given back, or book the loss by hand; until then this waits here.")


class NothingInDoubt(Conflict):
    cause = _("The provider has said nothing more about this payout.")
    remedy = _("Reload the page: somebody else has settled it.")


class NoSelfCheck(Forbidden):
    cause = _("Nobody checks his own identity.")
    remedy = _("Ask another treasurer.")


@dataclass(frozen=True, slots=True)
class Rules:
    two_persons_above: int
    minimum: int
    hold: timedelta
    identity_above: int


def approvals_needed(amount: int, rules: Rules) -> int:
    """One person up to the house's figure, two distinct ones above."""
    return 2 if amount > rules.two_persons_above else 1


def needs_identity(amount: int, paid_in_a_year: int, rules: Rules) -> bool:
    """With what left within a year, the member is above the figure from which he must be known."""
    return amount + paid_in_a_year > rules.identity_above


def iban(typed: str) -> str:
    """The account number without spaces; NotAnIban unless its check figures hold (ISO 13616, mod 97)."""
    number = re.sub(r"\s", "", typed).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", number):
        raise NotAnIban(typed=typed)
    figures = "".join(str(int(character, 36)) for character in number[4:] + number[:4])
    if int(figures) % 97 != 1:
        raise NotAnIban(typed=typed)
    return number


def grouped_iban(number: str) -> str:
    """As printed on paper, in groups of four."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def hidden_iban(number: str) -> str:
    """Enough to recognise one's own account."""
    return f"{number[:4]} … {number[-4:]}" if number else ""


class Move(StrEnum):
    SETTLE = "payout"
    FAIL = "payout-failed"
    RETURN = "payout-returned"


@dataclass(frozen=True, slots=True)
class Facts:
    state: str
    settled_at: datetime | None = None
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`facts` None: the event waits, for an earlier one or for a person to look."""

    facts: Facts | None
    move: Move | None = None


WAIT = Outcome(None)


def apply(facts: Facts, type_: str, at: datetime) -> Outcome:
    """What the provider's word does to a payout that was sent."""
    match facts.state, type_:
        case "sent", "payout.settled":
            return Outcome(replace(facts, state="settled", settled_at=at), Move.SETTLE)
        case "sent", "payout.failed":
            return Outcome(replace(facts, state="failed", failed_at=at), Move.FAIL)
        case "settled", "payout.failed" | "payout.returned" if facts.settled_at and at > facts.settled_at:
            return Outcome(replace(facts, state="returned", failed_at=at), Move.RETURN)
        case "failed", "payout.settled" if facts.failed_at and at < facts.failed_at:
            return Outcome(replace(facts, state="returned", settled_at=at))
        case (("failed" | "returned"), "payout.returned" | "payout.failed"):
            return Outcome(facts)
        case (("settled" | "returned"), "payout.settled"):
            return Outcome(facts)
    return WAIT


TYPES = frozenset({"payout.settled", "payout.failed", "payout.returned"})

"""What the sandbox says after each choice: which events, when they happen, when they arrive, how often. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from essaim.kit.errors import gettext_noop

_ = gettext_noop
HOUR = 3600
DAY = 24 * HOUR
HOLDS = 90
"""Days for which the bank holds an amount, unless the payer's choice says otherwise."""


@dataclass(frozen=True)
class Word:
    """One event: seconds after the choice at which it happens, and arrives; `copies` deliveries of it.
    `part` divides the amount (2: half of it)."""

    type: str
    happens: int = 0
    arrives: int = 0
    copies: int = 1
    part: int = 1


@dataclass(frozen=True)
class Script:
    """A choice on the payer's page."""

    title: str
    told: str
    words: tuple[Word, ...]
    asks: bool = False
    """The payer is led to the bank's own page, where he confirms or not."""
    holds: int = HOLDS
    """Days for which what is authorised is held."""
    taken: tuple[Word, ...] = (Word("payment.succeeded"),)
    """What is said when the house asks for the held money."""


PAYMENTS = {
    "succeeded": Script(_("The payment goes through"), _("One event, at once."), (Word("payment.succeeded"),)),
    "refused": Script(_("The bank refuses"), _("One event, at once."), (Word("payment.failed"),)),
    "step-up": Script(
        _("The bank asks for one more check, then agrees"),
        _("Pending now, paid half a minute later."),
        (Word("payment.pending"), Word("payment.succeeded", 30, 30)),
    ),
    "check": Script(
        _("The bank wants the payer to confirm on its page"),
        _("You are led to the bank’s page next."),
        (Word("payment.step_up"),),
        asks=True,
    ),
    "late": Script(
        _("The bank takes an hour"),
        _("Pending now, paid in an hour."),
        (Word("payment.pending"), Word("payment.succeeded", HOUR, HOUR)),
    ),
    "duplicate": Script(
        _("It goes through and is told twice"),
        _("The same event is delivered two times; it counts once."),
        (Word("payment.succeeded", copies=2),),
    ),
    "out-of-order": Script(
        _("The news arrives in the wrong order"),
        _("Half is paid back; this is told before the payment itself, and the pending state last."),
        (
            Word("payment.pending", 0, 3),
            Word("payment.succeeded", 1, 2),
            Word("payment.refunded", 2, 1, part=2),
        ),
    ),
    "late-failure": Script(
        _("It goes through, then the bank takes it back"),
        _("As with a direct debit: paid now, failed ten seconds later."),
        (Word("payment.succeeded"), Word("payment.failed", 10, 10)),
    ),
    "charged-back": Script(
        _("It goes through, then the payer disputes it"),
        _("Paid now, charged back ten seconds later."),
        (Word("payment.succeeded"), Word("payment.disputed", 10, 10)),
    ),
}
HELD = {
    "authorised": Script(
        _("The bank holds the amount"), _("Nothing is taken before the house asks."), (Word("payment.authorised"),)
    ),
    "check": Script(
        _("The bank wants the payer to confirm on its page"),
        _("You are led to the bank’s page next."),
        (Word("payment.step_up"),),
        asks=True,
    ),
    "refused": Script(_("The bank refuses"), _("One event, at once."), (Word("payment.failed"),)),
    "capture-refused": Script(
        _("The bank holds the amount, then refuses to give it"),
        _("It refuses when the house asks for the money."),
        (Word("payment.authorised"),),
        taken=(Word("payment.failed"),),
    ),
    "expires": Script(
        _("The bank holds the amount for a week only"),
        _("After seven days it lets it go by itself."),
        (Word("payment.authorised"), Word("payment.expired", 7 * DAY, 7 * DAY)),
        holds=7,
    ),
    "late-failure": Script(
        _("The bank holds the amount, gives it, and takes it back days later"),
        _("As with a direct debit: taken when the house asks, failed three days later."),
        (Word("payment.authorised"),),
        taken=(Word("payment.succeeded"), Word("payment.failed", 3 * DAY, 3 * DAY)),
    ),
    "disputed": Script(
        _("The bank holds the amount and gives it; the payer disputes it later"),
        _("Taken when the house asks, charged back three days later."),
        (Word("payment.authorised"),),
        taken=(Word("payment.succeeded"), Word("payment.disputed", 3 * DAY, 3 * DAY)),
    ),
}
CHECKED = {
    "now": {
        "confirmed": Script(_("Confirm the payment"), "", (Word("payment.succeeded"),)),
        "refused": Script(_("Refuse"), "", (Word("payment.failed"),)),
    },
    "later": {
        "confirmed": Script(_("Confirm the payment"), "", (Word("payment.authorised"),)),
        "refused": Script(_("Refuse"), "", (Word("payment.failed"),)),
    },
}
"""On the bank's page."""


def scripts(capture: str, choice: str) -> dict[str, Script]:
    """What the payer can choose now, after `choice` (none: at first)."""
    first = HELD if capture == "later" else PAYMENTS
    if not choice:
        return first
    return CHECKED[capture] if choice in first and first[choice].asks else {}


def played(capture: str, choice: str) -> Script:
    """The script of a choice made, whichever page it was made on."""
    return {**CHECKED[capture], **(HELD if capture == "later" else PAYMENTS)}[choice]


PAYOUTS = {
    "settled": Script(_("Payouts arrive"), "", (Word("payout.settled"),)),
    "failed": Script(_("Payouts fail"), "", (Word("payout.failed"),)),
    "returned": Script(
        _("Payouts arrive, then come back"), "", (Word("payout.settled"), Word("payout.returned", 10, 10))
    ),
}
LATER = {
    "payment.refunded": _("Pay it back"),
    "payment.refund_failed": _("What was paid back returns"),
    "payment.disputed": _("The payer disputes it"),
    "payment.dispute_won": _("The dispute is won"),
    "payout.returned": _("The bank sends it back"),
}

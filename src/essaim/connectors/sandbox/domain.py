"""What the sandbox says after each choice: which events, when they happen, when they arrive, how often. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from essaim.kit.errors import gettext_noop

_ = gettext_noop
HOUR = 3600


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


PAYMENTS = {
    "succeeded": Script(_("The payment goes through"), _("One event, at once."), (Word("payment.succeeded"),)),
    "refused": Script(_("The bank refuses"), _("One event, at once."), (Word("payment.failed"),)),
    "step-up": Script(
        _("The bank asks for one more check, then agrees"),
        _("Pending now, paid half a minute later."),
        (Word("payment.pending"), Word("payment.succeeded", 30, 30)),
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
PAYOUTS = {
    "settled": Script(_("Payouts arrive"), "", (Word("payout.settled"),)),
    "failed": Script(_("Payouts fail"), "", (Word("payout.failed"),)),
    "returned": Script(
        _("Payouts arrive, then come back"), "", (Word("payout.settled"), Word("payout.returned", 10, 10))
    ),
}
LATER = {
    "payment.refunded": _("Pay it back"),
    "payment.disputed": _("The payer disputes it"),
    "payment.dispute_won": _("The dispute is won"),
    "payout.returned": _("The bank sends it back"),
}

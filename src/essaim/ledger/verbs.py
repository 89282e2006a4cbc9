"""What can happen around money, as the stream tells it. None of it is public: the proof page shows the books."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class Sum:
    """An amount in minor units, and what it was about."""

    amount: int
    unit: str
    memo: str


@dataclass(frozen=True)
class EntryPosted(Sum):
    reason: str


@dataclass(frozen=True)
class EntryReversed(Sum):
    reason: str


@dataclass(frozen=True)
class PaymentOpened(Sum):
    pass


@dataclass(frozen=True)
class RefundAsked(Sum):
    pass


@dataclass(frozen=True)
class PayoutRequested(Sum):
    pass


@dataclass(frozen=True)
class PayoutApproved(Sum):
    pass


@dataclass(frozen=True)
class PayoutRefused(Sum):
    reason: str


@dataclass(frozen=True)
class PayoutCancelled(Sum):
    pass


@dataclass(frozen=True)
class IdentityChecked(Sum):
    pass


@dataclass(frozen=True)
class PayoutSent(Sum):
    pass


@dataclass(frozen=True)
class PayoutSettled(Sum):
    pass


@dataclass(frozen=True)
class PayoutFailed(Sum):
    pass


@dataclass(frozen=True)
class PayoutRulesChanged:
    two_persons_above: int
    minimum: int
    hold_days: int
    identity_above: int


def _type(slug: str, verb: Verb, payload: type, you: object, other: object) -> ActivityType:
    return ActivityType(slug, verb, payload, Sentence(you, other), erase=(), public=False)  # type: ignore[arg-type]


declare(
    _type(
        "books.posted",
        Verb.ADD,
        EntryPosted,
        _("You wrote an entry in the books: %(memo)s"),
        _("%(actor)s wrote an entry in the books: %(memo)s"),
    ),
    _type(
        "books.reversed",
        Verb.UNDO,
        EntryReversed,
        _("You reversed an entry of the books: %(memo)s"),
        _("%(actor)s reversed an entry of the books: %(memo)s"),
    ),
    _type(
        "payment.opened",
        Verb.OFFER,
        PaymentOpened,
        _("You opened a payment: %(memo)s"),
        _("%(actor)s opened a payment: %(memo)s"),
    ),
    _type(
        "payment.refund_asked",
        Verb.UNDO,
        RefundAsked,
        _("You asked for a payment to be paid back: %(memo)s"),
        _("%(actor)s asked for a payment to be paid back: %(memo)s"),
    ),
    _type(
        "payout.requested",
        Verb.REDEEM,
        PayoutRequested,
        _("You asked for a payout"),
        _("%(actor)s asked for a payout"),
    ),
    _type(
        "payout.approved",
        Verb.ACCEPT,
        PayoutApproved,
        _("You approved %(target)s’s payout"),
        _("%(actor)s approved %(target)s’s payout"),
    ),
    _type(
        "payout.refused",
        Verb.REJECT,
        PayoutRefused,
        _("You refused %(target)s’s payout: %(reason)s"),
        _("%(actor)s refused %(target)s’s payout: %(reason)s"),
    ),
    _type(
        "payout.cancelled",
        Verb.UNDO,
        PayoutCancelled,
        _("You cancelled your payout"),
        _("%(actor)s cancelled the payout"),
    ),
    _type(
        "payout.identity_checked",
        Verb.UPDATE,
        IdentityChecked,
        _("You checked %(target)s’s identity for a payout"),
        _("%(actor)s checked %(target)s’s identity for a payout"),
    ),
    _type(
        "payout.sent",
        Verb.ANNOUNCE,
        PayoutSent,
        _("You sent %(target)s’s payout"),
        _("%(target)s’s payout is on its way"),
    ),
    _type(
        "payout.settled",
        Verb.COMPLETE,
        PayoutSettled,
        _("%(target)s’s payout arrived"),
        _("%(target)s’s payout arrived"),
    ),
    _type(
        "payout.failed",
        Verb.REJECT,
        PayoutFailed,
        _("%(target)s’s payout came back: the money is on the balance again"),
        _("%(target)s’s payout came back: the money is on the balance again"),
    ),
    _type(
        "payout.rules_changed",
        Verb.UPDATE,
        PayoutRulesChanged,
        _("You changed the rules of payouts"),
        _("%(actor)s changed the rules of payouts"),
    ),
)

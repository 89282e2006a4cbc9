"""What happens to bank statements, as the stream tells it. None of it is public."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class StatementRead:
    file: str
    new: int
    faults: int


@dataclass(frozen=True)
class TransferMatched:
    reference: str
    amount: int
    unit: str


@dataclass(frozen=True)
class BookingSetAside:
    amount: int
    unit: str
    reason: str


@dataclass(frozen=True)
class OrderConfirmed:
    reference: str
    amount: int
    unit: str


declare(
    ActivityType(
        "bank.read",
        Verb.ADD,
        StatementRead,
        sentence=Sentence(
            _("You read the bank statement “%(file)s”"), _("%(actor)s read the bank statement “%(file)s”")
        ),
        erase=(),
        public=False,
    ),
    ActivityType(
        "bank.matched",
        Verb.ACCEPT,
        TransferMatched,
        sentence=Sentence(
            _("You matched money received with the payment %(reference)s"),
            _("%(actor)s matched money received with the payment %(reference)s"),
        ),
        erase=(),
        public=False,
    ),
    ActivityType(
        "bank.set_aside",
        Verb.REJECT,
        BookingSetAside,
        sentence=Sentence(
            _("You set money received aside: %(reason)s"), _("%(actor)s set money received aside: %(reason)s")
        ),
        erase=(),
        public=False,
    ),
    ActivityType(
        "bank.confirmed",
        Verb.COMPLETE,
        OrderConfirmed,
        sentence=Sentence(
            _("You confirmed that the transfer %(reference)s was sent"),
            _("%(actor)s confirmed that the transfer %(reference)s was sent"),
        ),
        erase=(),
        public=False,
    ),
)

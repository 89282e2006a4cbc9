"""What happens in a campaign, as the stream tells it. Money of a person is never public; that someone backs is,
unless the pledge is anonymous. Amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Text, Verb


@dataclass(frozen=True)
class Prepared:
    what: str


@dataclass(frozen=True)
class TierAdded:
    tier: str
    amount: int
    unit: str


@dataclass(frozen=True)
class TierChanged:
    tier: str


@dataclass(frozen=True)
class TierWithdrawn:
    tier: str


@dataclass(frozen=True)
class PledgeMade:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class PledgeConfirmed:
    number: int


@dataclass(frozen=True)
class PledgeChanged:
    number: int
    before: int
    after: int
    unit: str


@dataclass(frozen=True)
class PledgeCancelled:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class FailureChoiceMade:
    number: int
    choice: str


@dataclass(frozen=True)
class PledgesClaimed:
    count: int


@dataclass(frozen=True)
class OfflineEntered:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class OfflineConfirmed:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class PaymentFailed:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class PledgeLapsed:
    number: int


@dataclass(frozen=True)
class MinimumPassed:
    raised: int
    unit: str
    backers: int


@dataclass(frozen=True)
class CampaignFunded:
    raised: int
    unit: str
    backers: int


@dataclass(frozen=True)
class CampaignMissed:
    raised: int
    unit: str
    backers: int


@dataclass(frozen=True)
class CampaignSettled:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class RefundAsked:
    number: int
    amount: int
    unit: str
    reason: str


@dataclass(frozen=True)
class SentBackByHand:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class PotOpened:
    pot: str
    sponsor: str


@dataclass(frozen=True)
class PotFunded:
    pot: str
    amount: int
    unit: str


@dataclass(frozen=True)
class PotReturned:
    pot: str
    amount: int
    unit: str


@dataclass(frozen=True)
class PotJoined:
    pot: str
    sponsor: str


@dataclass(frozen=True)
class ChoicesLocked:
    day: str


@dataclass(frozen=True)
class PledgeDetailed:
    number: int
    what: str


@dataclass(frozen=True)
class ParcelSent:
    number: int
    carrier: str
    tracking: str


@dataclass(frozen=True)
class ParcelDelivered:
    number: int


@dataclass(frozen=True)
class ParcelReturned:
    number: int


@dataclass(frozen=True)
class DeliveryDelayed:
    tier: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class WithdrawalDeclared:
    number: int


@dataclass(frozen=True)
class WithdrawalConfirmed:
    number: int
    amount: int
    unit: str


@dataclass(frozen=True)
class UpdatePublished:
    number: int


@dataclass(frozen=True)
class QuestionAsked:
    question: int


@dataclass(frozen=True)
class QuestionAnswered:
    question: int


def _type(slug: str, verb: Verb, payload: type, you: Text, other: Text, **more: Any) -> ActivityType:
    return ActivityType(slug, verb, payload, Sentence(you, other), **{"erase": (), **more})


def _private(slug: str, verb: Verb, payload: type, you: Text, other: Text, **more: Any) -> ActivityType:
    return _type(slug, verb, payload, you, other, public=False, **more)


PREPARING = (
    _private("campaign.prepare", Verb.UPDATE, Prepared, _("You worked on the campaign “%(object)s”"), _("%(actor)s worked on the campaign “%(object)s”")),
    _type("tier.add", Verb.ADD, TierAdded, _("You added the reward “%(tier)s”"), _("%(actor)s added the reward “%(tier)s”")),
    _type("tier.change", Verb.UPDATE, TierChanged, _("You changed the reward “%(tier)s”"), _("%(actor)s changed the reward “%(tier)s”")),
    _type("tier.withdraw", Verb.REMOVE, TierWithdrawn, _("You withdrew the reward “%(tier)s”"), _("%(actor)s withdrew the reward “%(tier)s”")),
)
PLEDGING = (
    _private("pledge.make", Verb.PLEDGE, PledgeMade, _("You pledged to “%(initiative)s”"), _("%(actor)s pledged to “%(initiative)s”")),
    _type("pledge.confirm", Verb.JOIN, PledgeConfirmed, _("You back “%(initiative)s”"), _("%(actor)s backs “%(initiative)s”"), weight=2.0),
    _private("pledge.change", Verb.UPDATE, PledgeChanged, _("You changed your pledge to “%(initiative)s”"), _("%(actor)s changed a pledge to “%(initiative)s”")),
    _private("pledge.cancel", Verb.UNDO, PledgeCancelled, _("You cancelled your pledge to “%(initiative)s”"), _("%(actor)s cancelled a pledge to “%(initiative)s”")),
    _private("pledge.choose", Verb.UPDATE, FailureChoiceMade, _("You chose what becomes of your pledge to “%(initiative)s” if it fails"), _("%(actor)s chose what becomes of a pledge to “%(initiative)s” if it fails")),
    _private("pledge.claim", Verb.ACCEPT, PledgesClaimed, _("Pledges made as a guest became yours"), _("Pledges made as a guest became %(actor)s’s")),
    _private("pledge.offline", Verb.ADD, OfflineEntered, _("You entered a payment for “%(initiative)s”"), _("%(actor)s entered your payment for “%(initiative)s”")),
    _private("pledge.offline_confirm", Verb.ACCEPT, OfflineConfirmed, _("You confirmed a payment for “%(initiative)s”"), _("%(actor)s confirmed your payment for “%(initiative)s”")),
    _private("pledge.fail", Verb.REJECT, PaymentFailed, _("The payment of your pledge to “%(initiative)s” failed"), _("The payment of a pledge to “%(initiative)s” failed: it can be made good")),
    _private("pledge.lapse", Verb.REMOVE, PledgeLapsed, _("Your pledge to “%(initiative)s” was not paid in time"), _("A pledge to “%(initiative)s” was not paid in time")),
)
CLOSING = (
    _type("campaign.pass", Verb.ANNOUNCE, MinimumPassed, _("“%(initiative)s” has reached its minimum"), _("“%(initiative)s” has reached its minimum")),
    _type("campaign.fund", Verb.COMPLETE, CampaignFunded, _("“%(initiative)s” is funded"), _("“%(initiative)s” is funded")),
    _type("campaign.miss", Verb.REJECT, CampaignMissed, _("“%(initiative)s” did not reach its goal"), _("“%(initiative)s” did not reach its goal")),
    _private("campaign.settle", Verb.OFFER, CampaignSettled, _("You settled the money of “%(initiative)s”"), _("%(actor)s settled the money of “%(initiative)s”")),
    _private("pledge.refund", Verb.UNDO, RefundAsked, _("You paid back a pledge to “%(initiative)s”: %(reason)s"), _("%(actor)s paid back your pledge to “%(initiative)s”: %(reason)s"), erase=("reason",)),
    _private("pledge.send_back", Verb.UNDO, SentBackByHand, _("You sent money back for “%(initiative)s”"), _("%(actor)s sent you back your money for “%(initiative)s”")),
)
POTS = (
    _private("pot.open", Verb.CREATE, PotOpened, _("You opened the pot “%(pot)s” of %(sponsor)s"), _("%(actor)s opened the pot “%(pot)s” of %(sponsor)s")),
    _private("pot.fund", Verb.ADD, PotFunded, _("You put money into the pot “%(pot)s”"), _("%(actor)s put money into the pot “%(pot)s”")),
    _private("pot.return", Verb.REMOVE, PotReturned, _("You gave money of the pot “%(pot)s” back to its sponsor"), _("%(actor)s gave money of the pot “%(pot)s” back to its sponsor")),
    _type("pot.join", Verb.JOIN, PotJoined, _("%(sponsor)s adds to the pledges of “%(initiative)s”"), _("%(sponsor)s adds to the pledges of “%(initiative)s”")),
)
AFTER = (
    _private("campaign.lock", Verb.UPDATE, ChoicesLocked, _("You locked the choices of “%(initiative)s” on %(day)s"), _("%(actor)s locked the choices of “%(initiative)s” on %(day)s")),
    _private("pledge.detail", Verb.UPDATE, PledgeDetailed, _("You completed your pledge to “%(initiative)s”"), _("%(actor)s completed a pledge to “%(initiative)s”")),
    _private("parcel.send", Verb.ANNOUNCE, ParcelSent, _("You sent a parcel for “%(initiative)s”"), _("Your reward of “%(initiative)s” is on its way")),
    _private("parcel.deliver", Verb.COMPLETE, ParcelDelivered, _("A reward of “%(initiative)s” arrived"), _("A reward of “%(initiative)s” arrived")),
    _private("parcel.return", Verb.REJECT, ParcelReturned, _("A parcel of “%(initiative)s” came back to you"), _("Your parcel of “%(initiative)s” came back: look at the address")),
    _type("delivery.delay", Verb.UPDATE, DeliveryDelayed, _("You moved the delivery of “%(tier)s”: %(reason)s"), _("“%(tier)s” arrives later: %(reason)s")),
    _private("withdrawal.declare", Verb.OFFER, WithdrawalDeclared, _("You began to withdraw from “%(initiative)s”"), _("%(actor)s began to withdraw from “%(initiative)s”")),
    _private("withdrawal.confirm", Verb.UNDO, WithdrawalConfirmed, _("You withdrew from “%(initiative)s”"), _("%(actor)s withdrew from “%(initiative)s”")),
)
TALKING = (
    _type("campaign.update", Verb.CREATE, UpdatePublished, _("You published “%(object)s”"), _("News of “%(initiative)s”: “%(object)s”")),
    _type("campaign.ask", Verb.SUBMIT, QuestionAsked, _("You asked “%(object)s”"), _("%(actor)s asked “%(object)s”")),
    _type("campaign.answer", Verb.ACCEPT, QuestionAnswered, _("You answered “%(object)s”"), _("%(actor)s answered “%(object)s”"), weight=1.0),
)  # fmt: skip
ACTIVITY_TYPES = (*PREPARING, *PLEDGING, *CLOSING, *POTS, *AFTER, *TALKING)

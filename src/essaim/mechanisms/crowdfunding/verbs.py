"""What happens in a campaign, as the stream tells it. Money of a person is never public; that someone backs is,
unless the pledge is anonymous."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Text, Verb
from essaim.mechanisms.crowdfunding import payloads as kept


def _type(slug: str, verb: Verb, payload: type, you: Text, other: Text, **more: Any) -> ActivityType:
    return ActivityType(slug, verb, payload, Sentence(you, other), **{"erase": (), **more})


def _private(slug: str, verb: Verb, payload: type, you: Text, other: Text, **more: Any) -> ActivityType:
    return _type(slug, verb, payload, you, other, public=False, **more)


PREPARING = (
    _private(
        "campaign.prepare",
        Verb.UPDATE,
        kept.Prepared,
        _("You worked on the campaign “%(object)s”"),
        _("%(actor)s worked on the campaign “%(object)s”"),
    ),
    _type(
        "tier.add",
        Verb.ADD,
        kept.TierAdded,
        _("You added the reward “%(tier)s”"),
        _("%(actor)s added the reward “%(tier)s”"),
    ),
    _type(
        "tier.change",
        Verb.UPDATE,
        kept.TierChanged,
        _("You changed the reward “%(tier)s”"),
        _("%(actor)s changed the reward “%(tier)s”"),
    ),
    _type(
        "tier.withdraw",
        Verb.REMOVE,
        kept.TierWithdrawn,
        _("You withdrew the reward “%(tier)s”"),
        _("%(actor)s withdrew the reward “%(tier)s”"),
    ),
)
PLEDGING = (
    _private(
        "pledge.make",
        Verb.PLEDGE,
        kept.PledgeMade,
        _("You pledged to “%(initiative)s”"),
        _("%(actor)s pledged to “%(initiative)s”"),
    ),
    _type(
        "pledge.confirm",
        Verb.JOIN,
        kept.PledgeConfirmed,
        _("You back “%(initiative)s”"),
        _("%(actor)s backs “%(initiative)s”"),
        weight=2.0,
    ),
    _private(
        "pledge.change",
        Verb.UPDATE,
        kept.PledgeChanged,
        _("You changed your pledge to “%(initiative)s”"),
        _("%(actor)s changed a pledge to “%(initiative)s”"),
    ),
    _private(
        "pledge.cancel",
        Verb.UNDO,
        kept.PledgeCancelled,
        _("You cancelled your pledge to “%(initiative)s”"),
        _("%(actor)s cancelled a pledge to “%(initiative)s”"),
    ),
    _private(
        "pledge.choose",
        Verb.UPDATE,
        kept.FailureChoiceMade,
        _("You chose what becomes of your pledge to “%(initiative)s” if it fails"),
        _("%(actor)s chose what becomes of a pledge to “%(initiative)s” if it fails"),
    ),
    _private(
        "pledge.claim",
        Verb.ACCEPT,
        kept.PledgesClaimed,
        _("Pledges made as a guest became yours"),
        _("Pledges made as a guest became %(actor)s’s"),
    ),
    _private(
        "pledge.offline",
        Verb.ADD,
        kept.OfflineEntered,
        _("You entered a payment for “%(initiative)s”"),
        _("%(actor)s entered your payment for “%(initiative)s”"),
    ),
    _private(
        "pledge.offline_confirm",
        Verb.ACCEPT,
        kept.OfflineConfirmed,
        _("You confirmed a payment for “%(initiative)s”"),
        _("%(actor)s confirmed your payment for “%(initiative)s”"),
    ),
    _private(
        "pledge.fail",
        Verb.REJECT,
        kept.PaymentFailed,
        _("The payment of a pledge to “%(initiative)s” failed: it can be made good"),
        _("The payment of a pledge to “%(initiative)s” failed: it can be made good"),
    ),
    _private(
        "pledge.lapse",
        Verb.REMOVE,
        kept.PledgeLapsed,
        _("A pledge to “%(initiative)s” was not paid in time"),
        _("A pledge to “%(initiative)s” was not paid in time"),
    ),
)
CLOSING = (
    _type(
        "campaign.pass",
        Verb.ANNOUNCE,
        kept.MinimumPassed,
        _("“%(initiative)s” has reached its minimum"),
        _("“%(initiative)s” has reached its minimum"),
    ),
    _type(
        "campaign.fund",
        Verb.COMPLETE,
        kept.CampaignFunded,
        _("“%(initiative)s” is funded"),
        _("“%(initiative)s” is funded"),
    ),
    _type(
        "campaign.miss",
        Verb.REJECT,
        kept.CampaignMissed,
        _("“%(initiative)s” did not reach its goal"),
        _("“%(initiative)s” did not reach its goal"),
    ),
    _private(
        "campaign.settle",
        Verb.OFFER,
        kept.CampaignSettled,
        _("You settled the money of “%(initiative)s”"),
        _("%(actor)s settled the money of “%(initiative)s”"),
    ),
    _private(
        "pledge.refund",
        Verb.UNDO,
        kept.RefundAsked,
        _("You paid back a pledge to “%(initiative)s”: %(reason)s"),
        _("%(actor)s paid back your pledge to “%(initiative)s”: %(reason)s"),
        erase=("reason",),
    ),
    _private(
        "pledge.send_back",
        Verb.UNDO,
        kept.SentBackByHand,
        _("You sent money back for “%(initiative)s”"),
        _("%(actor)s sent you back your money for “%(initiative)s”"),
    ),
)
POTS = (
    _private(
        "pot.open",
        Verb.CREATE,
        kept.PotOpened,
        _("You opened the pot “%(pot)s” of %(sponsor)s"),
        _("%(actor)s opened the pot “%(pot)s” of %(sponsor)s"),
    ),
    _private(
        "pot.fund",
        Verb.ADD,
        kept.PotFunded,
        _("You put money into the pot “%(pot)s”"),
        _("%(actor)s put money into the pot “%(pot)s”"),
    ),
    _private(
        "pot.return",
        Verb.REMOVE,
        kept.PotReturned,
        _("You gave money of the pot “%(pot)s” back to its sponsor"),
        _("%(actor)s gave money of the pot “%(pot)s” back to its sponsor"),
    ),
    _type(
        "pot.join",
        Verb.JOIN,
        kept.PotJoined,
        _("%(sponsor)s adds to the pledges of “%(initiative)s”"),
        _("%(sponsor)s adds to the pledges of “%(initiative)s”"),
    ),
)
AFTER = (
    _private(
        "campaign.lock",
        Verb.UPDATE,
        kept.ChoicesLocked,
        _("You locked the choices of “%(initiative)s” on %(day)s"),
        _("%(actor)s locked the choices of “%(initiative)s” on %(day)s"),
    ),
    _private(
        "pledge.detail",
        Verb.UPDATE,
        kept.PledgeDetailed,
        _("You completed your pledge to “%(initiative)s”"),
        _("%(actor)s completed a pledge to “%(initiative)s”"),
    ),
    _private(
        "parcel.send",
        Verb.ANNOUNCE,
        kept.ParcelSent,
        _("You sent a parcel for “%(initiative)s”"),
        _("%(actor)s sent your reward of “%(initiative)s”"),
    ),
    _private(
        "parcel.deliver",
        Verb.COMPLETE,
        kept.ParcelDelivered,
        _("A reward of “%(initiative)s” arrived"),
        _("A reward of “%(initiative)s” arrived"),
    ),
    _private(
        "parcel.return",
        Verb.REJECT,
        kept.ParcelReturned,
        _("A parcel of “%(initiative)s” came back to you"),
        _("%(actor)s got your parcel of “%(initiative)s” back: look at the address"),
    ),
    _type(
        "delivery.delay",
        Verb.UPDATE,
        kept.DeliveryDelayed,
        _("You moved the delivery of “%(tier)s”: %(reason)s"),
        _("%(actor)s moved the delivery of “%(tier)s”: %(reason)s"),
    ),
    _private(
        "withdrawal.declare",
        Verb.OFFER,
        kept.WithdrawalDeclared,
        _("You began to withdraw from “%(initiative)s”"),
        _("%(actor)s began to withdraw from “%(initiative)s”"),
    ),
    _private(
        "withdrawal.confirm",
        Verb.UNDO,
        kept.WithdrawalConfirmed,
        _("You withdrew from “%(initiative)s”"),
        _("%(actor)s withdrew from “%(initiative)s”"),
    ),
)
TALKING = (
    _type(
        "campaign.update",
        Verb.CREATE,
        kept.UpdatePublished,
        _("You published “%(object)s”"),
        _("%(actor)s gives news of “%(initiative)s”: “%(object)s”"),
    ),
    _type(
        "campaign.ask",
        Verb.SUBMIT,
        kept.QuestionAsked,
        _("You asked “%(object)s”"),
        _("%(actor)s asked “%(object)s”"),
    ),
    _type(
        "campaign.answer",
        Verb.ACCEPT,
        kept.QuestionAnswered,
        _("You answered “%(object)s”"),
        _("%(actor)s answered “%(object)s”"),
        weight=1.0,
    ),
)
ARRIVING = (
    _private(
        "campaign.import",
        Verb.ADD,
        kept.CampaignsImported,
        _("You brought in %(count)s campaigns that ran elsewhere"),
        _("%(actor)s brought in %(count)s campaigns that ran elsewhere"),
    ),
)
ACTIVITY_TYPES = (*PREPARING, *PLEDGING, *CLOSING, *POTS, *AFTER, *TALKING, *ARRIVING)

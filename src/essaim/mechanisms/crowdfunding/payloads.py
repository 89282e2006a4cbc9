"""What is kept of each thing that happens in a campaign; amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True)
class CampaignsImported:
    count: int

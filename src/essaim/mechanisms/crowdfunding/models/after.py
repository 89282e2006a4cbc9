"""After the campaign: money settled and paid back, parcels, delays, withdrawals, letters."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.models import Payment
from essaim.mechanisms.crowdfunding.models.campaigns import Tier
from essaim.mechanisms.crowdfunding.models.pledges import Pledge

MEMBER = settings.AUTH_USER_MODEL


class Settlement(models.Model):
    """The jar was emptied: what the house took as its fee, what is VAT, what the project got. Parts may be negative:
    more was paid back since than what came in."""

    campaign = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    fee = models.BigIntegerField()
    vat = models.BigIntegerField()
    paid_out = models.BigIntegerField()
    matched = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=5)
    key = models.CharField(max_length=120, unique=True)
    by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="settlement_number_once"),
        ]

    def __str__(self) -> str:
        return f"settlement {self.number} of {self.campaign}"


class Refund(models.Model):
    """Money on its way back to a backer. `payment` None: by hand, done once the team has sent it."""

    class Cause(models.TextChoices):
        FAILURE = "failure", _("the campaign did not reach its goal")
        TEAM = "team", _("by the team")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        CANCELLED = "cancelled", _("the pledge was cancelled")

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.PositiveBigIntegerField()
    cause = models.CharField(max_length=10, choices=Cause.choices)
    reason = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, unique=True)
    asked_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["pledge"], name="refund_by_hand", condition=Q(payment=None, done_at=None)),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_above_zero")]

    def __str__(self) -> str:
        return f"{self.amount} back for {self.pledge}"


class Delivery(models.Model):
    """Where a pledge's parcel is; the row is made when it leaves (or is ready to be fetched)."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        SENT = "sent", pgettext_lazy("parcel", "sent")
        DELIVERED = "delivered", _("delivered")
        RETURNED = "returned", _("came back")

    pledge = models.OneToOneField(Pledge, on_delete=models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARED)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.state} {self.pledge}"


class Delay(models.Model):
    """A promise moved in public: rewards arrive later than said, with the reason. Append-only."""

    campaign = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(after__gt=models.F("before")), name="delay_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.tier}: {self.before} → {self.after}"


class Withdrawal(models.Model):
    """A backer takes back his purchase: first declared, then confirmed; the receipt holds content, date and hour."""

    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="withdrawal")
    declared_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    amount = models.PositiveBigIntegerField(default=0)
    receipt = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, receipt="") | (Q(confirmed_at__isnull=False) & ~Q(receipt="")),
                name="withdrawal_confirmed_with_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal from {self.pledge}"


class Letter(models.Model):
    """An e-mail about a pledge: to guests, who have no notices; to all, what the law wants in writing. Sent once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["id"], name="letter_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

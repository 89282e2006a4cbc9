"""Money on its way to a member's bank."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class PayoutRules(models.Model):
    """The house's figures for payouts, in minor units of its currency; one row."""

    two_persons_above = models.BigIntegerField(_("two persons above"), default=50_000)
    minimum = models.BigIntegerField(_("smallest payout"), default=1_000)
    hold_days = models.PositiveSmallIntegerField(_("days before a payout leaves"), default=2)
    identity_above = models.BigIntegerField(_("identity checked above, over a year"), default=15_000)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="payoutrules_one_row")]

    def __str__(self) -> str:
        return "payout rules"


class Payout(models.Model):
    """A member asks for money of his to be sent to him."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for approval")
        APPROVED = "approved", _("approved, leaves after the hold")
        SENT = "sent", _("on its way")
        SETTLED = "settled", _("arrived")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled by you")
        FAILED = "failed", _("failed, money back on the balance")
        RETURNED = "returned", _("returned by the bank, money back on the balance")

    class Identity(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        NEEDED = "needed", _("to be checked")
        VERIFIED = "verified", _("checked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    destination = models.CharField(_("bank account"), max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    identity = models.CharField(max_length=10, choices=Identity.choices, default=Identity.NOT_NEEDED)
    approvals_needed = models.PositiveSmallIntegerField(default=1)
    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=100, null=True)
    requested_at = models.DateTimeField(default=clock.now)
    leaves_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "reference"], name="payout_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit} to {self.member}"


class PayoutApproval(models.Model):
    """One person's approval. Nobody approves the same payout twice, nor his own."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payout", "approver"], name="payout_approval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approver} approves {self.payout}"


class PayoutStep(models.Model):
    """What happened to a payout, when, by whom: its history as the member reads it."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.payout}: {self.state}"

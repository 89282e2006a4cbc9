"""Money on its way in, and the provider's word about it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.ledger.models.books import Account


class Payment(models.Model):
    """Money asked of a payer through a provider, towards one account. what follows `state` is
    derived from the provider's events and from nothing else.
    """

    class State(models.TextChoices):
        CREATED = "created", _("waiting for the payer")
        PENDING = "pending", _("being checked by the bank")
        SUCCEEDED = "succeeded", _("paid")
        FAILED = "failed", _("refused")
        REFUNDED = "refunded", _("paid back")
        DISPUTED = "disputed", _("taken back by the bank")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=100, null=True)
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    memo = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREATED)
    captured = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    lost = models.BigIntegerField(default=0)
    captured_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, lost__gte=0, captured__gte=models.F("refunded") + models.F("lost")),
                name="payment_returned_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}"


class ProviderEvent(models.Model):
    """One thing a provider told us, kept whole, applied once. `outcome` says what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting for an earlier one")
        APPLIED = "applied", _("applied")
        STALE = "stale", _("overtaken by a later one")
        UNKNOWN = "unknown", _("not understood, kept")

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=100)
    type = models.CharField(max_length=60)
    reference = models.CharField(max_length=100, blank=True)
    amount = models.BigIntegerField(default=0)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    body = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["provider", "reference"], name="providerevent_reference")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="providerevent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.type} {self.event_id}"

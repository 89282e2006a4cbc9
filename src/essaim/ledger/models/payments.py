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
    """Money asked of a payer through a provider, towards one account; `state` and what follows it is
    derived from the provider's events and from nothing else. `purpose` names who listens; what is taken later is
    taken by `until`.
    """

    class Capture(models.TextChoices):
        NOW = "now", _("taken at once")
        LATER = "later", _("held now, taken later")

    class State(models.TextChoices):
        CREATED = "created", _("waiting for the payer")
        PENDING = "pending", _("being checked by the bank")
        STEP_UP = "step_up", _("waiting for the payer’s confirmation at the bank")
        AUTHORISED = "authorised", _("held by the bank, not taken")
        SUCCEEDED = "succeeded", _("paid")
        FAILED = "failed", _("refused")
        EXPIRED = "expired", _("no longer held, never taken")
        CANCELLED = "cancelled", _("cancelled, never taken")
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
    return_path = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    capture = models.CharField(max_length=5, choices=Capture.choices, default=Capture.NOW)
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREATED)
    authorised = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
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


SAID_OF_PAYOUTS = {
    "payout.settled": _("the money arrived"),
    "payout.failed": _("the money could not be sent"),
    "payout.returned": _("the money came back"),
}


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
    expires_at = models.DateTimeField(null=True)
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

    @property
    def told(self) -> str:
        """What it says about a payout, in the reader's language."""
        return str(SAID_OF_PAYOUTS.get(self.type, self.type))


class ProviderLine(models.Model):
    """One line of a provider's own statement, as it was read. See `providers.StatementLine`."""

    provider = models.CharField(max_length=40)
    line_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=5)
    reference = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    memo = models.CharField(max_length=300)
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["provider", "at"], name="providerline_at")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "line_id"], name="providerline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.line_id}"


class Request(models.Model):
    """Something asked of a provider about a payment: written with the decision, sent after it, under its own key.
    What the provider does about it arrives as an event.
    """

    class Kind(models.TextChoices):
        CAPTURE = "capture", _("take")
        CANCEL = "cancel", _("let go")
        REFUND = "refund", _("pay back")

    class State(models.TextChoices):
        WAITING = "waiting", _("not sent yet")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")

    key = models.CharField(max_length=100, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="payment_request_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} of {self.payment}"

"""Transfers waited for, what the bank's statements say, and what is to be sent."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Transfer(models.Model):
    """A payment of the house, by its key, and the reference the payer is asked to write."""

    key = models.CharField(max_length=64, unique=True)
    reference = models.CharField(max_length=25, unique=True, null=True)
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    memo = models.CharField(max_length=300)
    return_path = models.CharField(max_length=300, blank=True)
    closed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.reference or self.key


class Statement(models.Model):
    """A file as it was read. `faults` are the lines left out: place and reason."""

    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file


class Booking(models.Model):
    """One movement of the account. Those that came in and fit no payment by themselves wait for a person; a part of
    one waits for the others, with the `transfer` it is for. The last that makes it whole is the one `matched`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a person")
        MATCHED = "matched", _("received")
        PART = "part", _("received, with others")
        ASIDE = "aside", _("set aside")
        OUT = "out", _("went out")

    class Why(models.TextChoices):
        PART = "part", _("a part of what was asked")
        NO_REFERENCE = "no reference", _("no reference")
        UNKNOWN = "unknown reference", _("a reference we do not know")
        AMOUNT = "other amount", _("another amount than asked")
        PAID = "paid already", _("the payment was received already")
        CLOSED = "closed", _("the payment was cancelled")

    name = models.CharField(max_length=100, unique=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="bookings")
    day = models.DateField()
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    party = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, related_name="bookings")
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["day"], name="bank_booking_waiting", condition=Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transfer"], name="bank_received_once", condition=Q(state="matched")),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.amount} {self.unit}"


class Order(models.Model):
    """Money to be sent from the house's account: a refund or a payout. `name` is its end-to-end reference."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("paid back")
        PAYOUT = "payout", _("payout")
        BACK = "back", _("sent back")

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        GIVEN = "given", _("given to the bank")
        SETTLED = "settled", _("sent")
        RETURNED = "returned", _("came back")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=35, unique=True, null=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, related_name="orders")
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    party = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    memo = models.CharField(max_length=140)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="bank_order_above_zero")]

    def __str__(self) -> str:
        return self.name or self.key

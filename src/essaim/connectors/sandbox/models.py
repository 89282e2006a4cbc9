"""The sandbox's own books: what it was asked, and what it has to say."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from essaim.kit import clock


def new_event_id() -> str:
    return f"evt_{uuid.uuid4().hex}"


class Till(models.Model):
    """What happens to the next payouts; one row."""

    payouts = models.CharField(max_length=20, default="settled")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="sandbox_one_till")]

    def __str__(self) -> str:
        return self.payouts


class Order(models.Model):
    """A payment or a payout the house asked for. The house's key makes it one. `closed` says how a hold ended."""

    class Kind(models.TextChoices):
        PAYMENT = "payment"
        PAYOUT = "payout"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=64)
    reference = models.CharField(max_length=64, unique=True)
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    memo = models.CharField(max_length=300, blank=True)
    return_path = models.CharField(max_length=300, blank=True)
    capture = models.CharField(max_length=5, default="now")
    choice = models.CharField(max_length=20, blank=True)
    closed = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="sandbox_order_once")]

    def __str__(self) -> str:
        return self.reference


class Word(models.Model):
    """An event on its way to the house. It is delivered until the house answers yes, `copies` times."""

    event_id = models.CharField(max_length=40, unique=True, default=new_event_id)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="words")
    type = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    request_key = models.CharField(max_length=64, null=True, unique=True)
    occurred_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    copies = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="sandbox_word_due", condition=Q(copies__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"

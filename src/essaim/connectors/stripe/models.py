"""What was opened at Stripe for which of the house's payments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from essaim.kit import clock


class Checkout(models.Model):
    """One payment of the house, by its key, and what stands for it there: the page the payer goes to, then the
    payment intent. `agreement` is the payment method he let us keep, when the amount is taken later than banks hold.
    """

    class Mode(models.TextChoices):
        NOW = "now"
        HOLD = "hold"
        AGREEMENT = "agreement"

    key = models.CharField(max_length=64, unique=True)
    mode = models.CharField(max_length=9, choices=Mode.choices)
    session = models.CharField(max_length=100, unique=True)
    url = models.TextField()
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    memo = models.CharField(max_length=300)
    intent = models.CharField(max_length=100, blank=True)
    customer = models.CharField(max_length=100, blank=True)
    agreement = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intent"], name="stripe_intent_once", condition=~Q(intent="")),
        ]

    def __str__(self) -> str:
        return self.intent or self.session

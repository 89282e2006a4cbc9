"""What others told us they wrote about us, and what we answered on a page of our own."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Received(models.Model):
    """One webmention: this page of theirs speaks of that page of ours. Sent again when theirs changes or goes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be checked")
        VERIFIED = "verified", _("Verified")
        REFUSED = "refused", _("Refused")
        GONE = "gone", _("Gone")

    key = models.BinaryField(max_length=32, unique=True)
    source = models.CharField(max_length=2000)
    target = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField(default=clock.now)
    verified_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="webmention_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


def key_of(source: str, target: str) -> bytes:
    return hashlib.sha256(f"{source}\n{target}".encode("utf-8", "replace")).digest()


class Reply(models.Model):
    """An answer of the team, on a public page of the house, so that theirs can be told of it."""

    parent = models.CharField(max_length=2000)
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("webmention:reply", args=[self.pk])

"""What the law asks of one who listens: objections that hold, and who looked at whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Objection(models.Model):
    """An author does not want to be heard (GDPR art. 21). Only the keyed hash is kept, to leave him alone."""

    key = models.BinaryField(max_length=16, unique=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return bytes(self.key).hex()


class Look(models.Model):
    """A member of the team opened what is known about a voice. Append-only; kept a year."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voice_id = models.BigIntegerField()
    what = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["voice_id", "-id"], name="listening_look_voice")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.what} {self.voice_id}"


class Plea(models.Model):
    """An author asks to be left alone and cannot show, without the team, that he is the author. The handle and how
    to reach him are encrypted, and go once it is decided."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    platform = models.CharField(max_length=40)
    key = models.BinaryField(max_length=16)
    handle = models.BinaryField(null=True)
    reply_to = models.BinaryField(null=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], name="listening_plea_once", condition=models.Q(outcome="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.outcome}"

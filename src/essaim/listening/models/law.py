"""What the law asks of one who listens: objections that hold, and who looked at whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

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

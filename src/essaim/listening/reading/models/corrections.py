"""What the team says a mention says."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from essaim.kit import clock
from essaim.listening.reading.models.readers import Edition
from essaim.listening.reading.models.readings import Field


class Correction(models.Model):
    """Append-only; the latest of a mention and field counts. The words are not kept, for the mention goes when its
    time is over: `grams` holds the hashed features of `space`, all that training needs."""

    mention_id = models.BigIntegerField()
    field = models.CharField(max_length=10, choices=Field.choices)
    value = models.CharField(max_length=10)
    was = models.CharField(max_length=10, blank=True)
    was_by = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=3, blank=True)
    grams = models.BinaryField()
    space = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mention_id", "field", "-id"], name="reading_correction_of")]

    def __str__(self) -> str:
        return f"{self.mention_id} {self.field}: {self.was} → {self.value}"

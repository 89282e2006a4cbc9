"""What intake remembers between two batches."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Waiting(models.Model):
    """A mention whose parent has not arrived; the row goes when it does."""

    mention_id = models.BigIntegerField(primary_key=True)
    published_at = models.DateTimeField()
    parent_key = models.BinaryField(max_length=16)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["parent_key"], name="listening_waiting_parent")]

    def __str__(self) -> str:
        return f"{self.mention_id} waits"


class Month(models.Model):
    """A month of mentions. It is stirred whenever some come in; its near-duplicates were last looked for when
    `looked` equals `stirs`."""

    first_day = models.DateField(primary_key=True)
    stirs = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

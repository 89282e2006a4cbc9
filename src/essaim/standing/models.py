"""Dated conclusions about a member."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from essaim.communities.models import Community
from essaim.kit import clock


class Conclusion(models.Model):
    """One conclusion (`kind`, such as "level" or "points") about a member, in a community or in the whole house.

    `low` and `high` bound what is uncertain; `basis` holds what it was concluded from.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=6)
    low = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    basis = models.JSONField(default=dict)
    concluded_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} of {self.member}: {self.value}"


class Score(Conclusion):
    """What is concluded now; one row per member, community and kind."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "community", "kind"], nulls_distinct=False, name="score_current_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "-value"], name="score_ranking")]


class PastScore(Conclusion):
    """What was concluded before, for the kinds whose history is kept."""

    class Meta:
        ordering: ClassVar = ["-concluded_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["member", "kind", "-concluded_at"], name="score_history")]

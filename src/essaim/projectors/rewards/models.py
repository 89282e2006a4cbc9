"""Versions of the rules, and what was earned by them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.projectors.rewards import domain


class RuleSet(models.Model):
    """The rules from a moment on, as plain data. Never changed: a new version follows."""

    version = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    reason = models.CharField(max_length=240)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def rules(self) -> domain.Rules:
        return domain.unpacked(self.version, self.content)


class Award(models.Model):
    """Points a member earned by an activity, under a version of the rules."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-activity"]
        indexes: ClassVar = [models.Index(fields=["member", "-activity"], name="award_member")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "member"], name="award_once"),
        ]

    def __str__(self) -> str:
        return f"{self.points} PT to {self.member}"

"""Lines of the feed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from essaim.activity.models import Activity
from essaim.communities.models import Community
from essaim.initiatives.models import Contribution


class Line(models.Model):
    """Acts told together to one audience: a community, a member, or everyone in the house (neither).

    `latest` is the act told; `count` how many there are. `contribution` is what they are about, so that a line
    about something withdrawn or hidden is not shown.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=200)
    latest = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "member", "key"], nulls_distinct=False, name="line_key_once"
            ),
            models.CheckConstraint(condition=Q(community=None) | Q(member=None), name="line_one_audience"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["community", "-latest"], name="line_community"),
            models.Index(fields=["member", "-latest"], name="line_member"),
        ]

    def __str__(self) -> str:
        return self.key


class Part(models.Model):
    """One act in a line. Its actor is kept beside, to count people."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="parts")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    actor = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "activity"], name="part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} in {self.line}"

"""The activity stream and its outbox."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from essaim.communities.models import Community
from essaim.kit import clock


class Activity(models.Model):
    """One thing that happened. Append-only: the database lets nothing change but erasure into a tombstone.

    The object and the initiative are named, not referenced: they live above this layer, and may go
    while the activity stays.
    """

    type = models.CharField(max_length=60)
    verb = models.CharField(max_length=20)
    # No index of their own: those below begin with them.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    initiative_id = models.BigIntegerField(null=True)
    target = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    payload = models.JSONField(default=dict)
    origin = models.CharField(max_length=60, default="here")
    weight = models.FloatField(default=0)
    public = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["community", "-id"], name="activity_community"),
            models.Index(fields=["initiative_id", "-id"], name="activity_initiative"),
            models.Index(fields=["actor", "-id"], name="activity_actor"),
            models.Index(fields=["target", "-id"], name="activity_target"),
            models.Index(fields=["object_type", "object_id"], name="activity_object"),
            models.Index(fields=["-id"], name="activity_public", condition=models.Q(public=True)),
            BrinIndex(fields=["at"], name="activity_at"),
        ]

    def __str__(self) -> str:
        return f"{self.type} #{self.pk}"


class Delivery(models.Model):
    """An activity on its way to one projector; deleted, in the projector's own transaction, when it has arrived."""

    # Looked for by projector; and no activity is ever removed.
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    projector = models.CharField(max_length=40)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        # The constraint's index is also the order of delivery.
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["projector", "activity"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.projector}"

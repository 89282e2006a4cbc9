"""Where the house listens, and how each visit went."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.kit import clock


class Source(models.Model):
    """One place, of one kind. `cursor` is what its connector left at the last visit."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Listening")
        PAUSED = "paused", _("Paused")
        DEAD = "dead", _("Dead")
        DONE = "done", _("Taken in once")

    kind = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=1000)
    options = models.JSONField(default=dict, blank=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    retention_days = models.PositiveSmallIntegerField(_("days kept"), default=90)
    every_minutes = models.PositiveIntegerField(_("minutes between visits"), default=60)
    cursor = models.JSONField(default=dict, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True, default=clock.now)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.JSONField(null=True, blank=True)
    """A refusal: `key`, `figures` (told in the reader's language), or `text` as the other side said it."""
    mentions = models.PositiveBigIntegerField(default=0)
    backfill = models.JSONField(null=True, blank=True)
    """While what lies before is asked for: `since`, the connector's `cursor`, and `at`, not to go on before."""
    removed_at = models.DateTimeField(null=True, blank=True)
    """Listened to no longer; the row stays as long as what it brought."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "address"], name="listening_source_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_run_at"], name="listening_due", condition=models.Q(state="active")),
        ]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One visit, backfill or import: what it read, what was new, what it could not read."""

    class Purpose(models.TextChoices):
        VISIT = "visit", _("Visit")
        BACKFILL = "backfill", _("Backfill")
        IMPORT = "import", _("Import")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.VISIT)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    read = models.PositiveBigIntegerField(default=0)
    added = models.PositiveBigIntegerField(default=0)
    again = models.PositiveBigIntegerField(default=0)
    alike = models.PositiveBigIntegerField(default=0)
    gone = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    refused = models.JSONField(default=list)
    """The first hundred entries that could not be read: [place, reason]."""
    refusals = models.PositiveIntegerField(default=0)
    error = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.purpose} {self.started_at:%Y-%m-%d %H:%M}"

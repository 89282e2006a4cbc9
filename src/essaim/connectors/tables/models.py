"""Mappings that were saved, and files on their way through the wizard."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.connectors.tables.domain import Layout
from essaim.kit import clock


class SavedLayout(models.Model):
    """Which column says what, under a name, for the next table of the same kind."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    written = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def layout(self) -> Layout:
        return Layout.of(self.written)


class Upload(models.Model):
    """A table between its arrival and its intake. It goes as soon as it was taken in, or after a day."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name

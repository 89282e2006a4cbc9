"""Whose name was said, and over which panel it is counted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Brand(models.Model):
    """The house's own brand, or a rival. `words` are what it is called: names, misspellings, handles (@name), tags.

    `matched_to` is the last mention in which changed words were looked for: a job goes on from there.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    own = models.BooleanField(_("our own brand"), default=False)
    words = ArrayField(models.CharField(max_length=80), verbose_name=_("words"), default=list)
    words_at = models.DateTimeField(default=clock.now)
    matched_to = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-own", "name"]

    def __str__(self) -> str:
        return self.name


class BrandMention(models.Model):
    """A mention that names a brand. When, where and who are copied: shares are counted from this table alone."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    mention_id = models.BigIntegerField()
    published_at = models.DateTimeField()
    source_id = models.BigIntegerField()
    voice_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mention_id", "brand"], name="desk_brand_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["brand", "-published_at", "-mention_id"],
                name="desk_brand_mentions",
                include=["source_id", "voice_id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand_id} in {self.mention_id}"


class Panel(models.Model):
    """Sources and brands, locked: what shares of voice are counted over, from one day to the next panel.

    Numbers of two panels are not compared: the series breaks where one ends.
    """

    sources = ArrayField(models.BigIntegerField())
    brands = ArrayField(models.BigIntegerField())
    reason = models.CharField(_("why it changed"), max_length=240, blank=True)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(default=clock.now)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(True), condition=Q(ended_on=None), name="desk_one_panel_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ended_on or '…'}"

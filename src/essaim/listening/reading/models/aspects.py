"""What of its products the house wants to tell apart."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Aspect(models.Model):
    """A name and the words that stand for it. A house without rows in a language uses the starters."""

    language = models.CharField(_("language"), max_length=3)
    name = models.CharField(_("name"), max_length=60)
    words = ArrayField(models.CharField(max_length=60), verbose_name=_("words"))

    class Meta:
        ordering: ClassVar = ["language", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "name"], name="reading_aspect_once")]

    def __str__(self) -> str:
        return self.name

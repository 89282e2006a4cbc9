"""Which reader read, and how well it reads."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Reader(models.Model):
    """One way to read one thing in one language, with its card: what it learned from, and how often it is right.

    `basis` lexicon was not trained: it counts words of ours. A trained reader lies in `file`, under the house's home.
    One that was not better than the one in use stays here, refused, with its card.
    """

    class Task(models.TextChoices):
        POLARITY = "polarity", _("Polarity")
        KIND = "kind", _("Kind")
        HOSTILE = "hostile", _("Hostile")

    class Basis(models.TextChoices):
        LEXICON = "lexicon", _("Word lists, not trained")
        TRAINED = "trained", _("Trained")

    class State(models.TextChoices):
        ACTIVE = "active", _("In use")
        REPLACED = "replaced", _("Replaced")
        REFUSED = "refused", _("Not better")

    task = models.CharField(max_length=10, choices=Task.choices)
    language = models.CharField(max_length=3)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.TRAINED)
    state = models.CharField(max_length=10, choices=State.choices)
    file = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    card = models.JSONField(default=dict)
    corrections = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "language"], name="reading_one_reader_in_use", condition=models.Q(state="active")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.language} {self.pk}"


class Edition(models.Model):
    """The readers in use together, from one moment on. Word lists stand for every task and language not named."""

    readers = ArrayField(models.BigIntegerField(), default=list, unique=True)
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.pk}: {self.readers}"

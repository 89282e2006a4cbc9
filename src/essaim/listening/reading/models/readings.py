"""What was read in a mention. A conclusion: it can be thrown away and read again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.listening.reading.models.readers import Edition


class Kind(models.TextChoices):
    """What a post does. A claim asks for something to be put right."""

    OPINION = "opinion", _("Opinion")
    EXPERIENCE = "experience", _("Experience")
    SUGGESTION = "suggestion", _("Suggestion")
    CLAIM = "claim", _("Claim")
    QUESTION = "question", _("Question")
    OTHER = "other", _("Other")


class Polarity(models.IntegerChoices):
    NEGATIVE = -1, _("Negative")
    NEUTRAL = 0, _("Neutral")
    POSITIVE = 1, _("Positive")


class Field(models.TextChoices):
    """What the team can correct in a reading."""

    LANGUAGE = "language", _("Language")
    POLARITY = "polarity", _("Polarity")
    KIND = "kind", _("Kind")
    HOSTILE = "hostile", _("Hostile")


class Topic(models.Model):
    """A group of mentions that share their words. Found anew every night; it keeps its number, and so its name, when
    enough of its mentions are the same. `name` is its words unless the team gave it another."""

    language = models.CharField(max_length=3)
    name = models.CharField(_("name"), max_length=120)
    named_by_hand = models.BooleanField(default=False)
    words = ArrayField(models.CharField(max_length=40), default=list)
    mentions = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-mentions", "id"]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One mention, read. Confidences are calibrated probabilities; 1 once a person said it (`by_hand`).

    `hostile` orders the moderators' work and decides nothing. `language` is empty when it cannot be told.
    """

    mention_id = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=3, blank=True)
    polarity = models.SmallIntegerField(choices=Polarity.choices)
    polarity_confidence = models.FloatField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    kind_confidence = models.FloatField()
    hostile = models.BooleanField(default=False)
    hostile_confidence = models.FloatField(default=0)
    aspects = ArrayField(models.CharField(max_length=60), default=list)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    by_hand = ArrayField(models.CharField(max_length=10), default=list)
    model = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["topic"], name="reading_of_topic", condition=models.Q(topic__isnull=False)),
            models.Index(fields=["mention_id"], name="reading_hostile", condition=models.Q(hostile=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(polarity__in=(-1, 0, 1)), name="reading_polarity_of_three"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="reading_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id}: {self.kind} {self.polarity:+d}"

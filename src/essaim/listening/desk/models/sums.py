"""Sums by day, made again from the mentions whenever a day is stale; and the bursts found in them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from essaim.kit import clock
from essaim.kit.addresses import address
from essaim.listening.desk.models.brands import Brand


class Sum(models.Model):
    """Mentions of one day, of one brand (null: of all), with one value of one dimension and one polarity.

    `people` holds the five smallest authors of the cell, by number: the union of several cells has five people
    exactly when the union of these has, which is all that must be known before a figure is shown.
    """

    class Dimension(models.TextChoices):
        ALL = "all"
        SOURCE = "source"
        PLATFORM = "platform"
        LANGUAGE = "language"
        KIND = "kind"
        TOPIC = "topic"
        ASPECT = "aspect"

    day = models.DateField()
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, related_name="+")
    dimension = models.CharField(max_length=8, choices=Dimension.choices)
    value = models.CharField(max_length=100, blank=True)
    polarity = models.SmallIntegerField(null=True)
    mentions = models.PositiveIntegerField()
    people = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["brand", "dimension", "day"], name="desk_sum_of_brand"),
            models.Index(fields=["dimension", "day"], name="desk_sum_of_all", condition=Q(brand=None)),
            models.Index(fields=["value", "dimension", "day"], name="desk_sum_of_value", condition=Q(brand=None)),
            models.Index(fields=["day"], name="desk_sum_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.dimension} {self.value}: {self.mentions}"


class Stale(models.Model):
    """A day whose sums no longer hold."""

    day = models.DateField(primary_key=True)
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.day)


class Watch(models.Model):
    """How far the readings were looked through for days to count again. One row, number 1."""

    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="desk_watch_is_one")]

    def __str__(self) -> str:
        return str(self.read_at)


class Burst(models.Model):
    """A day on which far more was said than the weeks before let expect."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    mentions = models.PositiveIntegerField()
    expected = models.FloatField()
    score = models.FloatField()
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "day"], name="desk_burst_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.mentions}"

    def get_absolute_url(self) -> str:
        return address("listening_desk:pictures")

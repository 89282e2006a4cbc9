"""What pledges add up to, kept with them: pages of large campaigns count nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from essaim.initiatives.models import Initiative


class Tally(models.Model):
    """A count over the pledges of a campaign that count towards its goal, and the sum of what they are worth.

    Written by the database with every pledge, line and match (`migrations/tallies.sql`), by nothing else. `name` says
    which: a quarter of an hour (UTC), a place, a country, a tier's id.
    """

    class Facet(models.TextChoices):
        ALL = "all"
        TIME = "time"
        PLACE = "place"
        COUNTRY = "country"
        WALL = "wall"
        TIER = "tier"
        MATCHED = "matched"

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=8, choices=Facet.choices)
    name = models.CharField(max_length=80, blank=True)
    n = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "facet", "name"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.name}: {self.n}"

"""What the house keeps of other people's machines, so as not to burden them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from essaim.kit import clock


class Host(models.Model):
    """One machine that was asked. `next_at` is when it may be asked again: every process of the house reads and moves
    it in one statement, so that together they keep to one pace. `refused_until`: it asked to be left alone.
    `robots` is its robots.txt; empty, it has none; null, it could not be read and everything is closed."""

    name = models.CharField(max_length=260, primary_key=True)
    next_at = models.DateTimeField(default=clock.now)
    refused_until = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    robots = models.TextField(null=True, blank=True, default="")
    robots_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class OptOut(models.Model):
    """A site whose people do not want to be read by this house; its subdomains are meant too."""

    host = models.CharField(max_length=253, unique=True)
    reason = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["host"]

    def __str__(self) -> str:
        return self.host

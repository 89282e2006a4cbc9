"""Donations: what a member looks through, gave, or took back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.listening.models import Source
from essaim.people.models import Acceptance


class Donation(models.Model):
    """`lines` holds what the file says only while the member looks through it; `struck` the places he struck out.
    What was given lies in mentions of its own source; `acceptance` is the consent he gave, with its very words."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not given yet")
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Taken back")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    lines = models.JSONField(default=list)
    struck = models.JSONField(default=list)
    platforms = models.JSONField(default=list)
    posts = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    acceptance = models.ForeignKey(Acceptance, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    given_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(lines=[], acceptance__isnull=False), name="donation_given_with_consent"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="donation_withdrawn_when"
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Suggestions on their way from a mention into an initiative."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.models import Contribution, Initiative
from essaim.kit import clock
from essaim.kit.addresses import address

MEMBER = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """A suggestion the house wants to bring into an initiative. When its author is a member, he is asked first."""

    class State(models.TextChoices):
        ASKED = "asked", _("its author is asked")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("its author said no")

    mention_id = models.BigIntegerField()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(pgettext_lazy("an idea", "story"))
    name = models.CharField(max_length=60)
    voice = models.CharField(max_length=40)
    member = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mention_id", "initiative"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(state="taken", contribution__isnull=False) | (~Q(state="taken") & Q(contribution=None)),
                name="proposal_taken_as_something",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("studio_listen:proposal", self.pk)

"""Match-funding: sponsors' pots, and what they add to pledges."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.crowdfunding.models.pledges import Pledge

MEMBER = settings.AUTH_USER_MODEL


class Pot(models.Model):
    """A sponsor's money that adds to pledges: `factor` basis points of each, within the caps, while it lasts.
    Its money stands on the account `cause:pot-<id>`; what it promised is the sum of its matches."""

    name = models.CharField(_("name"), max_length=120)
    sponsor = models.CharField(_("sponsor"), max_length=120)
    unit = models.CharField(max_length=5, default="EUR")
    factor = models.PositiveIntegerField(_("adds to each pledge"), default=10_000)
    per_gift = models.PositiveBigIntegerField(_("at most per pledge"), null=True, blank=True)
    per_person = models.PositiveBigIntegerField(_("at most per person"), null=True, blank=True)
    per_project = models.PositiveBigIntegerField(_("at most per campaign"), null=True, blank=True)
    opened_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(factor__gt=0), name="pot_factor_above_zero")]

    def __str__(self) -> str:
        return self.name


class PotCampaign(models.Model):
    """A pot adds to this campaign's pledges."""

    pot = models.ForeignKey(Pot, on_delete=models.CASCADE, related_name="campaigns")
    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pot", "campaign"], name="pot_campaign_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pot} for {self.campaign}"


class PotMovement(models.Model):
    """Money put into a pot (above zero) or given back to its sponsor (below)."""

    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="movements")
    amount = models.BigIntegerField()
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True)
    by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.amount} of {self.pot}"


class Match(models.Model):
    """What a pot adds to a pledge; 0 once the pledge is gone."""

    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="matches")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="matches")
    campaign = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["campaign", "pot"], name="match_campaign")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["pot", "pledge"], name="match_once")]

    def __str__(self) -> str:
        return f"{self.amount} from {self.pot} for {self.pledge}"

"""What a campaign shows and offers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.models import Contribution, Initiative
from essaim.kit import clock, media
from essaim.mechanisms.crowdfunding.domain.tiers import Offer, thaw_option

MEMBER = settings.AUTH_USER_MODEL


class Campaign(models.Model):
    """What a campaign keeps beside its rules and its story (the initiative's brief), and how it ended.

    `passed_at`: the minimum of two goals was reached for good. `outcome` is written once. `lock_at`: from then on
    addresses and options stay as they are.
    """

    class Outcome(models.TextChoices):
        SUCCEEDED = "succeeded", _("funded")
        FAILED = "failed", _("not funded")

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="+")
    cover = models.ImageField(_("picture"), upload_to="crowdfunding/", blank=True)
    cover_text = models.CharField(_("what the picture shows"), max_length=160, blank=True)
    risks = models.TextField(_("risks"), blank=True)
    survey = models.JSONField(default=list, blank=True)
    lock_at = models.DateTimeField(_("addresses and options are locked on"), null=True, blank=True)
    source_id = models.CharField(max_length=80, null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    raised = models.BigIntegerField(default=0)
    backers = models.PositiveIntegerField(default=0)
    worked_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id"], name="campaign_source_once"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None) | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="campaign_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign {self.initiative}"


class StoryPicture(models.Model):
    """A picture the campaign's texts may show, made safe, named in them by its key: `![](picture:KEY)`."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=media.fresh_name)
    file = models.FileField(upload_to="stories/")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("what the picture shows"), max_length=240)
    sender = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(alt=""), name="story_picture_described")]

    def __str__(self) -> str:
        return self.alt

    @property
    def mark(self) -> str:
        """How a text names it."""
        return f"![](picture:{self.key})"


class BudgetLine(models.Model):
    """What a part of the goal pays; the lines add up to the goal."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(_("what it pays"), max_length=120)
    amount = models.PositiveBigIntegerField(_("amount"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="budget_line_above_zero")]

    def __str__(self) -> str:
        return self.label


class TeamMember(models.Model):
    """Someone who carries the project; with an account here or not."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(MEMBER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class StretchGoal(models.Model):
    """What more money would make possible."""

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    amount = models.PositiveBigIntegerField(pgettext_lazy("a price", "from"))
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what happens then"), blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["amount", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "amount"], name="stretch_goal_amount_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Tier(models.Model):
    """A reward and its price, or an extra that goes with one. `options` and `shipping` are read by the domain:
    `[{slug, label, kind, choices, longest, allowed, required}]` and `{zone: minor units}`. `vat`: basis points; None
    is the campaign's own rate.
    """

    campaign = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    image = models.ImageField(_("picture"), upload_to="crowdfunding/", blank=True)
    image_text = models.CharField(_("what the picture shows"), max_length=160, blank=True)
    amount = models.PositiveBigIntegerField(_("price"))
    stock = models.PositiveIntegerField(_("how many there are"), null=True, blank=True)
    per_person = models.PositiveSmallIntegerField(_("at most per person"), null=True, blank=True)
    early_until = models.DateTimeField(_("early price until"), null=True, blank=True)
    delivery_month = models.DateField(_("delivered in"), null=True, blank=True)
    promised_month = models.DateField(null=True, blank=True, editable=False)
    ships = models.BooleanField(_("is sent by post"), default=False)
    shipping = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    vat = models.PositiveSmallIntegerField(_("VAT in the price"), null=True, blank=True)
    addon = models.BooleanField(_("an extra, with a reward only"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["addon", "position", "amount", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tier_above_zero"),
            models.CheckConstraint(condition=Q(per_person=None) | Q(per_person__gt=0), name="tier_per_person"),
        ]

    def __str__(self) -> str:
        return self.title

    def as_offer(self) -> Offer:
        return Offer(
            id=self.pk,
            title=self.title,
            amount=self.amount,
            stock=self.stock,
            per_person=self.per_person,
            early_until=self.early_until,
            ships=self.ships,
            shipping=self.shipping,
            options=tuple(thaw_option(option) for option in self.options),
            addon=self.addon,
            withdrawn=self.withdrawn_at is not None,
        )


class Update(Contribution):
    """News of the campaign, numbered; for everyone or for its backers only."""

    number = models.PositiveIntegerField()
    backers_only = models.BooleanField(_("for backers only"), default=False)

    class Meta:
        ordering: ClassVar = ["-number"]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        assert self.initiative is not None
        return reverse("crowdfunding:update", args=[self.initiative.slug, self.number])


class Question(Contribution):
    """A question to the team, and its answer."""

    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = [F("answered_at").desc(nulls_last=True), "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_answered_by_someone",
            ),
        ]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        assert self.initiative is not None
        return f"{reverse('crowdfunding:initiative', args=[self.initiative.slug])}#question-{self.pk}"

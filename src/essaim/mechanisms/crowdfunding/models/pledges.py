"""Pledges: what people promised, what they chose, what was received for it."""

from __future__ import annotations

import uuid
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger.models import Payment
from essaim.mechanisms.crowdfunding.models.campaigns import Tier

MEMBER = settings.AUTH_USER_MODEL


def new_token() -> str:
    return token_urlsafe(24)


class Pledge(models.Model):
    """A promise of money to a campaign, of a member or (without `backer`) of a guest known by his address.

    Amounts in minor units of `unit`: `amount` = `rewards` + `gift` + `shipping`. `captured`, `refunded`, `lost`
    (taken back by a bank), `credited`, `given` follow the books. `token` opens a guest's page. `expires_at`: until
    when an unpaid pledge keeps its place. `replaces`: the pledge this one takes the place of, once it is paid.
    """

    class State(models.TextChoices):
        UNPAID = "unpaid", _("to be paid")
        PENDING = "pending", _("being checked by the bank")
        HELD = "held", _("confirmed, charged if the campaign succeeds")
        PAID = "paid", pgettext_lazy("pledge", "paid")
        FAILED = "failed", _("payment failed, to be made good")
        LAPSED = "lapsed", _("not paid in time")
        CANCELLED = "cancelled", _("cancelled")
        RELEASED = "released", _("never charged")
        REFUNDED = "refunded", pgettext_lazy("pledge", "paid back")
        CREDITED = "credited", _("kept as a credit")
        GIVEN = "given", _("given to the house")
        WITHDRAWN = "withdrawn", pgettext_lazy("pledge", "withdrawn")

    class Method(models.TextChoices):
        ONLINE = "online", _("online")
        TRANSFER = "transfer", _("bank transfer")
        CHEQUE = "cheque", _("cheque")
        CASH = "cash", _("cash")

    class Choice(models.TextChoices):
        REFUND = "refund", _("I am paid back")
        CREDIT = "credit", _("I keep it as a credit")
        GIFT = "gift", _("I give it to the house")

    campaign = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    backer = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(max_length=8, default="fr")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.ONLINE)
    on_failure = models.CharField(max_length=6, choices=Choice.choices, default=Choice.REFUND)
    unit = models.CharField(max_length=5, default="EUR")
    rewards = models.PositiveBigIntegerField(default=0)
    gift = models.PositiveBigIntegerField(default=0)
    shipping = models.PositiveBigIntegerField(default=0)
    amount = models.PositiveBigIntegerField()
    captured = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    lost = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    given = models.BigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.UNPAID)
    late = models.BooleanField(default=False)
    waived = models.BooleanField(_("I waive the reward"), default=False)
    anonymous = models.BooleanField(_("do not show my name"), default=False)
    amount_hidden = models.BooleanField(_("do not show the amount"), default=False)
    on_wall = models.BooleanField(_("show me on the wall of backers"), default=False)
    message = models.CharField(_("a word for the wall"), max_length=200, blank=True)
    place = models.CharField(_("town or area, for the map"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    address = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    engraving_checked_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    capture_asked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state", "id"], name="pledge_listing"),
            models.Index(fields=["campaign", "confirmed_at"], include=["amount", "state"], name="pledge_curve"),
            models.Index(fields=["backer", "-id"], name="pledge_backer"),
            models.Index(
                fields=["campaign", "-confirmed_at", "-id"],
                name="pledge_wall",
                condition=Q(on_wall=True, anonymous=False, state__in=["held", "paid"]),
            ),
            models.Index(fields=["email"], name="pledge_guest", condition=Q(backer=None)),
            models.Index(fields=["expires_at"], name="pledge_expiry", condition=Q(state__in=["unpaid", "failed"])),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="pledge_number_once"),
            models.CheckConstraint(
                condition=Q(amount=F("rewards") + F("gift") + F("shipping"), amount__gt=0), name="pledge_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, lost__gte=0, credited__gte=0, given__gte=0)
                # apart: a bank may take back what was passed on already; the house bears it
                & Q(captured__gte=F("refunded") + F("lost"))
                & Q(captured__gte=F("credited") + F("given")),
                name="pledge_gives_back_within",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_at=None) | ~Q(state__in=["held", "paid"]), name="pledge_counts_since"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"pledge {self.number} of {self.campaign}"

    @property
    def left(self) -> int:
        """What the campaign has of it now."""
        return max(self.captured - self._gone, 0)

    @property
    def left_twice(self) -> int:
        """What was passed on as a credit or a gift, and then taken back by the bank as well: the house bears it."""
        return max(self._gone - self.captured, 0)

    @property
    def _gone(self) -> int:
        return self.refunded + self.lost + self.credited + self.given

    @property
    def is_guest(self) -> bool:
        return self.backer_id is None


class PledgeLine(models.Model):
    """A tier of a pledge, and how many: its reward, and each extra. `holds`: it takes its place of the stock."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="lines")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict, blank=True)
    holds = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["tier"], include=["quantity", "pledge"], name="pledge_line_stock", condition=Q(holds=True)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pledge", "tier"], name="pledge_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pledge_line_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.tier}"


class Charge(models.Model):
    """One attempt to have a pledge paid through a provider. One superseded is let go or paid back."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="charges")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pledge"], condition=Q(superseded_at=None), name="charge_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"charge {self.amount} of {self.pledge}"


class OfflineMoney(models.Model):
    """A cheque, a transfer or cash the team received for a pledge, or paid back; who wrote it and who confirmed."""

    class Way(models.TextChoices):
        IN = "in", _("received")
        OUT = "out", _("paid back")

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="offline")
    way = models.CharField(max_length=3, choices=Way.choices, default=Way.IN)
    amount = models.PositiveBigIntegerField()
    reference = models.CharField(_("reference"), max_length=80)
    received_on = models.DateField(_("date"))
    key = models.CharField(max_length=80, unique=True)
    entered_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="offline_above_zero"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="offline_confirmed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.amount} {self.reference}"

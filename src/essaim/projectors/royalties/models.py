"""Schedules, statements, and what was done about them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.products.models import Product
from essaim.projectors.royalties import domain


class Schedule(models.Model):
    """How often royalties are stated and how long they are held, from a day on. Never changed, only followed."""

    valid_from = models.DateField(_("in force from"), unique=True)
    months = models.PositiveSmallIntegerField(
        _("stated"), choices=[(domain.MONTHLY, _("each month")), (domain.QUARTERLY, _("each quarter"))]
    )
    hold_days = models.PositiveSmallIntegerField(_("days held before release"), default=domain.DEFAULT_HOLD_DAYS)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.get_months_display()} {self.valid_from}"


class Point(models.Model):
    """An activity that has been drawn; a product's points are drawn in their order, each once."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"point {self.activity_id}"


class Statement(models.Model):
    """What a holder is owed for a product and a period, as one point made it; later ones correct earlier ones.

    `owed` is the difference this statement makes. Of it `settled` paid off earlier corrections, `credited` was
    added to what is held; a negative one took `taken` back from what was held and left `carried` to be taken
    from royalties to come. Sales rows of arrivals above `since_arrival` and up to `through_arrival` made it.
    """

    key = models.CharField(max_length=120, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    label = models.CharField(max_length=10)
    point = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    net = models.BigIntegerField()
    owed = models.BigIntegerField()
    settled = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    carried = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=8)
    since_arrival = models.BigIntegerField()
    through_arrival = models.BigIntegerField()
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-issued_at", "-first_day", "id"]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-issued_at"], name="statement_holder"),
            models.Index(fields=["due_at"], name="statement_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "holder", "first_day", "version"], name="statement_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(settled__gte=0, credited__gte=0, taken__gte=0, carried__gte=0),
                name="statement_parts_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def period(self) -> domain.Period:
        return domain.Period(self.first_day, self.last_day)


class TakenBack(models.Model):
    """How much a correction took of what was held of an earlier statement."""

    source = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="taken_from")
    correction = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="takes")
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.amount} of {self.source}"


class Step(models.Model):
    """Something done once about a statement, known by its key. Not drawn from the stream: it outlives a rebuild."""

    class Kind(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        RELEASED = "released", _("released")

    statement_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement_key", "kind"], name="step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_key} {self.kind}"

"""Products, who brought what to them, royalty shares and sales."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.initiatives.models import Contribution
from essaim.kit import clock
from essaim.kit.addresses import address
from essaim.products.domain import Figures, Term

IDEA = gettext_noop(
    "idea"
)  # the usual word for what an author brought, so that `Credit.role` is told in both languages


class Product(models.Model):
    """Something made together and sold. `royalty_rate` is the most its shares may add up to, in basis points."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    story = models.TextField(_("story"), blank=True)
    image = models.ImageField(_("picture"), upload_to="products/", blank=True)
    image_text = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.OneToOneField(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.CharField(max_length=8, default="EUR")
    royalty_rate = models.PositiveIntegerField(_("royalty rate, in basis points"), default=0)
    net_sales_terms = models.TextField(_("what counts as net sales"), blank=True)
    launched_at = models.DateTimeField(default=clock.now)
    launched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-launched_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(royalty_rate__lte=10_000), name="product_rate_in_range"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("products:product", self.slug)


class Credit(models.Model):
    """Who brought what to a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="credits")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("brought"), max_length=120)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "member", "what"], name="credit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.what}"

    @property
    def role(self) -> str:
        """What was brought, in the reader's language when it is one of the usual words."""
        return gettext(self.what)


class RoyaltyShare(models.Model):
    """A holder's share of net sales, in basis points, from `starts` up to but not including `ends`.

    Granted once and never changed: the database refuses an update or a delete, and a sum above the rate.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="shares")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    basis_points = models.PositiveIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    origin = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-basis_points", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="share_term_not_empty"),
            models.CheckConstraint(condition=models.Q(basis_points__gt=0), name="share_above_nothing"),
        ]
        indexes: ClassVar = [models.Index(fields=["holder"], name="share_holder")]

    def __str__(self) -> str:
        return f"{self.holder}: {self.basis_points} bp of {self.product}"

    @property
    def term(self) -> Term:
        return Term(self.basis_points, self.starts, self.ends)


class SalesImport(models.Model):
    """One arrival of sales, a file or a call: rows new, corrected, known already, and those refused as dirty."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.imported_at:%Y-%m-%d})"


class SalesFile(models.Model):
    """A file being looked at before it is imported; it goes when it is, or after a day."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="+")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Sale(models.Model):
    """What one channel sold of a product on a day, or over the days from `since` to `sold_on`.

    Append-only. `source` names the row at its source; when the source gives other figures later, a row that
    reverses the old version is written beside the new one.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sales")
    sold_on = models.DateField()
    since = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=60, blank=True)
    quantity = models.IntegerField()
    gross = models.BigIntegerField()
    discounts = models.BigIntegerField(default=0)
    returns = models.BigIntegerField(default=0)
    vat = models.BigIntegerField(default=0)
    net = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    source = models.CharField(max_length=160)
    version = models.PositiveIntegerField(default=1)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    arrived_in = models.ForeignKey(SalesImport, on_delete=models.PROTECT, related_name="sales")

    class Meta:
        ordering: ClassVar = ["sold_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "source", "version"],
                condition=models.Q(reverses=None),
                name="sale_source_version_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    net=models.F("gross") - models.F("discounts") - models.F("returns") - models.F("vat")
                ),
                name="sale_net_adds_up",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["product", "sold_on"], name="sale_product_day")]

    def __str__(self) -> str:
        return f"{self.product} {self.sold_on} {self.net} {self.unit}"

    @property
    def figures(self) -> Figures:
        return Figures(self.quantity, self.gross, self.discounts, self.returns, self.vat)

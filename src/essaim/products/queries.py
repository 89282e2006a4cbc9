"""What pages and others ask about products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from essaim.communities.queries import readable_by
from essaim.ledger.models import Posting
from essaim.products import arrivals
from essaim.products.models import Credit, Product, RoyaltyShare, Sale, SalesFile, SalesImport
from essaim.products.spreadsheet import REASONS, Fault, Row


def visible_to(reader: Any) -> QuerySet[Product]:
    """Products of the house, and of the communities whose life the reader may see, with their makers."""
    credits = Prefetch("credits", Credit.objects.select_related("member"))
    seen = Q(community=None) | Q(community__in=readable_by(reader))
    return Product.objects.filter(seen).select_related("community", "origin__picture").prefetch_related(credits)


def may_see_image(name: str, reader: Any) -> bool:
    """A product's picture is for those who may see the product."""
    return visible_to(reader).filter(image=name).exists()


def shares_of(product: Product) -> QuerySet[RoyaltyShare]:
    return product.shares.select_related("holder")


def royalties_paid(products: Sequence[Product]) -> dict[int, int]:
    """Royalties entered in the books for each product, corrections taken off, in minor units; one query."""
    by_address = {product.get_absolute_url(): product.pk for product in products}
    expense = Posting.objects.filter(
        entry__kind="royalty", entry__evidence__in=by_address, account__name="royalties", account__role="house"
    )
    sums = expense.order_by().values_list("entry__evidence").annotate(paid=Sum("amount"))
    paid = {by_address[address]: amount for address, amount in sums}
    return {product.pk: paid.get(product.pk, 0) for product in products}


@dataclass(frozen=True)
class MonthOfSales:
    month: date
    quantity: int
    net: int


def sales_by_month(product: Product) -> list[MonthOfSales]:
    """Net sales by calendar month of the sale, the newest first."""
    from django.db.models.functions import TruncMonth

    rows = (
        product.sales.order_by()
        .annotate(month=TruncMonth("sold_on"))
        .values("month")
        .annotate(pieces=Sum("quantity"), amount=Sum("net"))
        .order_by("-month")
    )
    return [MonthOfSales(row["month"], row["pieces"], row["amount"]) for row in rows]


def imports() -> QuerySet[SalesImport]:
    return SalesImport.objects.select_related("imported_by")


@dataclass(frozen=True)
class ToldFault:
    """A dirty row, in the reader's language."""

    line: int
    cause: str
    remedy: str


def told_faults(arrival: SalesImport) -> list[ToldFault]:
    """What was refused of an import."""
    return [_told(row["line"], REASONS[row["reason"]](**row["facts"])) for row in arrival.refused]


def _told(line: int, refusal: Any) -> ToldFault:
    return ToldFault(line, str(refusal.cause), str(refusal.remedy))


@dataclass(frozen=True)
class Preview:
    """What importing a file would do."""

    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Sale], ...]
    known: int
    faults: list[ToldFault]
    nets: list[tuple[Product, int]]

    @property
    def adds(self) -> int:
        return len(self.new) + len(self.changed)


def preview(file: SalesFile) -> Preview:
    """Read the file and compare it with what is known, writing nothing."""
    sheet = arrivals.read(bytes(file.content), file.product)
    products = {product.slug: product for product in Product.objects.filter(slug__in={r.product for r in sheet.rows})}
    plan = arrivals.plan(sheet.rows, products)
    nets = dict.fromkeys(products, 0)
    for row in plan.new:
        nets[row.product] += row.figures.net
    for row, old in plan.changed:
        nets[row.product] += row.figures.net - old.net
    faults = [_told_fault(fault) for fault in sheet.faults]
    return Preview(
        plan.new, plan.changed, plan.known, faults, [(products[slug], nets[slug]) for slug in sorted(nets)]
    )


def _told_fault(fault: Fault) -> ToldFault:
    return _told(fault.line, fault.refusal)


def share_now(product: Product, today: date) -> int:
    """Basis points of net sales that holders have on a day."""
    running = product.shares.filter(starts__lte=today, ends__gt=today)
    total: int | None = running.aggregate(sum=Sum(F("basis_points")))["sum"]
    return total or 0

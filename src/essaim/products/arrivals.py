"""What an arrival of sales would add to what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from essaim.products.domain import Figures, slug_of
from essaim.products.models import Product, Sale, SalesImport
from essaim.products.spreadsheet import Catalogue, Row, Sheet
from essaim.products.spreadsheet import read as read_sheet


@dataclass(frozen=True)
class Plan:
    """New rows, changed rows with the version they replace, and how many were known already."""

    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Sale], ...]
    known: int
    products: Mapping[str, Product]

    def sales(self, arrival: SalesImport) -> list[Sale]:
        """The rows to write: a changed one reverses its old version and stands beside it."""
        written = [self._sale(row, 1, arrival) for row in self.new]
        for row, old in self.changed:
            written += [_reversal(old, arrival), self._sale(row, old.version + 1, arrival)]
        return written

    def _sale(self, row: Row, version: int, arrival: SalesImport) -> Sale:
        return Sale(
            product=self.products[row.product],
            sold_on=row.sold_on,
            since=row.since,
            channel=row.channel,
            unit=row.unit,
            source=row.source,
            version=version,
            arrived_in=arrival,
            **_amounts(row.figures),
        )


def _reversal(old: Sale, arrival: SalesImport) -> Sale:
    return Sale(
        product_id=old.product_id,
        sold_on=old.sold_on,
        since=old.since,
        channel=old.channel,
        unit=old.unit,
        source=old.source,
        version=old.version,
        reverses=old,
        arrived_in=arrival,
        **_amounts(old.figures.reversed()),
    )


def _amounts(figures: Figures) -> dict[str, int]:
    return {
        "quantity": figures.quantity,
        "gross": figures.gross,
        "discounts": figures.discounts,
        "returns": figures.returns,
        "vat": figures.vat,
        "net": figures.net,
    }


def read(file: bytes, product: Product | None = None) -> Sheet:
    """The rows and faults of a file, its products looked up by name or address."""
    slugs: dict[str, str] = {}
    units: dict[str, str] = {}
    for slug, name, unit in Product.objects.order_by("-pk").values_list("slug", "name", "unit"):
        slugs[slug_of(name)] = slug
        units[slug] = unit
    slugs |= {slug: slug for slug in units}
    return read_sheet(file, Catalogue(slugs, units, product.slug if product else None))


def plan(rows: Sequence[Row], products: Mapping[str, Product]) -> Plan:
    """Compare rows with the latest standing version of each source."""
    standing = {
        (sale.product_id, sale.source): sale
        for sale in Sale.objects.filter(
            product__in=products.values(), source__in={row.source for row in rows}, reverses=None, reversal=None
        )
    }
    new: list[Row] = []
    changed: list[tuple[Row, Sale]] = []
    for row in rows:
        old = standing.get((products[row.product].pk, row.source))
        if old is None:
            new.append(row)
        elif not _same(row, old):
            changed.append((row, old))
    return Plan(tuple(new), tuple(changed), len(rows) - len(new) - len(changed), products)


def _same(row: Row, old: Sale) -> bool:
    return (row.figures, row.sold_on, row.since, row.channel) == (old.figures, old.sold_on, old.since, old.channel)

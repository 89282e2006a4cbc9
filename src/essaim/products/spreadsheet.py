"""Reading a file of sales as shops export it: French or English headers, any usual separator, decimal comma or point.

Pure: bytes in, rows and faults out. Every line gives exactly one of the two, or nothing when it is blank.
"""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.products.domain import Figures, slug_of

MOST_LINES = 200_000
SEPARATORS = (";", ",", "\t", "|")

HEADERS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "jour", "day", "sold-on", "date-de-vente", "sale-date", "order-date", "date-de-commande",
            "period", "periode", "mois", "month"),
    "product": ("product", "produit", "article", "item", "sku", "product-name", "nom-du-produit", "product-title",
                "designation", "libelle"),
    "source": ("key", "cle", "id", "order", "order-id", "order-number", "commande", "n-commande", "no-commande",
               "numero-de-commande", "reference", "ref", "ticket", "invoice", "facture", "numero", "name"),
    "channel": ("channel", "canal", "shop", "boutique", "store", "magasin", "point-de-vente", "sales-channel"),
    "quantity": ("quantity", "quantite", "qty", "qte", "units", "unites", "nombre", "units-sold"),
    "gross": ("gross", "gross-sales", "brut", "ventes-brutes", "ca-ttc", "montant-ttc", "total-ttc", "ttc", "montant",
              "amount", "total", "total-sales", "ca-brut"),
    "discounts": ("discounts", "discount", "remises", "remise", "rabais", "reductions"),
    "returns": ("returns", "return", "retours", "retour", "refunds", "remboursements", "avoirs"),
    "vat": ("vat", "tva", "tax", "taxes", "taxe", "montant-tva"),
    "net": ("net", "net-sales", "ventes-nettes", "ca-net", "ht", "montant-ht", "total-ht", "ca-ht"),
    "unit": ("currency", "devise", "monnaie", "unit"),
}  # fmt: skip
_COLUMN = {header: column for column, headers in HEADERS.items() for header in headers}


class Unreadable(Refusal):
    """Not one row can be read from the file."""

    cause = _("No line of this file looks like the header of a sales table.")
    remedy = _("The first lines must name at least a date column and an amount column, such as “date;gross”.")


class TooLong(Refusal):
    cause = _("The file has more than %(most)s lines.")
    remedy = _("Split it, for example by year, and import the parts one after the other.")


class DirtyRow(Refusal):
    """One line that cannot become a sale."""


class NoDate(DirtyRow):
    cause = _("“%(text)s” is not a date.")
    remedy = _("Write it as 2026-03-31, 31/03/2026 or, for a whole month, 2026-03.")


class NoAmount(DirtyRow):
    cause = _("“%(text)s” in the column “%(column)s” is not an amount.")
    remedy = _("Write it as 1234,56 or 1234.56.")


class AmountUnclear(DirtyRow):
    cause = _("“%(text)s” may mean thousands or decimals.")
    remedy = _("Write two decimals, such as 1234,00.")


class NoQuantity(DirtyRow):
    cause = _("“%(text)s” is not a number of pieces.")
    remedy = _("Write a whole number.")


class DoesNotAddUp(DirtyRow):
    cause = _("The net amount %(net)s is not gross less discounts, returns and VAT, which is %(computed)s.")
    remedy = _("Correct one of the columns, or leave the net column out.")


class UnknownProduct(DirtyRow):
    cause = _("No product of the house is called “%(text)s”.")
    remedy = _("Use the product's name or its address, or launch it first.")


class ProductMissing(DirtyRow):
    cause = _("The line does not say which product was sold.")
    remedy = _("Add a product column, or choose the product when you send the file.")


class OtherUnit(DirtyRow):
    cause = _("The line is in %(text)s, the product is sold in %(unit)s.")
    remedy = _("Convert the amounts, or import them for a product sold in %(text)s.")


class SameSource(DirtyRow):
    cause = _("The reference “%(text)s” stands on an earlier line of this file, for the same product.")
    remedy = _("Give each line its own reference.")


@dataclass(frozen=True)
class Row:
    """A line read well. `source` names it at its source; empty until the whole file has been seen."""

    line: int
    product: str
    sold_on: date
    since: date | None
    channel: str
    figures: Figures
    unit: str
    source: str


@dataclass(frozen=True)
class Fault:
    """A line that was not read, and why."""

    line: int
    refusal: Refusal

    def kept(self) -> dict[str, object]:
        """What is stored: the reason by name and figures, so that it is told in each reader's language."""
        return {"line": self.line, "reason": type(self.refusal).__name__, "facts": self.refusal.facts}


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Catalogue:
    """What the house sells: slug by folded name, unit by slug, and the product of rows that name none."""

    slugs: Mapping[str, str]
    units: Mapping[str, str]
    default: str | None = None

    def find(self, text: str) -> str:
        if not text:
            if self.default is None:
                raise ProductMissing
            return self.default
        try:
            return self.slugs[slug_of(text)]
        except KeyError:
            raise UnknownProduct(text=text) from None


@dataclass(frozen=True)
class Convention:
    """How a file writes numbers and dates, guessed from all of it."""

    decimal: str | None
    month_first: bool


def read(data: bytes, catalogue: Catalogue) -> Sheet:
    """All rows and faults of a file. Raises Unreadable or TooLong when there is no table to read."""
    text = decode(data)
    if text.count("\n") > MOST_LINES:
        raise TooLong(most=MOST_LINES)
    columns, cells = _table(text)
    lines = list(cells)
    convention = _convention(columns, [values for _line, values in lines])
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, values in lines:
        try:
            rows.append(_row(number, _Cells(columns, values), convention, catalogue))
        except DirtyRow as refusal:
            faults.append(Fault(number, refusal))
    rows, doubles = _named(rows)
    return Sheet(tuple(rows), tuple(sorted([*faults, *doubles], key=lambda fault: fault.line)))


def decode(data: bytes) -> str:
    """The file's text: by its byte order mark, else UTF-8, else the Western European encoding of old spreadsheets."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _table(text: str) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
    """Where the columns are, and the numbered lines below the header."""
    found = [(len(columns), separator, columns, line) for separator in SEPARATORS
             for columns, line in [_header(text, separator)] if columns]  # fmt: skip
    if not found:
        raise Unreadable
    _known, separator, columns, header_line = max(found, key=lambda each: each[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return columns, (
        (reader.line_num, values)
        for values in reader
        if reader.line_num > header_line and any(value.strip() for value in values)
    )


def _header(text: str, separator: str) -> tuple[dict[str, int], int]:
    """The best header among the first lines: column → position, and its line number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    best: tuple[dict[str, int], int] = ({}, 0)
    for values in reader:
        columns: dict[str, int] = {}
        for position, value in enumerate(values):
            column = _COLUMN.get(slug_of(value) if value.strip() else "")
            if column is not None:
                columns.setdefault(column, position)
        if "day" in columns and columns.keys() & {"gross", "net"} and len(columns) > len(best[0]):
            best = (columns, reader.line_num)
        if reader.line_num >= 20:
            break
    return best


@dataclass(frozen=True)
class _Cells:
    columns: Mapping[str, int]
    values: list[str]

    def __getitem__(self, column: str) -> str:
        position = self.columns.get(column)
        return self.values[position].strip() if position is not None and position < len(self.values) else ""


_MONEY_COLUMNS = ("gross", "discounts", "returns", "vat", "net")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")


def _convention(columns: Mapping[str, int], lines: list[list[str]]) -> Convention:
    """Two decimals somewhere say which mark is the decimal one; a day above 12 says which number is the month."""
    marks: set[str] = set()
    month_first = False
    for values in lines:
        cells = _Cells(columns, values)
        marks |= {found[1] for column in _MONEY_COLUMNS if (found := _decimals(cells[column]))}
        slashed = _SLASHED.match(cells["day"])
        month_first = month_first or (slashed is not None and int(slashed[2]) > 12)
    return Convention(marks.pop() if len(marks) == 1 else None, month_first)


def _decimals(text: str) -> re.Match[str] | None:
    return re.search(r"\d([.,])\d{1,2}\D*$", text)


def amount(text: str, column: str, convention: Convention) -> int:
    """Minor units (two decimals) of a written amount; blank is 0. Raises NoAmount, AmountUnclear."""
    plain = re.sub(r"[\s\u00a0\u202f'’€$£]|EUR|USD|GBP|CHF", "", text)
    negative = plain.startswith(("-", "−", "(")) or plain.endswith("-")
    digits = plain.strip("-−()+")
    if digits == "" and not negative:
        return 0
    if not re.fullmatch(r"\d[\d.,]*", digits):
        raise NoAmount(text=text, column=column)
    whole, cents = _split(digits, text, column, convention)
    value = int(re.sub(r"[.,]", "", whole)) * 100 + int(cents.ljust(2, "0"))
    return -value if negative else value


def _split(digits: str, text: str, column: str, convention: Convention) -> tuple[str, str]:
    """Whole part and decimals."""
    if decimals := re.fullmatch(r"(\d+|\d{1,3}(?:[.,]\d{3})+)[.,](\d{0,2})", digits):
        return decimals[1], decimals[2]
    if not re.fullmatch(r"\d+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", digits):
        raise NoAmount(text=text, column=column)
    marks = set(re.findall(r"[.,]", digits))
    if digits.count(".") + digits.count(",") == 1 and (convention.decimal is None or convention.decimal in marks):
        raise AmountUnclear(text=text)
    return digits, ""


def day(text: str, convention: Convention) -> tuple[date | None, date]:
    """(first day when the row sums several, last day) of a written date or month. Raises NoDate."""
    try:
        if found := re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$", text):
            return None, date(int(found[1]), int(found[2]), int(found[3]))
        if found := _SLASHED.match(text):
            first, second = int(found[1]), int(found[2])
            return None, date(int(found[3]), *((first, second) if convention.month_first else (second, first)))
        if found := re.fullmatch(r"(\d{4})[-/](\d{1,2})", text):
            return _month(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{1,2})[-/](\d{4})", text):
            return _month(int(found[2]), int(found[1]))
    except ValueError:
        raise NoDate(text=text) from None
    raise NoDate(text=text)


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])


def _row(line: int, cells: _Cells, convention: Convention, catalogue: Catalogue) -> Row:
    product = catalogue.find(cells["product"])
    since, sold_on = day(cells["day"], convention)
    unit = cells["unit"].upper() or catalogue.units[product]
    if unit != catalogue.units[product]:
        raise OtherUnit(text=unit, unit=catalogue.units[product])
    figures = _figures(cells, convention)
    return Row(line, product, sold_on, since, cells["channel"][:60], figures, unit, cells["source"][:160])


def _figures(cells: _Cells, convention: Convention) -> Figures:
    """The line's figures. Some shops write discounts and returns as negative amounts: only their size counts."""
    money = {column: amount(cells[column], column, convention) for column in _MONEY_COLUMNS}
    if cells["gross"] == "" and cells["net"] == "":
        raise NoAmount(text="", column="gross")
    less = abs(money["discounts"]) + abs(money["returns"]) + money["vat"]
    gross = money["gross"] if cells["gross"] else money["net"] + less
    figures = Figures(
        _quantity(cells["quantity"]), gross, abs(money["discounts"]), abs(money["returns"]), money["vat"]
    )
    if cells["net"] and figures.net != money["net"]:
        raise DoesNotAddUp(net=f"{money['net'] / 100:.2f}", computed=f"{figures.net / 100:.2f}")
    return figures


def _quantity(text: str) -> int:
    if not text:
        return 0
    found = re.fullmatch(r"([-+]?\d{1,9})(?:[.,]0*)?", re.sub(r"[\s\u00a0\u202f]", "", text))
    if found is None:
        raise NoQuantity(text=text)
    return int(found[1])


def _named(rows: list[Row]) -> tuple[list[Row], list[Fault]]:
    """Rows with a source each: their own reference, else what they are about and their rank among the like."""
    named: list[Row] = []
    doubles: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        about = f"{row.since or ''}/{row.sold_on}/{slug_of(row.channel) if row.channel else ''}"
        key = (row.product, row.source or f"~{about}")
        rank = seen[key] = seen.get(key, 0) + 1
        if rank > 1 and row.source:
            doubles.append(Fault(row.line, SameSource(text=row.source)))
        else:
            named.append(row if row.source else replace(row, source=f"~{about}#{rank}"))
    return named, doubles


REASONS: Mapping[str, type[Refusal]] = {kind.__name__: kind for kind in DirtyRow.__subclasses__()}

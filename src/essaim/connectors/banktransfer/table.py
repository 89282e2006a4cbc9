"""Reading a statement as banks' sites export it: a table with a header, French or English, any usual separator.

Pure: bytes in, lines and faults out. A fault's place is the line's number in the file.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from essaim.connectors.banktransfer.domain import (
    Fault,
    Faulty,
    Line,
    NoAmount,
    NoDay,
    NoUnit,
    Read,
    UnreadableStatement,
    minor,
)
from essaim.kit.money import UNITS

MOST_LINES = 50_000
HEADER_WITHIN = 30
SEPARATORS = (";", ",", "\t", "|")
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%Y/%m/%d", "%Y%m%d")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "date operation", "date de l operation", "date de comptabilisation", "date comptable",
            "booking date", "bookingdate", "transaction date", "completed date", "buchungstag"),
    "amount": ("montant", "amount", "montant de l operation", "betrag", "montant eur", "amount eur"),
    "out": ("debit", "debit euros", "debit eur", "paid out", "money out", "sortie"),
    "in": ("credit", "credit euros", "credit eur", "paid in", "money in", "entree"),
    "unit": ("devise", "currency", "monnaie", "ccy", "wahrung"),
    "name": ("nom", "name", "contrepartie", "counterparty", "nom de la contrepartie", "counterparty name", "emetteur",
             "payer", "tiers", "donneur d ordre"),
    "iban": ("iban", "compte contrepartie", "counterparty account", "counterparty iban", "iban de la contrepartie"),
    "text": ("libelle", "libelle operation", "description", "communication", "details", "motif",
             "remittance information", "libelle complet", "label", "narrative", "informations complementaires"),
    "reference": ("reference", "ref", "communication structuree", "structured reference", "structured communication",
                  "reference client"),
    "own": ("id", "identifiant", "transaction id", "numero d operation", "numero operation", "bank reference",
            "reference bancaire"),
}  # fmt: skip
_COLUMN = {name: column for column, names in COLUMNS.items() for name in names}
Row = dict[str, str]


def read(content: bytes, unit: str) -> Read:
    """`unit` is the account's, for tables without a currency column."""
    header, rows = _table(_decoded(content))
    lines: list[Line] = []
    faults: list[Fault] = []
    for place, cells in rows:
        try:
            lines.append(_line(_row(header, cells), unit))
        except Faulty as fault:
            faults.append(Fault(place, str(fault.cause)))
    return Read("", tuple(lines), tuple(faults))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableStatement(reason="encoding")


def _table(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The columns, and each filled line after the header with its number."""
    if "\0" in text or text.count("\n") > MOST_LINES:
        raise UnreadableStatement(reason="size")
    for separator in SEPARATORS:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        for start, cells in enumerate(rows[:HEADER_WITHIN]):
            header = [_COLUMN.get(_plain(cell), "") for cell in cells]
            if "day" in header and {"amount", "in"} & set(header):
                rest = enumerate(rows[start + 1 :], start=start + 2)
                return header, ((place, cells) for place, cells in rest if any(cell.strip() for cell in cells))
    raise UnreadableStatement(reason="header")


def _plain(cell: str) -> str:
    """Lower case, without accents and punctuation."""
    bare = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def _row(header: list[str], cells: list[str]) -> Row:
    """The first filled cell of each column; several text columns are joined."""
    row: Row = {}
    for column, cell in zip(header, cells, strict=False):
        written = cell.strip()
        if column == "text" and row.get("text") and written:
            row["text"] += f" {written}"
        elif column and written:
            row.setdefault(column, written)
    return row


def _line(row: Row, unit: str) -> Line:
    unit = _unit(row.get("unit", unit))
    return Line(
        day=_day(row.get("day", "")),
        amount=_total(row, unit),
        unit=unit,
        name=row.get("name", ""),
        iban=re.sub(r"\s", "", row.get("iban", "")).upper(),
        text=row.get("text", ""),
        reference=row.get("reference", ""),
        own=row.get("own", ""),
    )


def _total(row: Row, unit: str) -> int:
    """One signed column, or one for what went out (signed or not) and one for what came in."""
    if "amount" in row:
        return _amount(row["amount"], unit)
    if "in" in row and (came := _amount(row["in"], unit)):
        return came
    return -abs(_amount(row.get("out", ""), unit))


def _amount(written: str, unit: str) -> int:
    """`1 234,56`, `1.234,56`, `1,234.56`, `-12`, `12,3 €`; NoAmount otherwise, and for nothing at all."""
    bare = re.sub(r"[\s'’\u00a0\u202f€]|EUR", "", written)
    if "," in bare and "." in bare:
        bare = bare.replace("," if bare.rindex(",") < bare.rindex(".") else ".", "")
    amount = minor(bare.replace(",", "."), unit, written)
    if not amount:
        raise NoAmount(text=written)
    return amount


def _day(written: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(written[:10], form).date()
        except ValueError:
            continue
    raise NoDay(text=written)


def _unit(written: str) -> str:
    if written.upper() not in UNITS:
        raise NoUnit(text=written)
    return written.upper()

"""Legal figures by country and date, each with its source. Add a line when the law changes; never edit one.

`checked` is the day a person last compared the line with its source; empty: not yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Figure:
    """`value` in days, basis points or cents, as the name says."""

    name: str
    country: str
    valid_from: date
    value: int
    source: str
    checked: str = ""


WITHDRAWAL_DAYS = "withdrawal_days"
WITHDRAWAL_FUNCTION = "withdrawal_function"
VAT_RATES = ("vat_standard", "vat_intermediate", "vat_reduced")
APPEAL_FROM = "appeal_to_generosity_from"

FIGURES = (
    Figure(WITHDRAWAL_DAYS, "FR", date(2014, 6, 14), 14, "Code de la consommation, art. L221-18"),
    Figure(WITHDRAWAL_DAYS, "*", date(2014, 6, 13), 14, "Directive 2011/83/EU, art. 9"),
    Figure(
        WITHDRAWAL_FUNCTION,
        "FR",
        date(2026, 6, 19),
        1,
        "Code de la consommation, art. L221-21 and D221-5 (ordonnance 2026-2, décret 2026-3)",
    ),
    Figure("vat_standard", "FR", date(2014, 1, 1), 2_000, "Code général des impôts, art. 278"),
    Figure("vat_intermediate", "FR", date(2014, 1, 1), 1_000, "Code général des impôts, art. 278 bis, 279"),
    Figure("vat_reduced", "FR", date(2014, 1, 1), 550, "Code général des impôts, art. 278-0 bis"),
    Figure(APPEAL_FROM, "FR", date(2019, 5, 24), 15_300_000, "Loi 91-772, art. 3; décret 2019-504"),
)


def figure(name: str, country: str, day: date) -> Figure | None:
    """The line in force that day: the country's own, else the one for everywhere (`*`)."""
    lines = [line for line in FIGURES if line.name == name and line.valid_from <= day]
    own = [line for line in lines if line.country == country]
    return max(own or [line for line in lines if line.country == "*"], key=lambda line: line.valid_from, default=None)


def vat_rates(country: str, day: date) -> list[Figure]:
    """The VAT rates one may choose from."""
    found = (figure(name, country, day) for name in VAT_RATES)
    return [line for line in found if line is not None]


def withdrawal_ends(start: datetime, country: str) -> datetime:
    """The end of the period to withdraw that begins the day after `start`: the last midnight on earth (UTC−12) of
    its last day, in the consumer's favour; a period that ends on a Saturday or Sunday runs to the next working day
    (regulation 1182/71, art. 3; public holidays are not known here and only lengthen it).
    """
    line = figure(WITHDRAWAL_DAYS, country, start.date())
    last = start.astimezone(UTC).date() + timedelta(days=line.value if line else 14)
    while last.weekday() >= 5:
        last += timedelta(days=1)
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1, hours=12)

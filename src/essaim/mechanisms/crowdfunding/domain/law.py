"""Legal figures by country and date, each with its source. Add a line when the law changes; never edit one.
Rates of VAT stand in `vat`.

`checked` is the day a person last compared the line with its source; empty: not yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from essaim.mechanisms.crowdfunding.domain.holidays import working_day_from


@dataclass(frozen=True)
class Figure:
    """`value` in days or cents, as the name says."""

    name: str
    country: str
    valid_from: date
    value: int
    source: str
    checked: str = ""


WITHDRAWAL_DAYS = "withdrawal_days"
WITHDRAWAL_FUNCTION = "withdrawal_function"
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
    Figure(APPEAL_FROM, "FR", date(2019, 5, 24), 15_300_000, "Loi 91-772, art. 3; décret 2019-504"),
)


def figure(name: str, country: str, day: date) -> Figure | None:
    """The line in force that day: the country's own, else the one for everywhere (`*`)."""
    lines = [line for line in FIGURES if line.name == name and line.valid_from <= day]
    own = [line for line in lines if line.country == country]
    return max(own or [line for line in lines if line.country == "*"], key=lambda line: line.valid_from, default=None)


def withdrawal_ends(start: date, country: str) -> datetime:
    """The end of the period to withdraw that begins the day after `start` (the seller's date): the last midnight on
    earth (UTC−12) of its last day, in the consumer's favour. A period that ends on a Saturday, a Sunday or a public
    holiday of the seller's country runs to the end of the next working day (regulation 1182/71, art. 3 (4); code de
    la consommation, art. L221-19).
    """
    line = figure(WITHDRAWAL_DAYS, country, start)
    last = working_day_from(start + timedelta(days=line.value if line else 14), country)
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1, hours=12)

"""Value added tax: the ordinary rates of each country by date, and what a pledge holds of it. Pure.

Rates are basis points (5.5 % is 550). Add a line when a rate changes; never edit one. Source of the lines without
one of their own: European Commission, *Taxes in Europe* database, after directive 2006/112/EC, art. 96 to 99.
`checked` is the day a person last compared the line with its source; empty: not yet. A campaign may bear any rate:
these are the ones its forms propose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WHOLE = 10_000
DATABASE = "European Commission, Taxes in Europe database"


@dataclass(frozen=True)
class Ordinary:
    """A country's rates in force from a day on: the standard one first, then the reduced ones."""

    country: str
    valid_from: date
    rates: tuple[int, ...]
    source: str = DATABASE
    checked: str = ""


RATES = (
    Ordinary("AT", date(2021, 1, 1), (2_000, 1_300, 1_000)),
    Ordinary("BE", date(2021, 1, 1), (2_100, 1_200, 600)),
    Ordinary("BG", date(2021, 1, 1), (2_000, 900)),
    Ordinary("CY", date(2021, 1, 1), (1_900, 900, 500)),
    Ordinary("CZ", date(2021, 1, 1), (2_100, 1_500, 1_000)),
    Ordinary("CZ", date(2024, 1, 1), (2_100, 1_200)),
    Ordinary("DE", date(2021, 1, 1), (1_900, 700), "Umsatzsteuergesetz, § 12"),
    Ordinary("DK", date(2021, 1, 1), (2_500,)),
    Ordinary("EE", date(2021, 1, 1), (2_000, 900)),
    Ordinary("EE", date(2024, 1, 1), (2_200, 900)),
    Ordinary("EE", date(2025, 7, 1), (2_400, 900)),
    Ordinary("ES", date(2021, 1, 1), (2_100, 1_000, 400), "Ley 37/1992, art. 90 and 91"),
    Ordinary("FI", date(2021, 1, 1), (2_400, 1_400, 1_000)),
    Ordinary("FI", date(2024, 9, 1), (2_550, 1_400, 1_000)),
    Ordinary("FI", date(2026, 1, 1), (2_550, 1_350, 1_000)),
    Ordinary("FR", date(2014, 1, 1), (2_000, 1_000, 550, 210), "Code général des impôts, art. 278 to 281 nonies"),
    Ordinary("GR", date(2021, 1, 1), (2_400, 1_300, 600)),
    Ordinary("HR", date(2021, 1, 1), (2_500, 1_300, 500)),
    Ordinary("HU", date(2021, 1, 1), (2_700, 1_800, 500)),
    Ordinary("IE", date(2021, 3, 1), (2_300, 1_350, 900)),
    Ordinary("IT", date(2021, 1, 1), (2_200, 1_000, 500, 400), "DPR 633/1972, art. 16"),
    Ordinary("LT", date(2021, 1, 1), (2_100, 900, 500)),
    Ordinary("LT", date(2026, 1, 1), (2_100, 1_200, 500)),
    Ordinary("LU", date(2021, 1, 1), (1_700, 1_400, 800, 300)),
    Ordinary("LV", date(2021, 1, 1), (2_100, 1_200, 500)),
    Ordinary("MC", date(2014, 1, 1), (2_000, 1_000, 550, 210), "As France (convention of 18 May 1963)"),
    Ordinary("MT", date(2021, 1, 1), (1_800, 700, 500)),
    Ordinary("MT", date(2024, 1, 1), (1_800, 1_200, 700, 500)),
    Ordinary("NL", date(2021, 1, 1), (2_100, 900)),
    Ordinary("PL", date(2021, 1, 1), (2_300, 800, 500)),
    Ordinary("PT", date(2021, 1, 1), (2_300, 1_300, 600)),
    Ordinary("RO", date(2021, 1, 1), (1_900, 900, 500)),
    Ordinary("RO", date(2025, 8, 1), (2_100, 1_100)),
    Ordinary("SE", date(2021, 1, 1), (2_500, 1_200, 600)),
    Ordinary("SI", date(2021, 1, 1), (2_200, 950, 500)),
    Ordinary("SK", date(2021, 1, 1), (2_000, 1_000)),
    Ordinary("SK", date(2025, 1, 1), (2_300, 1_900, 500)),
)


def ordinary(country: str, day: date) -> tuple[int, ...]:
    """The country's rates that day, the standard one first; none for a country we do not know."""
    lines = [line for line in RATES if line.country == country and line.valid_from <= day]
    return max(lines, key=lambda line: line.valid_from).rates if lines else ()


def vat_within(gross: int, rate: int) -> int:
    """The VAT contained in a price, to the nearest minor unit (halves up)."""
    return (2 * gross * rate + WHOLE + rate) // (2 * (WHOLE + rate))


@dataclass(frozen=True)
class Taxed:
    """What was paid at one rate, VAT within it; minor units."""

    rate: int
    gross: int
    vat: int

    @property
    def net(self) -> int:
        return self.gross - self.vat


def by_rate(left: int, goods: Mapping[int, int], *, shipping: int, gift: int) -> list[Taxed]:
    """The VAT in `left`, what the campaign has of a pledge, one line per rate, the highest first.

    `goods`: the price of what was ordered at each rate. Shipping follows the goods in proportion (it is accessory to
    them); what was given beyond the price is no sale and bears none. When a part was paid back, each part is less in
    proportion. Minor units, rounded to the nearest for each rate (halves up).
    """
    rewards = sum(goods.values())
    divisor = rewards * (rewards + shipping + gift)
    if not divisor:
        return []
    shares = {rate: left * amount * (rewards + shipping) for rate, amount in goods.items()}
    rounded = {rate: (2 * share + divisor) // (2 * divisor) for rate, share in shares.items()}
    return [Taxed(rate, gross, vat_within(gross, rate)) for rate, gross in sorted(rounded.items(), reverse=True)]

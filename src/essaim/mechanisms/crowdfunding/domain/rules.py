"""A campaign's rules as frozen data: who sells or gives, when money is taken, where parcels go.

Amounts are minor units of `unit`; shares are basis points (10,000 = 100 %).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.crowdfunding.domain.errors import InvalidRules, Problems

WHOLE = 10_000
ELSEWHERE = "*"
"""In a zone's countries: every country no other zone names."""


class LegalMode(StrEnum):
    """Who stands behind a pledge; chosen at creation, frozen.

    OWN_SALE: the house sells its own product (VAT, delivery date, right of withdrawal).
    PARTNER_GIFT: a licensed partner collects gifts; our books mirror what it holds.
    """

    OWN_SALE = "own_sale"
    PARTNER_GIFT = "partner_gift"


class Funding(StrEnum):
    """When the money is the project's.

    ALL_OR_NOTHING: at the goal; else everything goes back. KEEP_ALL: whatever comes in, charged at once.
    TWO_GOALS: at the minimum, after a first round; a second round goes on to the optimum.
    THRESHOLD: as KEEP_ALL; the house takes its fee from a share of the goal (`fee_from`) on only.
    """

    ALL_OR_NOTHING = "all_or_nothing"
    KEEP_ALL = "keep_all"
    TWO_GOALS = "two_goals"
    THRESHOLD = "threshold"

    @property
    def keeps_all(self) -> bool:
        return self in (Funding.KEEP_ALL, Funding.THRESHOLD)


class Choice(StrEnum):
    """What becomes of a pledge when the campaign fails."""

    REFUND = "refund"
    CREDIT = "credit"
    GIFT = "gift"


@dataclass(frozen=True)
class Zone:
    """Countries (ISO 3166-1 alpha-2, or `*`) that share shipping fees."""

    slug: str
    name: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Partner:
    """The licensed partner that collects gifts: its name, its number in the public register, and the authority."""

    name: str = ""
    register_number: str = ""
    authority: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.name and self.register_number and self.authority)


EUROPE = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
ZONES = (
    Zone("fr", _("France"), ("FR", "MC")),
    Zone("eu", _("European Union"), EUROPE),
    Zone("world", _("Elsewhere"), (ELSEWHERE,)),
)


@dataclass(frozen=True)
class Rules:
    """All that is frozen when a campaign opens.

    `goal` is the only goal, or the minimum of two. `vat` is what the tiers' prices include. Unpaid pledges hold their
    place for `unpaid_minutes`; promised transfers and cheques for `offline_days`; a payment that failed late may be
    made good for `retry_days`. Offline money above `two_persons_above` is confirmed by a second person.
    """

    legal_mode: LegalMode = LegalMode.OWN_SALE
    funding: Funding = Funding.ALL_OR_NOTHING
    unit: str = "EUR"
    goal: int = 500_000
    optimum: int = 0
    fee: int = 0
    fee_from: int = 0
    vat: int = 0
    country: str = "FR"
    unpaid_minutes: int = 60
    offline_days: int = 14
    retry_days: int = 7
    two_persons_above: int = 50_000
    smallest: int = 100
    largest: int = 1_000_000
    gifts: bool = True
    guests: bool = True
    late_pledges: bool = True
    zones: tuple[Zone, ...] = ZONES
    partner: Partner = Partner()

    @property
    def is_sale(self) -> bool:
        return self.legal_mode is LegalMode.OWN_SALE

    @property
    def top(self) -> int:
        """The goal the gauge is full at."""
        return self.optimum if self.funding is Funding.TWO_GOALS else self.goal

    def zone_of(self, country: str) -> Zone | None:
        """The zone a country (two letters) belongs to; None when nothing is sent there."""
        named = next((zone for zone in self.zones if country in zone.countries), None)
        return named or next((zone for zone in self.zones if ELSEWHERE in zone.countries), None)


def freeze(rules: Rules) -> dict[str, Any]:
    """The rules as JSON, the other way round of `thaw`."""
    frozen = asdict(rules)
    frozen["zones"] = [{**asdict(zone), "countries": list(zone.countries)} for zone in rules.zones]
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Rules:
    """Rules from JSON. Raises InvalidRules when a field is unknown or of the wrong kind."""
    try:
        given = dict(frozen)
        zones = tuple(
            Zone(zone["slug"], zone["name"], tuple(zone["countries"]))
            for zone in given.pop("zones", freeze(Rules())["zones"])
        )
        return Rules(
            legal_mode=LegalMode(given.pop("legal_mode", LegalMode.OWN_SALE)),
            funding=Funding(given.pop("funding", Funding.ALL_OR_NOTHING)),
            zones=zones,
            partner=Partner(**(given.pop("partner", None) or {})),
            **given,
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InvalidRules(problems=Problems([f"{type(error).__name__} {error}".replace("%", "%%")])) from error


def validated(rules: Rules) -> Rules:
    """The same rules, or InvalidRules with every problem found."""
    if problems := list(_problems(rules)):
        raise InvalidRules(problems=Problems(problems))
    return rules


def _problems(rules: Rules) -> Iterator[str]:
    if rules.goal < 1:
        yield _("the goal is above zero")
    if rules.funding is Funding.TWO_GOALS and rules.optimum <= rules.goal:
        yield _("the optimum lies above the minimum")
    if rules.funding is not Funding.TWO_GOALS and rules.optimum:
        yield _("only a campaign with two goals has an optimum")
    if not all(0 <= share <= WHOLE for share in (rules.fee, rules.fee_from, rules.vat)):
        yield _("a share lies between 0 and 100 %%")
    if rules.funding is Funding.THRESHOLD and not rules.fee_from:
        yield _("the threshold from which the fee is taken is missing")
    if not re.fullmatch("[A-Z]{3}", rules.unit) or not re.fullmatch("[A-Z]{2}", rules.country):
        yield _("the currency has three capital letters, the country two")
    if (
        min(rules.unpaid_minutes, rules.offline_days, rules.retry_days, rules.smallest) < 1
        or rules.two_persons_above < 0
    ):
        yield _("a delay or the smallest gift is zero")
    if rules.largest < rules.smallest:
        yield _("the largest pledge lies below the smallest gift")
    if not rules.is_sale and rules.vat:
        yield _("gifts bear no VAT")
    yield from _zone_problems(rules.zones)


def _zone_problems(zones: tuple[Zone, ...]) -> Iterator[str]:
    countries = [country for zone in zones for country in zone.countries]
    if len(set(countries)) < len(countries):
        yield _("a country belongs to two zones")
    if any(country != ELSEWHERE and not re.fullmatch("[A-Z]{2}", country) for country in countries):
        yield _("countries are written with two capital letters")
    if len({zone.slug for zone in zones}) < len(zones):
        yield _("two zones bear the same name")


FIXED = frozenset(
    {"legal_mode", "funding", "unit", "goal", "optimum", "fee", "fee_from", "vat", "country", "partner"}
)
"""What an amendment may not touch: people have pledged on it."""

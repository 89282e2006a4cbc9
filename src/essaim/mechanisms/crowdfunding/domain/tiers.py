"""What a tier costs, how many are left, what may be engraved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import Rules

LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœŸ0-9 .,'’&+-"
"""What most engravers can cut: Latin letters with accents, figures, simple signs (a regular expression's class)."""


CAPITALS = "A-ZÀ-ÖØ-ÞŒ0-9 .,'’&+-"
FIGURES = "0-9 .,/-"


class OptionKind(StrEnum):
    CHOICE = "choice"
    TEXT = "text"
    ENGRAVING = "engraving"


@dataclass(frozen=True)
class Option:
    """Something the backer decides about a reward. An engraving is read over by its giver before it is cut."""

    slug: str
    label: str
    kind: OptionKind = OptionKind.CHOICE
    choices: tuple[str, ...] = ()
    longest: int = 60
    allowed: str = LETTERS
    required: bool = True


@dataclass(frozen=True)
class Offer:
    """A tier, or an extra (`addon`) that goes with one. `shipping`: fee by zone; a missing zone is not served.

    `stock` and `per_person` None: no limit. `early_until`: the moment the price ends.
    """

    id: int
    title: str
    amount: int
    stock: int | None = None
    per_person: int | None = None
    early_until: datetime | None = None
    ships: bool = False
    shipping: Mapping[str, int] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    addon: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Wanted:
    """How many of an offer, with its options."""

    offer: Offer
    quantity: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Price:
    """What a pledge comes to, minor units. `gift` is what is given beyond the rewards."""

    rewards: int
    gift: int
    shipping: int

    @property
    def total(self) -> int:
        return self.rewards + self.gift + self.shipping


def price(rules: Rules, wanted: Sequence[Wanted], *, gift: int, country: str, waived: bool) -> Price:
    """The price of a pledge; with the reward waived nothing is sent, and its amount counts as a gift.

    Raises GiftsNotTaken, TooSmall, TooLarge, AddOnAlone, CountryMissing, NotSentThere.
    """
    if gift < 0:
        raise errors.TooSmall(least=rules.smallest)
    if wanted and all(line.offer.addon for line in wanted):
        raise errors.AddOnAlone
    if not wanted and not rules.gifts:
        raise errors.GiftsNotTaken
    rewards = sum(line.offer.amount * line.quantity for line in wanted)
    shipping = 0 if waived else shipping_fee(rules, wanted, country)
    made = Price(0, rewards + gift, 0) if waived else Price(rewards, gift, shipping)
    if made.total < rules.smallest:
        raise errors.TooSmall(least=rules.smallest)
    if made.total > rules.largest:
        raise errors.TooLarge(most=rules.largest)
    return made


def shipping_fee(rules: Rules, wanted: Sequence[Wanted], country: str) -> int:
    """The fee of each thing sent, times its number."""
    sent = [line for line in wanted if line.offer.ships]
    if not sent:
        return 0
    if not re.fullmatch("[A-Z]{2}", country):
        raise errors.CountryMissing
    zone = rules.zone_of(country)
    total = 0
    for line in sent:
        if zone is None or zone.slug not in line.offer.shipping:
            raise errors.NotSentThere(tier=line.offer.title)
        total += line.offer.shipping[zone.slug] * line.quantity
    return total


def check_offer(line: Wanted, *, at: datetime, taken: int, held_by_person: int) -> None:
    """Whether it can be had now: `taken` of it hold a place already, `held_by_person` of them this person's.

    Raises TierWithdrawn, TierOver, TooManyEach, TierTaken.
    """
    offer = line.offer
    if offer.withdrawn:
        raise errors.TierWithdrawn(tier=offer.title)
    if offer.early_until is not None and at >= offer.early_until:
        raise errors.TierOver(tier=offer.title)
    if line.quantity < 1 or (offer.per_person is not None and held_by_person + line.quantity > offer.per_person):
        raise errors.TooManyEach(tier=offer.title, most=offer.per_person or 0)
    if offer.stock is not None and taken + line.quantity > offer.stock:
        raise errors.TierTaken(tier=offer.title, left=max(offer.stock - taken, 0))


def chosen(options: Sequence[Option], given: Mapping[str, Any]) -> dict[str, str]:
    """The options as they are kept. Raises UnknownOption and what `one_option` does."""
    known = {option.slug for option in options}
    if unknown := sorted(given.keys() - known):
        raise errors.UnknownOption(option=unknown[0])
    kept = {option.slug: one_option(option, str(given.get(option.slug, ""))) for option in options}
    return {slug: value for slug, value in kept.items() if value}


def one_option(option: Option, value: str) -> str:
    """The value kept. Raises OptionMissing, UnknownChoice, EngravingTooLong, EngravingCharacter."""
    value = " ".join(value.split())
    if not value:
        if option.required:
            raise errors.OptionMissing(option=option.label)
        return ""
    if option.kind is OptionKind.CHOICE:
        if value not in option.choices:
            raise errors.UnknownChoice(option=option.label, value=value, choices=", ".join(option.choices))
        return value
    if len(value) > option.longest:
        raise errors.EngravingTooLong(option=option.label, length=len(value), longest=option.longest)
    if option.kind is OptionKind.ENGRAVING:
        for character in value:
            if not re.fullmatch(f"[{option.allowed}]", character):
                raise errors.EngravingCharacter(option=option.label, character=character)
    return value


def thaw_option(frozen: Mapping[str, Any]) -> Option:
    """An option from JSON; raises InvalidRules-like errors as TypeError/ValueError for the caller's form."""
    given = dict(frozen)
    kind = OptionKind(given.pop("kind", OptionKind.CHOICE))
    return Option(kind=kind, choices=tuple(given.pop("choices", ())), **given)

"""VAT rate by rate: what a pledge holds of it, told the same on receipts and in the books."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.domain.rules import EUROPE, LegalMode, Partner, Rules
from essaim.mechanisms.crowdfunding.domain.vat import RATES, Taxed, by_rate, ordinary, vat_within
from essaim.mechanisms.crowdfunding.models import Pledge, Settlement, Tier
from essaim.mechanisms.crowdfunding.tests.conftest import House


@pytest.mark.parametrize(
    ("gross", "rate", "vat"), [(12_000, 2_000, 2_000), (1_055, 550, 55), (100, 0, 0), (1, 2_000, 0)]
)
def test_vat_within_a_price(gross: int, rate: int, vat: int) -> None:
    assert vat_within(gross, rate) == vat


def test_shipping_follows_the_goods_and_gifts_bear_none() -> None:
    parts = by_rate(13_000, {550: 2_000, 2_000: 8_000}, shipping=1_000, gift=2_000)
    assert parts == [Taxed(2_000, 8_800, 1_467), Taxed(550, 2_200, 115)]
    assert parts[1].net == 2_085


def test_what_was_paid_back_bears_none() -> None:
    assert by_rate(1_500, {2_000: 3_000}, shipping=0, gift=0) == [Taxed(2_000, 1_500, 250)]
    assert by_rate(500, {}, shipping=0, gift=500) == []


@given(left=st.integers(0, 10**9), rate=st.integers(0, 10_000), price=st.integers(1, 10**8))
def test_one_rate_and_no_gift_taxes_all_of_it(left: int, rate: int, price: int) -> None:
    assert by_rate(left, {rate: price}, shipping=0, gift=0) == [Taxed(rate, left, vat_within(left, rate))]


@pytest.mark.parametrize(
    ("country", "day", "rates"),
    [
        ("FR", date(2026, 6, 1), (2_000, 1_000, 550, 210)),
        ("FI", date(2024, 8, 31), (2_400, 1_400, 1_000)),
        ("FI", date(2024, 9, 1), (2_550, 1_400, 1_000)),
        ("SK", date(2025, 1, 1), (2_300, 1_900, 500)),
        ("FR", date(2013, 12, 31), ()),
        ("US", date(2026, 6, 1), ()),
    ],
)
def test_ordinary_rates_are_dated(country: str, day: date, rates: tuple[int, ...]) -> None:
    assert ordinary(country, day) == rates


def test_every_country_of_the_union_has_its_rates() -> None:
    today = date(2026, 6, 1)
    union = {*EUROPE, "FR"}
    assert {country for country in union if ordinary(country, today)} == union
    assert all(line.source and line.rates == tuple(sorted(line.rates, reverse=True)) for line in RATES)


def two_rates(house: House, **rules: object) -> tuple[Tier, Tier]:
    """A campaign at 5.5 % with a book at 5.5 % and a lamp at 20 %, sent by post."""
    campaign = house.campaign(
        Rules(goal=1_000, vat=550, **rules),  # type: ignore[arg-type]
        tiers=(
            House.loaf(title="Book", amount=2_000, ships=True, shipping={"fr": 700}),
            House.loaf(title="Lamp", amount=4_990, addon=True, vat=2_000),
        ),
    )
    book, lamp = Tier.objects.filter(campaign=campaign).order_by("pk")
    return book, lamp


def test_the_books_hold_the_vat_of_the_receipts(house: House) -> None:
    book, lamp = two_rates(house)
    random = Random(1)
    for number in range(12):
        lines = [Line(book), Line(lamp, number % 3 + 1)] if number % 2 else [Line(book)]
        house.held(book.campaign, lines=lines, gift=random.choice((0, 1, 333)), country="FR", waived=number == 5)
    house.held(book.campaign, lines=[], gift=777)
    house.end(book.campaign)
    first = Pledge.objects.get(number=1)
    actions.refund_pledge(pledge=first, treasurer=house.treasurer, amount=999, reason="late", key="r1")
    house.bank.answer()
    told = sum(part.vat for pledge in Pledge.objects.all() for part in queries.vat_of(pledge))
    settled = actions.settle_campaign(campaign=book.campaign, treasurer=house.treasurer, key="s1")
    assert told > 0
    assert (queries.vat_due(book.campaign), settled.vat) == (told, told)
    assert Settlement.objects.count() == 1


def test_gifts_through_a_partner_bear_none(house: House) -> None:
    rules = Rules(goal=1_000, legal_mode=LegalMode.PARTNER_GIFT, partner=Partner("P", "1", "ACPR"))
    campaign = house.campaign(rules)
    pledge = house.held(campaign)
    house.end(campaign)
    pledge.refresh_from_db()
    assert (queries.vat_due(campaign), queries.vat_of(pledge)) == (0, [])


def test_the_rate_of_a_reward_that_was_chosen_stays(house: House) -> None:
    book, lamp = two_rates(house)
    house.held(book.campaign, lines=[Line(book)], country="FR")
    assert actions.change_tier(tier=lamp, actor=house.manager, vat=550).vat == 550
    with pytest.raises(errors.TierInUse):
        actions.change_tier(tier=book, actor=house.manager, vat=2_000)
    with pytest.raises(errors.InvalidRules):
        actions.change_tier(tier=lamp, actor=house.manager, vat=10_001)

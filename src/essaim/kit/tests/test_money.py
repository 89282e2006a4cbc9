"""Amounts are written, read and split without losing a cent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import money

amounts = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("amount", "unit", "language", "expected"),
    [
        (150000, "EUR", "fr", "1\u202f500,00\u00a0€"),
        (150000, "EUR", "en", "€1,500.00"),
        (-5, "EUR", "fr", "\u22120,05\u00a0€"),
        (-123456789, "EUR", "en", "\u2212€1,234,567.89"),
        (1, "PT", "fr", "1\u00a0point"),
        (0, "PT", "fr", "0\u00a0point"),
        (0, "PT", "en", "0\u00a0points"),
        (12500, "PT", "en", "12,500\u00a0points"),
        (150000, "CHF", "en", "1,500.00\u00a0CHF"),
    ],
)
def test_format_amount(amount, unit, language, expected):
    assert money.format_amount(amount, unit, language) == expected


def test_format_amount_shows_the_sign_when_asked():
    assert money.format_amount(500, "EUR", "en", sign=True) == "+€5.00"
    assert money.format_amount(0, "EUR", "en", sign=True) == "€0.00"


def test_format_whole_drops_only_zero_decimals():
    assert money.format_whole(50000, "EUR", "fr") == "500\u00a0€"
    assert money.format_whole(-50000, "EUR", "en") == "\u2212€500"
    assert money.format_whole(50050, "EUR", "fr") == "500,50\u00a0€"


def test_unknown_unit_is_refused():
    with pytest.raises(money.UnknownUnit):
        money.format_amount(1, "XYZ")


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("1 500,50 €", "fr", 150050),
        ("1\u202f500,50\u00a0€", "fr", 150050),
        ("1.500,50", "fr", 150050),
        ("1.500", "fr", 150000),
        ("1500,5", "fr", 150050),
        ("12.5", "fr", 1250),
        ("€1,500.50", "en", 150050),
        ("1,500", "en", 150000),
        ("1,234,567", "en", 123456700),
        ("1,5", "en", 150),
        ("0.05", "en", 5),
        ("-3", "en", -300),
        ("\u22123", "fr", -300),
        ("12 EUR", "fr", 1200),
        ("1'500.00", "en", 150000),
    ],
)
def test_parse_amount(typed, language, expected):
    assert money.parse_amount(typed, "EUR", language) == expected


@pytest.mark.parametrize("typed", ["", "abc", "€", "1,2,3", "1.2.3,4", "12-3", "1,50,000.00", "١٢", "1e5", "--3"])
def test_parse_amount_refuses_what_is_no_amount(typed):
    with pytest.raises(money.AmountUnreadable) as refusal:
        money.parse_amount(typed, "EUR", "en")
    assert typed in str(refusal.value.cause)
    assert "€1,500.00" in str(refusal.value.remedy)


@pytest.mark.parametrize(
    ("typed", "unit", "language"), [("1,500", "EUR", "fr"), ("0.001", "EUR", "en"), ("1.5", "PT", "en")]
)
def test_parse_amount_refuses_finer_than_the_unit(typed, unit, language):
    with pytest.raises(money.AmountTooFine):
        money.parse_amount(typed, unit, language)


@pytest.mark.parametrize("figures", ["9" * 15, "9" * 30, "9" * 5000])
def test_parse_amount_refuses_more_than_the_books_hold(figures):
    with pytest.raises(money.AmountTooLarge):
        money.parse_amount(figures, "EUR", "fr")


@given(amounts, st.sampled_from(["EUR", "PT"]), st.sampled_from(["fr", "en"]))
def test_what_is_written_can_be_read_back(amount, unit, language):
    assert money.parse_amount(money.format_amount(amount, unit, language), unit, language) == amount


weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(amounts, weights)
def test_split_loses_nothing_and_stays_within_one_unit_of_the_quota(amount, shares):
    parts = money.split(amount, shares)
    assert sum(parts) == amount
    assert len(parts) == len(shares)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - Fraction(amount * share, sum(shares))) < 1


@given(amounts, weights, st.integers(1, 100))
def test_split_depends_on_proportions_only(amount, shares, factor):
    assert money.split(amount, shares) == money.split(amount, [share * factor for share in shares])


def test_split_gives_the_odd_cent_to_the_largest_remainder_then_the_first():
    assert money.split(100, [1, 1, 1]) == [34, 33, 33]
    assert money.split(10, [6, 3, 2]) == [5, 3, 2]
    assert money.split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert money.split(5, [0, 1]) == [0, 5]


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -1], [2, -1]])
def test_split_refuses_weights_that_share_nothing(shares):
    with pytest.raises(ValueError, match="Weights"):
        money.split(100, shares)

"""References, verdicts, names of lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.connectors.banktransfer import domain
from essaim.connectors.banktransfer.domain import Expected, Line, Verdict, judge

DAY = date(2026, 5, 3)
NUMBERS = st.integers(1, 10**10 - 1)
RF = domain.reference(123, "FR")
OTHER = domain.reference(7, "FR")


def test_the_standards_own_example():
    """ISO 11649, annex: RF18 5390 0754 7034."""
    assert domain.creditor_reference("539007547034") == "RF18539007547034"
    assert domain.is_sound("RF18539007547034")
    assert not domain.is_sound("RF19539007547034")


def test_how_references_are_shown():
    assert domain.shown("RF18539007547034") == "RF18 5390 0754 7034"
    assert domain.shown(domain.reference(1234567890, "BE")) == f"+++123/4567/890{1234567890 % 97:02d}+++"
    assert domain.reference(97, "BE") == "000000009797"


@given(
    number=NUMBERS,
    country=st.sampled_from(["FR", "BE"]),
    written=st.sampled_from(["{}", "ref: {}.", "x {} ok", "{}!"]),
)
def test_a_reference_is_found_as_it_is_shown_or_run_together(number, country, written):
    reference = domain.reference(number, country)
    assert reference in domain.references(written.format(domain.shown(reference)))
    assert reference in domain.references(written.format(reference).lower())


def test_a_word_that_is_sound_by_chance_hides_no_reference():
    reference = domain.reference(37, "FR")
    assert domain.references(f"{reference} ok")[:2] == [f"{reference}OK", reference]
    line = Line(DAY, 20_00, "EUR", text=f"{reference} ok")
    assert judge(line, [(reference, OPEN)]) == (Verdict.MATCHED, reference)


@given(number=NUMBERS, place=st.integers(4, 13), figure=st.integers(0, 9), country=st.sampled_from(["FR", "BE"]))
def test_one_wrong_figure_is_not_the_reference(number, place, figure, country):
    """The remainder by 97 catches every single wrong figure."""
    reference = domain.reference(number, country)
    place = place if country == "FR" else place - 4
    wrong = reference[:place] + str(figure) + reference[place + 1 :]
    assert (wrong in domain.references(wrong)) is (wrong == reference)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Merci pour le miel", []),
        ("RF00 0000 0001 23", []),
        (f"{RF} {RF}", [RF]),
        (f"{RF}, {OTHER}", [RF, OTHER]),
        (f"{domain.shown(RF).lower()} pour le miel", [RF]),
        (f"VIRT {RF}MERCI", [RF]),
        (f"X{RF}", []),
    ],
)
def test_what_people_write(text, found):
    assert domain.references(text) == found


OPEN = Expected(20_00, "EUR", paid=False, closed=False)


@pytest.mark.parametrize(
    ("text", "known", "verdict"),
    [
        (RF, [(RF, OPEN)], Verdict.MATCHED),
        ("honey", [(RF, OPEN)], Verdict.NO_REFERENCE),
        (RF, [], Verdict.UNKNOWN),
        (RF, [(RF, Expected(20_01, "EUR", False, False))], Verdict.PART),
        (RF, [(RF, Expected(19_99, "EUR", False, False))], Verdict.AMOUNT),
        (RF, [(RF, Expected(50_00, "EUR", False, False, came=30_00))], Verdict.MATCHED),
        (RF, [(RF, Expected(50_00, "EUR", False, False, came=30_01))], Verdict.AMOUNT),
        (RF, [(RF, Expected(50_00, "EUR", False, False, came=29_99))], Verdict.PART),
        (RF, [(RF, Expected(20_00, "USD", False, False))], Verdict.AMOUNT),
        (RF, [(RF, Expected(20_00, "EUR", True, False))], Verdict.PAID),
        (RF, [(RF, Expected(20_00, "EUR", False, True))], Verdict.CLOSED),
        (f"{RF}, {OTHER}", [(RF, OPEN), (OTHER, OPEN)], Verdict.UNKNOWN),
    ],
)
def test_what_becomes_of_money(text, known, verdict):
    assert judge(Line(DAY, 20_00, "EUR", text=text), known)[0] is verdict


def test_equal_lines_of_a_day_have_names_of_their_own():
    """Two gifts of one person, the same day, of the same amount, from a bank that numbers nothing."""
    twice = [Line(DAY, 5_00, "EUR", "Ada")] * 2
    assert len(set(domain.names(twice))) == 2
    assert domain.names(twice) == domain.names(twice)
    assert domain.names([Line(DAY, 5_00, "EUR", own="B1")]) == ["B1"]


def test_the_payment_code_of_the_banks():
    """EPC069-12, version 2: the reference in the tenth line."""
    text = domain.epc_code(holder="La Maison", iban="FR76", bic="", amount=12_05, unit="EUR", reference=RF)
    assert text.split("\n") == ["BCD", "002", "1", "SCT", "", "La Maison", "FR76", "EUR12.05", "", RF, "", ""]
    assert domain.epc_code(holder="x", iban="x", bic="", amount=1, unit="USD", reference=RF) == ""

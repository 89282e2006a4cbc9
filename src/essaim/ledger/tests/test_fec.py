"""The French accounting file, rule by rule: article A47 A-1 LPF, VII and VIII."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from essaim.kit import clock
from essaim.ledger import exports, fec, seals
from essaim.ledger.entries import award, deposit, fund, points
from essaim.ledger.post import post, reverse

COLUMNS = [
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
]  # fmt: skip


@pytest.fixture
def text(ada):
    with clock.at(datetime(2025, 12, 31, 12, tzinfo=UTC)):
        post(deposit(key="before", amount=1_00, memo="Last year"))
    with clock.at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        first = post(deposit(key="d", amount=10_000_05, memo="Budget\tannuel\n2026 | a"))
        post(fund(1, key="f", amount=2_000_00, memo="Concours"))
        post(points(ada.pk, key="p", amount=7, memo="Points"))
        post(award(1, [(ada.pk, 500_00)], key="a", memo="Prix"))
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        seals.seal_books()
        reverse(post(deposit(key="d2", amount=3, memo="Erreur")), key="r", memo="Annulée")
        assert first.pk
    with clock.at(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        post(deposit(key="last", amount=1, memo="Dernier jour, 23 h 30 à Paris"))
        seals.seal_books()
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        post(deposit(key="next", amount=2, memo="Déjà janvier à Paris"))
        seals.seal_books()
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        post(deposit(key="unsealed", amount=1, memo="Pas encore scellée"))
    return "".join(exports.fec_file("EUR", date(2026, 1, 1), date(2026, 12, 31)))


@pytest.fixture
def rows(text):
    header, *lines = [line.split("\t") for line in text.split("\r\n")[:-1]]
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.mark.django_db
def test_the_eighteen_columns_in_order(text):
    assert text.split("\r\n")[0].split("\t") == COLUMNS
    assert {len(line.split("\t")) for line in text.split("\r\n")[:-1]} == {18}


@pytest.mark.django_db
def test_separators_stay_out_of_the_fields(text, rows):
    assert rows[0]["EcritureLib"] == "Budget annuel 2026 a"
    assert text.encode("utf-8").decode("utf-8") == text
    assert "|" not in text


@pytest.mark.django_db
def test_numbers_have_no_gap_and_follow_the_dates(rows):
    numbers = [int(row["EcritureNum"]) for row in rows]
    assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
    assert numbers == sorted(numbers)
    assert [row["EcritureDate"] for row in rows] == sorted(row["EcritureDate"] for row in rows)


@pytest.mark.django_db
def test_dates_are_eight_figures(rows):
    for row in rows:
        for name in ("EcritureDate", "PieceDate", "ValidDate"):
            assert re.fullmatch(r"20[0-9]{6}", row[name])
        assert row["EcritureDate"] <= row["ValidDate"]


@pytest.mark.django_db
def test_amounts_have_a_decimal_comma_and_one_side(rows):
    for row in rows:
        assert re.fullmatch(r"[0-9]+,[0-9]{2}", row["Debit"])
        assert re.fullmatch(r"[0-9]+,[0-9]{2}", row["Credit"])
        assert (row["Debit"] == "0,00") != (row["Credit"] == "0,00")
    assert rows[0]["Debit"] == "10000,05"


@pytest.mark.django_db
def test_every_entry_balances(rows):
    for number in {row["EcritureNum"] for row in rows}:
        lines = [row for row in rows if row["EcritureNum"] == number]
        cents = [[int(line[side].replace(",", "")) for line in lines] for side in ("Debit", "Credit")]
        assert sum(cents[0]) == sum(cents[1])


@pytest.mark.django_db
def test_the_fields_the_article_wants_filled(rows):
    wanted = ("JournalCode", "JournalLib", "CompteNum", "CompteLib", "PieceRef", "EcritureLib")
    assert all(row[name] for row in rows for name in wanted)
    assert all(re.fullmatch(r"[1-7][0-9]{5}", row["CompteNum"]) for row in rows)


@pytest.mark.django_db
def test_members_are_auxiliary_accounts(rows, ada):
    (row,) = [row for row in rows if row["CompteNum"] == "467200"]
    assert (row["CompAuxNum"], row["CompAuxLib"], row["Credit"]) == (f"M{ada.pk:07d}", "Ada", "500,00")
    assert not any(row["CompAuxNum"] for row in rows if row["CompteNum"] != "467200")


@pytest.mark.django_db
def test_the_year_the_currency_and_the_seal_bound_the_file(rows):
    assert [row["PieceRef"] for row in rows[::2]] == ["d", "f", "a", "d2", "r", "last"]


def test_the_name_of_the_file():
    assert fec.file_name("732 829 320", date(2026, 12, 31)) == "732829320FEC20261231.txt"


@pytest.mark.parametrize("typed", ["", "73282932", "732829321", "abcdefghi", "7328293200"])
def test_a_false_siren_is_refused(typed):
    with pytest.raises(fec.NotASiren):
        fec.checked_siren(typed)

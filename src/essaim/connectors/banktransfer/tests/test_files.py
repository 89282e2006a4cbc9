"""Reading statements: CAMT.053 and tables, dirty lines told by place and reason."""

from __future__ import annotations

from datetime import date

import pytest

from essaim.connectors.banktransfer import camt, table
from essaim.connectors.banktransfer.domain import Fault, Line, OtherAccount, UnreadableStatement
from essaim.connectors.banktransfer.tests import files
from essaim.connectors.banktransfer.tests.files import HOUSE, PAYER, entry, part

DAY = date(2026, 5, 3)
REFERENCE = "RF430000000123"


@pytest.fixture(autouse=True)
def _in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


def lines(*entries, **given):
    return camt.read(files.camt(*entries, **given)).lines


@pytest.mark.parametrize("version", ["02", "04", "08", "13"])
def test_money_that_came_in(version):
    found = camt.read(files.camt(entry(text="Honey", reference=REFERENCE, end="E1"), version=version))
    assert (found.account, found.faults) == (HOUSE, ())
    assert found.lines == (Line(DAY, 20_00, "EUR", "Ada", PAYER, "Honey", REFERENCE, "E1", "B1"),)


def test_names_of_later_versions():
    later = part().replace("<Nm>Ada</Nm>", "<Pty><Nm>Bob</Nm></Pty>")
    assert lines(entry("20.00", "B1", later))[0].name == "Bob"


@pytest.mark.parametrize(
    ("side", "more", "amount"),
    [
        ("CRDT", "", 20_00),
        ("DBIT", "", -20_00),
        ("CRDT", "<RvslInd>true</RvslInd>", 20_00),
        ("DBIT", "<RvslInd>true</RvslInd>", -20_00),
    ],
)
def test_which_way_it_went(side, more, amount):
    """The mark of a reversal changes nothing: the side already says which way the money went."""
    assert [line.amount for line in lines(entry(side=side, more=more))] == [amount]


def test_a_batch_is_taken_apart():
    found = lines(entry("30.00", "B7", part("one", amount="10.00"), part("two", amount="20.00")))
    assert [(line.amount, line.text, line.own) for line in found] == [(10_00, "one", "B7/1"), (20_00, "two", "B7/2")]


def test_what_is_only_announced_is_left():
    assert lines(entry(status="PDNG"), entry(own="B2", status="<Cd>BOOK</Cd>"))[0].own == "B2"


def test_a_returned_transfer_says_so():
    assert lines(entry("20.00", "B1", part(more="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")))[0].returned


def test_dirty_entries_are_told_and_the_rest_is_read():
    found = camt.read(
        files.camt(
            entry(day="2026-13-03"),
            entry("x", "B2"),
            entry("1.005", "B3"),
            entry(unit="XXX"),
            entry("30.00", "B5", part(amount="10.00"), part(amount="10.00")),
            entry(own="B6"),
        )
    )
    assert [line.own for line in found.lines] == ["B6"]
    assert found.faults == (
        Fault(1, "“2026-13-03” is not a date."),
        Fault(2, "“x” is not an amount."),
        Fault(3, "“1.005” is not an amount."),
        Fault(4, "“XXX” is not a currency."),
        Fault(5, "The parts of this movement do not sum to it."),
    )


BOMB = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>'
FETCH = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>'
FILE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>'


@pytest.mark.parametrize("content", [BOMB, FETCH, FILE, b"<a>", b"<a/>", b"", b"\xff\xfe<"])
def test_what_is_no_statement_or_an_attack_is_refused(content):
    with pytest.raises(UnreadableStatement):
        camt.read(content)


def test_two_accounts_in_one_file_are_refused():
    other = b"<Stmt><Acct><Id><IBAN>DE1</IBAN></Id></Acct></Stmt></BkToCstmrStmt>"
    with pytest.raises(OtherAccount):
        camt.read(files.camt(entry()).replace(b"</BkToCstmrStmt>", other))


FRENCH = """Compte courant;;;;
Solde au 04/05/2026;1 234,56 €;;;
Date;Libellé;Débit euros;Crédit euros;Nom de la contrepartie
03/05/2026;VIR Ada RF43 0000 0001 23;;20,00;Ada
03/05/2026;Frais bancaires;-5,00;;
04/05/2026;VIR Bob;;1 020,50;Bob
hier;VIR;;20,00;
04/05/2026;VIR;;vingt;
;;;;
"""
ENGLISH = """Booking Date,Amount,Currency,Name,Counterparty IBAN,Remittance Information,Reference,Transaction ID
2026-05-03,20.00,EUR,Ada,DE89 3704 0044 0532 0130 00,Honey,RF430000000123,T1
2026-05-03,"-1,500.25",EUR,Carl,,Rent,,T2
2026-05-03,3.00,ZZZ,,,,,T3
"""


def test_a_french_table():
    found = table.read(FRENCH.encode("cp1252"), "EUR")
    assert [(line.day.day, line.amount, line.name) for line in found.lines] == [
        (3, 20_00, "Ada"),
        (3, -5_00, ""),
        (4, 1_020_50, "Bob"),
    ]
    assert found.lines[0].text == "VIR Ada RF43 0000 0001 23"
    assert found.faults == (Fault(7, "“hier” is not a date."), Fault(8, "“vingt” is not an amount."))


def test_an_english_table():
    found = table.read(ENGLISH.encode("utf-8-sig"), "EUR")
    assert found.lines == (
        Line(DAY, 20_00, "EUR", "Ada", PAYER, "Honey", REFERENCE, own="T1"),
        Line(DAY, -1_500_25, "EUR", "Carl", text="Rent", own="T2"),
    )
    assert found.faults == (Fault(4, "“ZZZ” is not a currency."),)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12", 12_00),
        ("12,3", 12_30),
        ("1 234,56", 1_234_56),
        ("1.234,56", 1_234_56),
        ("1,234.56", 1_234_56),
        ("-12,00 €", -12_00),
        ("+12.00", 12_00),
        ("1\u202f234,56", 1_234_56),
        ("12 EUR", 12_00),
    ],
)
def test_how_amounts_are_written(written, amount):
    assert table.read(f"date;montant\n03/05/2026;{written}\n".encode(), "EUR").lines[0].amount == amount


@pytest.mark.parametrize("written", ["", "0", "0,00", "12,345", "1e99999", "1e3", "9" * 14, "nan", "inf", "--1"])
def test_what_is_no_amount(written):
    found = table.read(f"date;montant\n03/05/2026;{written}\n".encode(), "EUR")
    assert (found.lines, len(found.faults)) == ((), 1)


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"date\n03/05/2026\n", b"date;montant\0\n"])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(UnreadableStatement):
        table.read(content, "EUR")

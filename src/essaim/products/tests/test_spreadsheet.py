"""Files as shops export them: what is understood, and what is refused with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.products.domain import Figures
from essaim.products.spreadsheet import (
    AmountUnclear,
    Catalogue,
    Convention,
    NoAmount,
    NoDate,
    Unreadable,
    amount,
    day,
    read,
)

BREAD = Catalogue({"bread": "bread", "rye-bread": "bread"}, {"bread": "EUR"}, "bread")
NAMED = Catalogue(BREAD.slugs, BREAD.units)


def rows(text, catalogue=BREAD):
    data = text if isinstance(text, bytes) else text.encode()
    return [(row.line, row.sold_on, row.figures, row.source) for row in read(data, catalogue).rows]


def faults(text, catalogue=BREAD):
    return [(fault.line, type(fault.refusal).__name__) for fault in read(text.encode(), catalogue).faults]


MARCH_5 = date(2026, 3, 5)
SOLD = Figures(12, 123_450, 1_000, 500, 6_500)


@pytest.mark.parametrize(
    "text",
    [
        "ref;date;quantité;brut;remises;retours;tva\nA1;05/03/2026;12;1 234,50;10,00;5,00;65,00",
        "ref,date,quantity,gross,discounts,returns,vat\nA1,2026-03-05,12,1234.50,10.00,5.00,65.00",
        "Order ID\tDay\tUnits\tGross sales\tDiscounts\tReturns\tTaxes\n"
        "A1\t2026-03-05T10:11:12\t12\t1,234.50\t-10.00\t-5\t65",
        "Exporté le 1er avril\n\nref|date|qté|ca ttc|remise|avoirs|tva\nA1|5.3.2026|12|1.234,50 €|10|5,0|65",
        "\ufeffref;date;nombre;montant;remise;retour;tva\nA1;05-03-2026;12,00;1\u202f234,50\u00a0€;10;5;65\n\n",
    ],
)
def test_the_same_sale_in_many_hands(text):
    assert [found[1:] for found in rows(text)] == [(MARCH_5, SOLD, "A1")]


def test_old_spreadsheets_encodings_are_read():
    text = "référence;date;quantité;brut\nA1;05/03/2026;1;2,00\n"
    expected = [(2, MARCH_5, Figures(1, 200), "A1")]
    assert [rows(text.encode(encoding)) for encoding in ("cp1252", "utf-16", "utf-8-sig")] == [expected] * 3


def test_a_month_is_dated_by_its_last_day_and_keeps_its_first():
    (row,) = read(b"period;net\n2026-02;10,00\n", BREAD).rows
    assert (row.since, row.sold_on, row.figures) == (date(2026, 2, 1), date(2026, 2, 28), Figures(0, 1_000))


def test_a_day_above_twelve_tells_the_american_order():
    assert [found[1] for found in rows("date;gross\n03/05/2026;1,00\n03/25/2026;1,00\n")] == [
        MARCH_5,
        date(2026, 3, 25),
    ]


def test_a_mark_of_thousands_is_understood_when_the_file_shows_its_decimals():
    assert [found[2].gross for found in rows("date;gross\n2026-03-05;1.234\n2026-03-06;2,50\n")] == [123_400, 250]
    assert faults("date;gross\n2026-03-05;1.234\n") == [(2, "AmountUnclear")]


def test_dirty_rows_are_told_by_line_and_the_others_are_read():
    text = (
        "product;ref;date;quantity;gross;net;currency\n"
        "Rye Bread;1;2026-03-05;1;2,00;2,00;EUR\n"
        "Cake;2;2026-03-05;1;2,00;2,00;EUR\n"
        ";3;2026-03-05;1;2,00;2,00;EUR\n"
        "bread;4;yesterday;1;2,00;2,00;EUR\n"
        "bread;5;2026-02-30;1;2,00;2,00;EUR\n"
        "bread;6;2026-03-05;many;2,00;2,00;EUR\n"
        "bread;7;2026-03-05;1;two;2,00;EUR\n"
        "bread;8;2026-03-05;1;2,00;3,00;EUR\n"
        "bread;9;2026-03-05;1;2,00;2,00;USD\n"
        "bread;1;2026-03-06;1;2,00;2,00;EUR\n"
        "bread;10;2026-03-05;1;;;EUR\n"
        "\n"
        "bread;11;2026-03-05;1;2,00;2,00;\n"
    )
    assert faults(text, NAMED) == [
        (3, "UnknownProduct"),
        (4, "ProductMissing"),
        (5, "NoDate"),
        (6, "NoDate"),
        (7, "NoQuantity"),
        (8, "NoAmount"),
        (9, "DoesNotAddUp"),
        (10, "OtherUnit"),
        (11, "SameSource"),
        (12, "NoAmount"),
    ]
    assert [found[0] for found in rows(text, NAMED)] == [2, 14]


def test_rows_without_a_reference_are_named_by_what_they_are_and_their_rank():
    text = "date;channel;gross\n2026-03-05;Shop;1,00\n2026-03-05;Shop;2,00\n2026-03-05;Web;1,00\n"
    assert [found[3] for found in rows(text)] == ["~/2026-03-05/shop#1", "~/2026-03-05/shop#2", "~/2026-03-05/web#1"]


@pytest.mark.parametrize("text", ["", "hello", "date;colour\n2026-03-05;red", "gross;net\n1,00;1,00"])
def test_a_file_without_a_table_is_refused(text):
    with pytest.raises(Unreadable):
        read(text.encode(), BREAD)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("", 0), ("-", None), ("12", 1_200), ("12,5", 1_250), ("-3,10", -310), ("(3.10)", -310), ("3,10-", -310),
     ("1'234.50", 123_450), ("12.345.678,90", 1_234_567_890), ("1.2.3", None), ("1,23,456", None), ("€ 5", 500)],
)  # fmt: skip
def test_amounts(text, cents):
    convention = Convention(None, False)
    if cents is None:
        with pytest.raises(NoAmount):
            amount(text, "gross", convention)
    else:
        assert amount(text, "gross", convention) == cents


@given(st.integers(-(10**9), 10**9), st.sampled_from([(",", " "), (",", "."), (".", ","), (".", "")]))
def test_any_amount_written_with_two_decimals_is_read_back(cents, marks):
    decimal, group = marks
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    text = f"{'-' if cents < 0 else ''}{whole}{decimal}{abs(cents) % 100:02}"
    assert amount(text, "gross", Convention(None, False)) == cents


def test_three_figures_after_the_only_mark_are_unclear_or_decimal():
    with pytest.raises(AmountUnclear):
        amount("1,234", "gross", Convention(None, False))
    with pytest.raises(AmountUnclear):
        amount("1,234", "gross", Convention(",", False))
    assert amount("1,234", "gross", Convention(".", False)) == 123_400


@pytest.mark.parametrize("text", ["", "2026", "31/31/2026", "5 mars", "2026-13", "05/03/26"])
def test_what_is_not_a_date(text):
    with pytest.raises(NoDate):
        day(text, Convention(None, False))

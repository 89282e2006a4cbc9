"""What the database refuses, whoever writes: raw SQL against the books."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from essaim.ledger import accounts
from essaim.ledger.domain import Entry, credit, debit
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import Account, JournalEntry
from essaim.ledger.post import post
from essaim.people.models import Member

pytestmark = pytest.mark.django_db

COLUMNS = "key, kind, memo, evidence, fingerprint, lines, at"


@pytest.fixture
def books(ada: Member) -> dict[str, int]:
    """10,000 € put in, 100 € paid to Ada; the rows' ids by name."""
    first = post(deposit(key="d", amount=10_000_00, memo="m"))
    post(fund(1, key="f", amount=200_00, memo="m"))
    post(award(1, [(ada.pk, 100_00)], key="a", memo="m"))
    ids = {account.name: account.pk for account in Account.objects.all()}
    return {**ids, "first": first.pk, "points": accounts.house("points", "PT").pk}


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values: object) -> str:
    """The constraint that refused the statement."""
    run("SET CONSTRAINTS ALL IMMEDIATE")  # while checks are pending, a TRUNCATE would be refused for that alone
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        run(sql, *values)
    return error.value.__cause__.diag.constraint_name


def insert(key: str, lines: int, *postings: tuple[int, int]) -> str:
    values = ", ".join(f"({account}, {amount})" for account, amount in postings)
    return f"""WITH e AS (INSERT INTO ledger_journalentry ({COLUMNS})
        VALUES ('{key}', 'test', 'm', '', '', {lines}, now()) RETURNING id)
        INSERT INTO ledger_posting (entry_id, account_id, amount)
        SELECT e.id, v.account, v.amount FROM e, (VALUES {values}) v(account, amount)"""


def test_a_balanced_entry_is_let_in(books):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert("raw", 2, (books["bank"], 5), (books["own"], -5)))
        assert JournalEntry.objects.get(key="raw").postings.count() == 2
        transaction.set_rollback(True)


def test_an_unbalanced_entry_is_refused(books):
    assert refused(insert("raw", 2, (books["bank"], 5), (books["own"], -6))) == "entry_balanced"


def test_an_entry_of_one_line_is_refused(books):
    assert refused(insert("raw", 1, (books["bank"], 5))) in ("entry_balanced", "journalentry_two_lines")


def test_an_entry_without_postings_is_refused(books):
    sql = f"INSERT INTO ledger_journalentry ({COLUMNS}) VALUES ('raw', 'test', 'm', '', '', 2, now())"
    assert refused(sql) == "entry_balanced"


def test_a_line_of_zero_is_refused(books):
    postings = (books["bank"], 5), (books["own"], -5), (books["1"], 0)
    assert refused(insert("raw", 3, *postings)) == "posting_not_zero"


def test_a_wrong_number_of_lines_is_refused(books):
    assert refused(insert("raw", 3, (books["bank"], 5), (books["own"], -5))) == "entry_balanced"


def test_a_balanced_pair_added_to_a_standing_entry_is_refused(books):
    sql = "INSERT INTO ledger_posting (entry_id, account_id, amount) VALUES (%s, %s, 5), (%s, %s, -5)"
    assert refused(sql, books["first"], books["bank"], books["first"], books["own"]) == "entry_balanced"


def test_another_unit_on_one_side_is_refused(books):
    assert refused(insert("raw", 2, (books["bank"], 5), (books["points"], -5))) == "entry_balanced"


def test_two_units_without_exchange_are_refused(books):
    held = accounts.house("rewards", "PT").pk
    sql = insert("raw", 4, (books["bank"], 5), (books["own"], -5), (held, 7), (books["points"], -7))
    assert refused(sql) == "entry_balanced"


def test_two_units_through_the_exchange_accounts_are_let_in(ada, books):
    euros, points = accounts.house("exchange", "EUR"), accounts.house("exchange", "PT")
    postings = (
        debit(accounts.member(ada), 10_00),
        credit(euros, 10_00),
        debit(points, 1000),
        credit(accounts.member(ada, "PT"), 1000),
    )
    post(Entry("x", "Points bought", postings, "exchange"))
    assert Account.objects.get(code=f"member:{ada.pk}:balance:PT").balance == 1000


def test_a_duplicate_key_is_refused(books):
    sql = insert("d", 2, (books["bank"], 5), (books["own"], -5))
    assert refused(sql).startswith("ledger_journalentry_key")


def test_a_balance_below_its_floor_is_refused(books):
    sql = insert("raw", 2, (books["balance"], 100_01), (books["bank"], -100_01))
    assert refused(sql) == "account_floor"


def test_a_summed_account_below_its_floor_is_refused(books):
    sql = insert("raw", 2, (books["1"], 100_01), (books["bank"], -100_01))
    assert refused(sql) == "account_floor"


def test_a_false_reversal_is_refused(books):
    plain = insert("raw", 2, (books["bank"], 5), (books["own"], -5))
    sql = plain.replace(COLUMNS, f"{COLUMNS}, reverses_id").replace("now())", f"now(), {books['first']})")
    assert refused(sql) == "entry_mirrors"


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_journalentry", "ledger_seal"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_books_only_grow(books, sql, table):
    assert refused(sql.format(table)) == "ledger_append_only"


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_seal"])
def test_the_role_gave_up_its_rights(books, table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relacl::text FROM pg_class WHERE relname = %s", [table])
        (rights,) = cursor.fetchone()
    granted = rights.strip("{}").split("=")[1].split("/")[0]
    assert "w" not in granted
    assert "d" not in granted


@pytest.mark.parametrize(
    "change",
    [
        "balance = 1",
        "floor = NULL",
        "unit = 'USD'",
        "kind = 'asset'",
        "owner_id = NULL",
        "summed = true",
        "code = 'x'",
    ],
)
def test_an_account_keeps_what_it_was_opened_as(books, change):
    assert refused(f"UPDATE ledger_account SET {change} WHERE id = %s", books["balance"]) == "account_kept"


def test_an_account_does_not_open_with_a_balance(ada):
    row = Account(code="member:1:held:EUR", unit="EUR", kind="liability", role="member", summed=False, balance=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("sql", ["DELETE FROM ledger_account", "TRUNCATE ledger_account CASCADE"])
def test_accounts_stay(books, sql):
    assert refused(sql) == "ledger_append_only"


@pytest.mark.parametrize(("entry", "account"), [("first", 0), (0, "bank")])
def test_a_line_without_entry_or_account_is_refused(books, entry, account):
    sql = "INSERT INTO ledger_posting (entry_id, account_id, amount) VALUES (%s, %s, 5), (%s, %s, -5)"
    assert "_fk_ledger_" in refused(sql, *[books.get(entry, 0), books.get(account, 0)] * 2)

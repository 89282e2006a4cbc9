"""The chain over the journal, its public form, and the program that recomputes both."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from essaim.kit import clock
from essaim.ledger import checks, recompute, seals
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import Account, BooksCheck, Seal
from essaim.ledger.post import post

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def two_days(ada):
    with clock.at(DAY):
        post(deposit(key="d", amount=10_000_00, memo="m"))
        seals.seal_books()
    with clock.at(DAY.replace(day=2)):
        post(fund(1, key="f", amount=2_000_00, memo="m"))
        post(award(1, [(ada.pk, 500_00)], key="a", memo="m"))
        return seals.seal_books()


def published(**changes):
    rows = list(seals.public_journal())
    proof = {
        "seals": [
            {"id": s.pk, "hash": s.hash, "sealed_at": s.sealed_at.isoformat()} for s in Seal.objects.order_by("id")
        ],
        "totals": Seal.objects.latest("id").totals,
        **changes,
    }
    return rows, proof


def test_seals_chain_and_count(two_days):
    first, second = Seal.objects.order_by("id")
    assert (first.previous_hash, first.entries, second.previous_hash, second.entries) == (
        seals.GENESIS,
        1,
        first.hash,
        2,
    )
    assert second.totals == {
        "EUR": {"asset": 10_000_00, "equity": 8_000_00, "escrow": 1_500_00, "member": 500_00},
    }


def test_sealing_again_adds_nothing(two_days):
    assert seals.seal_books() == two_days
    assert Seal.objects.count() == 2


def test_an_empty_journal_has_no_seal(db):
    assert seals.seal_books() is None


def test_the_public_journal_names_no_member(two_days, ada):
    rows = list(seals.public_journal())
    account = Account.objects.get(owner=ada)
    assert rows[0] == "seal,entry,date,kind,account,amount,unit"
    assert [row.split(",")[2:] for row in rows[1:3]] == [
        ["2026-03-01", "deposit", "house:bank:EUR", "1000000", "EUR"],
        ["2026-03-01", "deposit", "house:own:EUR", "-1000000", "EUR"],
    ]
    entry = int(rows[-1].split(",")[1])
    assert rows[-1].split(",")[4] == seals.pseudonym(account, entry)
    assert f"member:{ada.pk}" not in "\n".join(rows)


def test_totals_now_count_what_is_not_sealed_yet(two_days):
    post(deposit(key="late", amount=1_00, memo="m"))
    assert seals.totals_now()["EUR"]["asset"] == 10_001_00


def test_the_program_finds_sound_books_sound(two_days, tmp_path):
    rows, proof = published()
    (tmp_path / "journal.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    command = [sys.executable, "-I", str(Path(recompute.__file__)), "journal.csv", "proof.json"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split(":")[0]) == (0, "The books are sound")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",1000000,", ",1000001,", 3),
        ("2026-03-02", "2026-03-03", 1),
        ("house:bank:EUR", "house:provider:EUR", 1),
    ],
)
def test_the_program_finds_a_changed_line(two_days, old, new, expected):
    rows, proof = published()
    changed = "\n".join(rows).replace(old, new, 1)
    faults = recompute.recompute(list(csv.DictReader(io.StringIO(changed))), proof)
    assert len(faults) == expected


def test_the_program_finds_false_totals(two_days):
    rows, proof = published(totals={"EUR": {"asset": 1}})
    faults = recompute.recompute(list(csv.DictReader(rows)), proof)
    assert len(faults) == 4


def without_guards(*sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in sql:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        (
            "UPDATE ledger_posting SET amount = amount + 1 WHERE amount = 1000000",
            {"unbalanced", "fingerprint", "seal"},
        ),
        ("UPDATE ledger_account SET balance = 1 WHERE role = 'member'", {"balance"}),
        ("UPDATE ledger_journalentry SET kind = 'gift' WHERE key = 'f'", {"fingerprint", "seal"}),
        (
            "DELETE FROM ledger_posting WHERE entry_id = (SELECT id FROM ledger_journalentry WHERE key = 'd')",
            {"incomplete", "fingerprint", "seal", "floor"},
        ),
        ("DELETE FROM ledger_journalentry WHERE key = 'd'", {"orphaned", "seal"}),
        ("UPDATE ledger_seal SET hash = repeat('0', 64) WHERE entries = 1", {"seal"}),
        ("UPDATE ledger_journalentry SET reverses_id = id - 1 WHERE key = 'f'", {"reversal", "fingerprint"}),
    ],
)
def test_check_books_finds_what_the_guards_would_have_refused(two_days, sql, faults):
    with transaction.atomic():
        without_guards(sql)
        found = {fault.name for fault in checks.check_books().faults}
        transaction.set_rollback(True)
    assert found == faults


@pytest.mark.breaks_books
def test_prove_books_keeps_what_it_found_and_says_so(two_days):
    assert checks.prove_books().sound
    without_guards("UPDATE ledger_account SET balance = 1 WHERE role = 'member'")
    with pytest.raises(checks.BooksBroken):
        checks.prove_books()
    assert [len(check.faults) for check in BooksCheck.objects.order_by("id")] == [0, 1]

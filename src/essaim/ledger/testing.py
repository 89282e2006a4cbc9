"""For the tests: every test that posts ends with the books checked, and only the flush between tests empties them.

Loaded by the conftest at the root of the repository.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

DATABASE = frozenset({"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"})
RAN = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "breaks_books: leaves the books unsound on purpose")
    _let_the_flush_through()


def pytest_runtest_call(item: pytest.Item) -> None:
    item.stash[RAN] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Look while the test's transaction still stands; tell once everything is torn down."""
    faults = _faults() if _posts(item) else ""
    yield
    if faults:
        pytest.fail(faults, pytrace=False)


def _posts(item: pytest.Item) -> bool:
    if item.get_closest_marker("breaks_books") or not item.stash.get(RAN, False):
        return False
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & set(getattr(item, "fixturenames", ())))


def _faults() -> str:
    from django.db import connection

    from essaim.ledger.checks import check_books
    from essaim.ledger.models import JournalEntry

    if connection.needs_rollback or not JournalEntry.objects.exists():
        return ""
    report = check_books()
    return "" if report.sound else str(report)


def _let_the_flush_through() -> None:
    """A test with real transactions ends with every table truncated; guards against that step aside for it."""
    from django.db import transaction
    from django.db.backends.postgresql.operations import DatabaseOperations

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger "
                "WHERE tgtype & 32 > 0 AND NOT tgisinternal"
            )
            guards = cursor.fetchall()
            for table, guard in guards:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
            for sql in sql_list:
                cursor.execute(sql)
            for table, guard in guards:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]

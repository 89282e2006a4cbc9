"""For the tests: every test that posts ends with the books checked.

Loaded by the conftest at the root of the repository.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

DATABASE = frozenset({"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"})
RAN = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "breaks_books: leaves the books unsound on purpose")


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

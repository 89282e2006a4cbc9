"""The fixture that gives each test process its database; apart, because it must register after pytest-django."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from essaim.server.clones import Clones

FILLED = "SELECT '{0}' WHERE EXISTS (SELECT FROM \"{0}\")"
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[Emptying]:
    emptying = Emptying()
    clones = Clones(os.environ["ESSAIM_TEST_SERVER"])
    with django_db_blocker.unblock():
        clones.use(os.environ.get("PYTEST_XDIST_WORKER", "main"))
        emptying.begin()
    yield emptying
    with django_db_blocker.unblock():
        clones.drop()


class Emptying:
    """A test with real transactions ends by emptying the tables it filled, those that nothing may be taken out of
    and the queue of jobs included; what migrations put into a table stays.

    Django would truncate every table, filled or not, and write permissions anew: a second for each such test.
    """

    def __init__(self) -> None:
        self.migrated: list[str] = []

    def begin(self) -> None:
        """The database is fresh."""
        from django.test import TransactionTestCase

        self.migrated = self._filled()
        TransactionTestCase._fixture_teardown = lambda _: self.empty()  # type: ignore[attr-defined]

    def empty(self) -> None:
        from django.db import connection, transaction

        tables = [table for table in self._filled() if table not in self.migrated]
        if not tables:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no guard, no order
            cursor.execute(";".join(f'DELETE FROM "{table}"' for table in tables))

    @staticmethod
    def _filled() -> list[str]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            cursor.execute(" UNION ALL ".join(FILLED.format(table) for (table,) in cursor.fetchall()))
            return [table for (table,) in cursor.fetchall()]

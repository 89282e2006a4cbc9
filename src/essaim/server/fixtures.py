"""The fixture that gives each test process its database; apart, because it must register after pytest-django."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from essaim.server.clones import Clones

JOBS = (
    "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers CASCADE"
)
ON_TRUNCATE = 32  # bit of pg_trigger.tgtype
GUARDED = (
    f"SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgtype & {ON_TRUNCATE} > 0"
)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    _empty_guarded_tables_too()
    clones = Clones(os.environ["ESSAIM_TEST_SERVER"])
    with django_db_blocker.unblock():
        clones.use(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    yield
    with django_db_blocker.unblock():
        clones.drop()


def _empty_guarded_tables_too() -> None:
    """A test with real transactions ends by truncating every table; the append-only ones refuse. Lift their
    guards for that one statement, in its transaction; and empty the queue of jobs, which Django does not manage."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    execute_sql_flush = DatabaseOperations.execute_sql_flush

    def flush(operations: DatabaseOperations, statements: list[str]) -> None:
        with operations.connection.cursor() as cursor:
            cursor.execute(GUARDED)
            tables = [table for (table,) in cursor.fetchall()]
        lifted = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
        restored = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        execute_sql_flush(operations, [*lifted, *statements, JOBS, *restored])

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign, assignment]

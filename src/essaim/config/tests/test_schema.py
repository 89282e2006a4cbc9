"""The kept schema is what the migrations make, and is used only where it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from essaim.config import schema
from essaim.server.binaries import find_binaries

MIGRATE = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
call_command({command}, verbosity=0, interactive=False)
"""
FILLED, MIGRATED = "'migrate'", "migrate.Command()"


@pytest.fixture
def database(tmp_path) -> Iterator[Callable[[str], str]]:
    """Make an empty database on the tests' server; its address."""
    server = os.environ["ESSAIM_TEST_SERVER"]
    made: list[str] = []
    with psycopg.connect(urlunsplit(urlsplit(server)._replace(path="/postgres")), autocommit=True) as admin:

        def make(name: str) -> str:
            made.append(f"essaim_test_{os.getpid()}_{name}")
            admin.execute(f'CREATE DATABASE "{made[-1]}" TEMPLATE template0')
            return urlunsplit(urlsplit(server)._replace(path=f"/{made[-1]}"))

        yield make
        for name in made:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepared(url: str, command: str) -> str:
    """What a house's first day leaves in the database."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "essaim.config.settings"}
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MIGRATE.format(command=command)], env=environment, check=True
    )
    with psycopg.connect(url) as opened:
        opened.execute("UPDATE django_migrations SET applied = '2000-01-01T00:00:00Z'")
    return written_down(url)


def copied(url: str, text: str) -> str:
    """The same once more: PostgreSQL words a constraint it read differently from one it was told."""
    with psycopg.connect(url) as opened:
        opened.execute(text)
    return written_down(url)


def written_down(url: str) -> str:
    """Tables, constraints, functions, triggers and rows."""
    dump = [find_binaries() / "pg_dump", "--no-owner", "--no-comments", "--column-inserts", f"--dbname={url}"]
    lines = subprocess.run(dump, check=True, capture_output=True, text=True).stdout.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


@pytest.mark.slow
def test_the_kept_schema_is_what_the_migrations_make(database):
    assert schema.is_current(), "make schema"
    made = prepared(database("migrated"), MIGRATED)
    copy = copied(database("copied"), made)
    assert sorted(prepared(database("filled"), FILLED).splitlines()) == sorted(
        copy.splitlines()
    )  # rows have no order


@pytest.mark.django_db
def test_a_database_that_is_not_empty_is_left_alone():
    assert schema.fill(connection) is False


def test_a_schema_of_other_migrations_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "FILE", tmp_path / "schema.sql")
    assert schema.is_current() is False
    schema.FILE.write_text(f"{schema.MARK}{'0' * 64}\n")
    assert schema.is_current() is False
    schema.FILE.write_text(f"{schema.MARK}{schema.mark()}\nSELECT 1;\n")
    assert schema.is_current() is True

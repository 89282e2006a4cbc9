"""A migrated template database made once, and clones of it. Used by the tests; Django is imported late."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

SOURCE = Path(__file__).resolve().parent.parent
ROOT = SOURCE.parent.parent
LOCK = 0x657373_61696D  # any number, the same for every process


class Clones:
    """Test databases on the server at `url`. The names say the process that made them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clone = ""

    @property
    def template(self) -> str:
        return f"essaim_template_{migration_mark()}"

    def use(self, worker: str) -> None:
        """Point Django at a fresh clone of the template, which is made first if this code has none yet."""
        self.clone = f"essaim_test_{os.getpid()}_{worker}"
        with self._administration() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if not _exists(admin, self.template):
                self._make_template(admin)
            admin.execute(f'CREATE DATABASE "{self.clone}" TEMPLATE "{self.template}"')
        _use(self.clone)

    def drop(self) -> None:
        _use(self.clone)  # closes what is open
        with self._administration() as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{self.clone}" WITH (FORCE)')

    def drop_leftovers(self) -> None:
        """Clones of runs that were killed, and templates of code that is gone."""
        with self._administration() as admin:
            names = admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'essaim_test_%%' "
                "OR datname LIKE 'essaim_template_%%' AND datname <> %s",
                [self.template],
            )
            for (name,) in names.fetchall():
                admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _make_template(self, admin: psycopg.Connection) -> None:
        from django.core.management import call_command

        draft = f"essaim_test_draft_{os.getpid()}"
        admin.execute(f'CREATE DATABASE "{draft}" TEMPLATE template0')
        _use(draft)
        call_command("migrate", verbosity=0, interactive=False)
        _use(draft)
        admin.execute(f'ALTER DATABASE "{draft}" RENAME TO "{self.template}"')

    @contextmanager
    def _administration(self) -> Iterator[psycopg.Connection]:
        parts = urlsplit(self.url)
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
            yield connection


def migration_mark() -> str:
    """Changes with anything a migrated database depends on: migrations, models, settings, locked packages."""
    digest = hashlib.sha256()
    patterns = (
        "**/migrations/**/*",
        "**/sql/*",
        "**/models.py",
        "**/models/*.py",
        "**/apps.py",
        "config/settings.py",
    )
    files = {path for pattern in patterns for path in SOURCE.glob(pattern) if path.suffix in {".py", ".sql"}}
    for path in [*sorted(files), ROOT / "requirements-dev.lock"]:
        if path.exists():
            digest.update(f"{path}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _use(name: str) -> None:
    """Close Django's connection and point it at database `name`."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    connection = connections["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.close()
    if connection.pool is not None:
        connection.close_pool()
    connection.settings_dict["NAME"] = name

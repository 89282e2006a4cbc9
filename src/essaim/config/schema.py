"""The database as the migrations leave it, kept as SQL: an empty one is filled in a second where they take ten.

`make schema` writes it. It bears the mark of the migrations it was made by; where theirs is another it is not used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("schema.sql")
MARK = "-- made by the migrations "
FOLDERS = ("migrations", "sql")
EMPTY = """
SELECT current_schema() = 'public' AND NOT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')
)
"""


def fill(connection: BaseDatabaseWrapper) -> bool:
    """Fill an empty database with the kept schema, all or nothing. False when not empty, or the schema is old."""
    if not is_current():
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(EMPTY)
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(FILE.read_text())
        cursor.execute("UPDATE public.django_migrations SET applied = now()")
    return True


def is_current() -> bool:
    """Whether the kept schema is the one the installed migrations make."""
    try:
        with FILE.open() as file:
            return file.readline().strip() == MARK + mark()
    except FileNotFoundError:
        return False


def mark() -> str:
    """Changes with any migration of any installed application, and with the SQL they read."""
    digest = hashlib.sha256()
    for application in apps.get_app_configs():
        for path in _written(Path(application.path)):
            digest.update(f"{application.label}/{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _written(application: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (application / folder).rglob("*") if path.suffix in {".py", ".sql"})

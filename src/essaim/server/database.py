"""Dump a database and put one in the place of another, with PostgreSQL's own client programs."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import IO
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from essaim.server.binaries import find_binaries
from essaim.server.obstacles import Obstacle

HEADER_LINES = 40  # where a dump puts its settings, before any data
NOT_EVERYWHERE = b"SET transaction_timeout"  # since 17


def dump(url: str, file: Path) -> None:
    """In PostgreSQL's custom format: compressed, and a consistent picture of one moment."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", f"--dbname={url}")


def is_inhabited(url: str) -> bool:
    """Does the database hold a house with members?"""
    with psycopg.connect(url) as connection:
        table = connection.execute("SELECT to_regclass('public.people_member')").fetchone()
        if table is None or table[0] is None:
            return False
        return connection.execute("SELECT 1 FROM people_member LIMIT 1").fetchone() is not None


def replace(url: str, dump: Path) -> None:
    """Restore `dump` into a new database, then give it the old one's name. A failure leaves the old one as it was."""
    name = urlsplit(url).path.lstrip("/")
    draft, old = f"{name}_restoring", f"{name}_before"
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as admin:
        _refuse_open(admin, name)
        _drop(admin, draft)
        _drop(admin, old)
        _create(admin, draft, like=name)
        try:
            _fill(_named(url, draft), dump)
        except Obstacle:
            _drop(admin, draft)
            raise
        _rename(admin, name, old)
        _rename(admin, draft, name)
        _drop(admin, old)


def _refuse_open(admin: psycopg.Connection, name: str) -> None:
    count = admin.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]).fetchone()
    if count and count[0]:
        raise Obstacle(
            f"The house is open: {count[0]} connections use its database.", "Stop essaim serve, then restore."
        )


def _create(admin: psycopg.Connection, name: str, *, like: str) -> None:
    """An empty database that sorts as `like` does."""
    row = admin.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = %s", [like]).fetchone()
    assert row is not None
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}")
    try:
        admin.execute(statement.format(sql.Identifier(name), *map(sql.Literal, row)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Obstacle(
            "The role of DATABASE_URL may not create databases, which a restore needs.",
            "Let it: ALTER ROLE … CREATEDB, then restore again.",
        ) from error


def _fill(url: str, dump: Path) -> None:
    """Through text, so that an older server can be filled: it is spared the settings it does not know."""
    binaries = find_binaries()
    reader: list[str | Path] = [binaries / "pg_restore", "--no-owner", "--no-privileges", "--file=-", dump]
    writer: list[str | Path] = [
        binaries / "psql",
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        f"--dbname={url}",
    ]
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(reader, stdout=PIPE, stderr=said) as reading,
        subprocess.Popen(writer, stdin=PIPE, stdout=subprocess.DEVNULL, stderr=said) as writing,
    ):
        assert reading.stdout is not None
        assert writing.stdin is not None
        with suppress(BrokenPipeError):
            _pour(reading.stdout, writing.stdin)
        reading.stdout.close()
        with suppress(BrokenPipeError):
            writing.stdin.close()
        if reading.wait() | writing.wait():
            said.seek(0)
            raise _failed("The restore", said.read())


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    for line in itertools.islice(source, HEADER_LINES):
        if not line.startswith(NOT_EVERYWHERE):
            target.write(line)
    shutil.copyfileobj(source, target)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _rename(admin: psycopg.Connection, name: str, new: str) -> None:
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([find_binaries() / program, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise _failed(program, done.stderr)


def _failed(what: str, said: str) -> Obstacle:
    return Obstacle(
        f"{what} failed:\n{said.strip()}",
        "If this speaks of a version or of SSL, name in ESSAIM_PG_BIN the folder of the system's own "
        "PostgreSQL programs, of the server's version or later.",
    )

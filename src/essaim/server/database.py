"""Dump a database and put one in the place of another, with PostgreSQL's own client programs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from essaim.server.binaries import find_binaries
from essaim.server.obstacles import Obstacle


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
        _create(admin, draft)
        try:
            _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_named(url, draft)}", str(dump))
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


def _create(admin: psycopg.Connection, name: str) -> None:
    try:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Obstacle(
            "The role of DATABASE_URL may not create databases, which a restore needs.",
            "Let it: ALTER ROLE … CREATEDB, then restore again.",
        ) from error


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _rename(admin: psycopg.Connection, name: str, new: str) -> None:
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([find_binaries() / program, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise Obstacle(
            f"{program} failed:\n{done.stderr.strip()}",
            "If it speaks of a version, name the folder of the server's own version in ESSAIM_PG_BIN.",
        )

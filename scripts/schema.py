#!/usr/bin/env python
"""Keep the database as the migrations leave it, in src/essaim/config/schema.sql: an empty house is filled with it.

scripts/schema.py           make a database by the migrations and write it down
scripts/schema.py --check   fail when the migrations have changed since
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from essaim.cli.house import opened, set_up_without_a_house
from essaim.config import schema
from essaim.server.binaries import find_binaries

DUMP = ("--no-owner", "--no-comments", "--rows-per-insert=500", "--encoding=UTF8")
# What only some servers know, what only psql knows, and what says nothing.
LEFT_OUT = ("SET transaction_timeout", "SET default_table", "REVOKE ALL", "\\restrict", "\\unrestrict", "--")
GRANTED = re.compile(r"GRANT (?P<kept>[A-Z,]+) ON TABLE (?P<table>\S+) TO \S+;")
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
SAME_DAY = "UPDATE django_migrations SET applied = '2000-01-01T00:00:00Z'"


def main() -> int:
    if "--check" in sys.argv:
        set_up_without_a_house()
        if schema.is_current():
            return 0
        sys.stderr.write("The kept schema is not what the migrations make any more: make schema.\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="essaim-schema-") as folder:
        os.environ["ESSAIM_HOME"] = folder
        with opened():
            call_command(migrate.Command(), verbosity=0, interactive=False)
            schema.FILE.write_text(f"{schema.MARK}{schema.mark()}\n" + written_down())
    return 0


def written_down() -> str:
    """The database Django is connected to, as SQL that any server from 15 on understands."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_DAY)
    address = os.environ["DATABASE_URL"]
    command = [find_binaries() / "pg_dump", *DUMP, f"--dbname={address}"]
    dump = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "\n".join(_useful(dump)) + "\n"


def _useful(dump: str) -> Iterator[str]:
    previous = ""
    for line in dump.splitlines():
        if line.startswith(LEFT_OUT) or not (line or previous):
            continue
        yield _anywhere(line)
        previous = line


def _anywhere(line: str) -> str:
    """The line as it holds in any database: settings are the transaction's own, rights its owner's."""
    local = re.sub(r"^SET (\w+ = .*;)$", r"SET LOCAL \1", line)
    local = local.replace("set_config('search_path', '', false)", "set_config('search_path', '', true)")
    return GRANTED.sub(_revoked, local)


def _revoked(granted: re.Match[str]) -> str:
    """What the owner gave up, said as such: servers differ in what there is to grant."""
    lost = [privilege for privilege in PRIVILEGES if privilege not in granted["kept"].split(",")]
    return f"REVOKE {', '.join(lost)} ON TABLE {granted['table']} FROM CURRENT_USER;"


if __name__ == "__main__":
    sys.exit(main())

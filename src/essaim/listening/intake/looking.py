"""Near-duplicates behind a large file, looked for by a process of its own: threads of one share the interpreter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from subprocess import PIPE, CalledProcessError, Popen

from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from essaim.listening.intake.alike import Looking, find_all_alike, waits_for_the_month_before

REST = "rest"
CODE = "import django; django.setup(); from essaim.listening.intake.looking import main; main()"


def look(months: Iterable[date], is_whole: Callable[[], bool]) -> int:
    """Look at each month as it is told, and in the end, when the file came in whole, at all that are left."""
    looking = Looking()
    found = sum(looking.at(month) for month in months if not waits_for_the_month_before(month))
    return found + (find_all_alike() if is_whole() else 0)


def look_apart(months: Iterable[date], is_whole: Callable[[], bool]) -> int:
    """The same in another process. Raises CalledProcessError when it fails."""
    command, alone = [sys.executable, "-c", CODE], os.environ | {"ESSAIM_DB_POOL": "0"}
    with Popen(command, env=alone, stdin=PIPE, stdout=PIPE, text=True, bufsize=1, start_new_session=True) as process:
        assert process.stdin
        for month in months:
            process.stdin.write(f"{month}\n")
        told, _ = process.communicate(f"{REST}\n" if is_whole() else "")
    if process.returncode:
        raise CalledProcessError(process.returncode, "near-duplicates")
    return int(told.split()[-1])


def can_look_apart() -> bool:
    """Another process finds the database by the environment: is it this one?"""
    named = conninfo_to_dict(os.environ.get("DATABASE_URL", "")).get("dbname")
    return "DJANGO_SETTINGS_MODULE" in os.environ and named == connection.settings_dict["NAME"]


def main() -> None:
    """Months by their first day, a line each, then “rest”; tells how many mentions turned out alike."""
    lines = iter(sys.stdin.readline, "")
    last: list[str] = []

    def months() -> Iterator[date]:
        for line in lines:
            if line.strip() == REST:
                last.append(line)
                return
            yield date.fromisoformat(line.strip())

    sys.stdout.write(f"{look(months(), lambda: bool(last))}\n")

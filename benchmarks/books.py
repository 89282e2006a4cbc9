"""Journal entries per second, one by one and in batches of 10,000, beside pgbench writing two rows bare."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.load import pgbench
from benchmarks.report import Row, against, publish

THREADS = 8
SINGLES = 150  # per thread
BATCH = 10_000
PAIR = """\\set account random(1, 5000)
BEGIN;
INSERT INTO bench_posting (entry, account, amount) VALUES (1, :account, 5), (1, 1, -5);
END;
"""


def main() -> None:
    from essaim.server.binaries import find_binaries
    from essaim.server.postgres import Postgres

    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        server = Postgres(Path(folder) / "house")
        with server.running() as url:
            os.environ |= {
                "DATABASE_URL": url,
                "ESSAIM_HOME": folder,
                "DJANGO_SETTINGS_MODULE": "essaim.config.settings",
            }
            with server.connect("essaim") as connection:
                connection.execute("CREATE TABLE bench_posting (entry int, account int, amount bigint)")
            floor = Row(
                "pgbench, two rows a transaction, 8 clients",
                pgbench(find_binaries().folder, url, PAIR, clients=THREADS),
                "transactions/s",
            )
            rows = [
                floor,
                against("single entries, 8 threads", _singles(), "entries/s", floor),
                against("batches of 10,000", _batches(), "entries/s", floor),
            ]
            _close()
    publish("books", rows)


def _singles() -> float:
    """Each thread gives points to members of its own, one committed entry at a time."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _members()
    threads = [threading.Thread(target=_give, args=(number,)) for number in range(THREADS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return THREADS * SINGLES / (time.perf_counter() - began)


def _members() -> None:
    from essaim.people.models import Member

    Member.objects.bulk_create(
        Member(email=f"m{n}@demo.example", handle=f"m{n:05}", display_name=f"M {n}") for n in range(5_000)
    )


def _entry(key: str, number: int) -> object:
    from essaim.ledger.entries import points

    return points(number % 5_000 + 1, key=key, amount=5, memo="bench")


def _give(thread: int) -> None:
    from django.db import connection

    from essaim.ledger.post import post

    for number in range(SINGLES):
        post(_entry(f"bench:{thread}:{number}", thread * SINGLES + number))  # type: ignore[arg-type]
    connection.close()


def _batches() -> float:
    from essaim.ledger.post import post_many

    batches = [[_entry(f"batch:{batch}:{n}", n) for n in range(BATCH)] for batch in range(3)]
    began = time.perf_counter()
    for batch in batches:
        post_many(batch)  # type: ignore[arg-type]
    return len(batches) * BATCH / (time.perf_counter() - began)


def _close() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        connection.close_pool()


if __name__ == "__main__":
    main()

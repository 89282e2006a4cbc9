"""Listening, figure by figure. Each group is a function that returns rows; all share one house, empty at first.

`python -m benchmarks.listening [GROUP…]`; BENCH_POSTS makes the file of posts smaller.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import calculation, influence
from benchmarks.feeds import feeds
from benchmarks.intake import intake
from benchmarks.reading import reading
from benchmarks.report import Row, publish

GROUPS: dict[str, Callable[[], list[Row]]] = {
    "intake": intake,
    "feeds": feeds,
    "reading": reading,
    "influence": influence.rows,
    "calculation": calculation.rows,
}


def main() -> None:
    from essaim.server.postgres import Postgres

    chosen = sys.argv[1:] or GROUPS
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder,
        Postgres(Path(folder) / "house").running() as url,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "ESSAIM_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "essaim.config.settings",
        }
        _set_up()
        for name in chosen:
            rows += GROUPS[name]()
        _close()
    publish("listening", rows)


def _set_up() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _close() -> None:
    from essaim.config.pool import close_pools

    close_pools()


if __name__ == "__main__":
    main()

"""An open house full of fans, as those tests see it that kill parts of it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.conftest import HERE, Open, environment, eventually, free_port
from tests.faults.fans import ask, request


@dataclass
class Stadium:
    """An open house of signed-in fans; every test takes a campaign of its own."""

    house: Open
    sessions: list[str]
    campaigns: Iterator[dict[str, Any]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.house.port}"

    def one(self, session: str, campaign: dict[str, Any], camp: int = 0) -> tuple[int, dict[str, object]]:
        written = request(self.url, session, campaign["round"], campaign["camps"][camp])
        return asyncio.run(ask(self.url, written))

    @contextmanager
    def crowd(self, campaign: dict[str, Any]) -> Iterator[Callable[[], dict[str, str]]]:
        """Fans who cheer until the block ends; what each was told so far."""
        folder = self.house.home.parent
        log = folder / f"told-{campaign['round']}"
        words = [self.url, folder / "house" / "sessions.txt", campaign["round"], campaign["camps"][0], log]
        process = subprocess.Popen([sys.executable, HERE / "fans.py", *map(str, words)])

        def told() -> dict[str, str]:
            lines = log.read_text().splitlines() if log.exists() else []
            return dict(line.split() for line in lines if line.count(" ") == 1)

        try:
            yield told
        finally:
            process.kill()
            process.wait()

    def rows(self, campaign: dict[str, Any]) -> Counter[str]:
        return Counter(supporter for (supporter,) in self.query(SUPPORTERS, campaign["round"]))

    def query(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.house.url()) as connection:
            return connection.execute(statement.encode(), parameters).fetchall()

    def exact(self, campaign: dict[str, Any]) -> None:
        """What people are told is what the rows say, minute by minute and in all."""
        eventually(lambda: not self.query(WAITING, campaign["round"]), 60)
        counted = dict(self.query(RECOUNT, campaign["round"]))
        assert dict(self.query(TOTALS, campaign["round"])) == counted
        assert dict(self.query(MINUTES, campaign["round"])) == counted


SUPPORTERS = "SELECT supporter FROM cheer_cheer WHERE phase_id = %s"
WAITING = "SELECT FROM cheer_shift WHERE phase_id = %s"
RECOUNT = "SELECT camp_id, count(*) FROM cheer_cheer WHERE phase_id = %s GROUP BY camp_id"
TOTALS = "SELECT camp_id, sum(count) FROM cheer_total WHERE phase_id = %s GROUP BY camp_id HAVING sum(count) <> 0"
MINUTES = "SELECT camp_id, sum(count) FROM cheer_tally WHERE phase_id = %s GROUP BY camp_id HAVING sum(count) <> 0"


@contextmanager
def opened(home: Path) -> Iterator[Open]:
    port, log = free_port(), home.with_name(f"{home.name}.log")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "essaim.cli", "serve", "--port", str(port), "--workers", "2"],
            env=environment(home) | {"ESSAIM_HASHED_STATIC": "1"},  # browsers come, with their files
            stdout=output,
            stderr=output,
        )
    try:
        house = Open(process, home, port, log)
        house.wait_for("The house is open")
        yield house
    finally:
        process.terminate()
        process.wait(60)

"""A whole evening in one run: cheers of very many members, pages and the count watched meanwhile, then recounted.

CHEERS, MEMBERS and SCREENS in the environment make it smaller; as it stands it is 500,000 by 300,000 with 1,000.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks import houses
from benchmarks.callers import Calls, call, readers
from benchmarks.cheers import Stadium, gather, written
from benchmarks.report import Row, publish

CHEERS = int(os.environ.get("CHEERS", "500000"))
MEMBERS = int(os.environ.get("MEMBERS", "300000"))
SCREENS = int(os.environ.get("SCREENS", "1000"))
PIECE = 2_000
DOORS = 128


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        home = Path(folder) / "house"
        crowd = gather(home, MEMBERS, -(-CHEERS // MEMBERS))
        with houses.opened(home) as (url, _seconds):
            stadium = Stadium(home, url, crowd["sessions"], crowd["rounds"])
            rows = asyncio.run(evening(stadium))
            rows += recounted(home, stadium)
    publish("cheer-evening", rows)


@dataclass
class Memory:
    """The most the house has held, all its processes together, shared pages counted by their share."""

    home: Path
    most: int = 0

    async def watch(self) -> None:
        while True:
            self.most = max(self.most, await asyncio.to_thread(self._now))
            await asyncio.sleep(3)

    def _now(self) -> int:
        mark, total = f"ESSAIM_HOME={self.home}\0".encode(), 0
        server = (self.home / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                ours = server in (process.name, parent) or mark in (process / "environ").read_bytes()
                total += _share(process) if ours else 0
        return total


def _share(process: Path) -> int:
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


async def evening(stadium: Stadium) -> list[Row]:
    memory, campaign = Memory(stadium.home), stadium.rounds[0]
    watching = asyncio.create_task(memory.watch())
    screens = await readers(stadium.url, f"/cheer/live/{campaign['campaign']}/tally", SCREENS)
    over, began = asyncio.Event(), time.perf_counter()
    reading = asyncio.create_task(visits(stadium, over))
    cheers = await everyone(stadium)
    took = time.perf_counter() - began
    over.set()
    pages = await reading
    await asyncio.sleep(2)
    watching.cancel()
    behind = sum(not each.totals or each.totals[-1] != MEMBERS for each in screens)
    return [
        Row(f"{CHEERS:,} cheers by {MEMBERS:,} members", took / 60, "minutes"),
        Row("cheers acknowledged", CHEERS / took, "per second"),
        Row("cheers not taken", cheers.refused, "answers"),
        Row("answer to a cheer, p99", cheers.centile(99), "ms"),
        Row("pages read meanwhile", len(pages.times), ""),
        Row("pages refused", pages.refused, ""),
        Row("page, p95", pages.centile(95), "ms"),
        Row(f"of {SCREENS:,} screens, behind at the end", behind, ""),
        Row("memory of the house at its peak", memory.most / 1024, "MiB"),
    ]


async def everyone(stadium: Stadium) -> Calls:
    """Everybody's cheers, as fast as they are answered, a piece after the other."""
    requests, calls, left = stadium.requests(), Calls(), CHEERS
    while left:
        piece = min(PIECE, left)
        some = await call(stadium.url, requests, 1e9, piece / 1e9 * 1.000001, callers=DOORS)
        calls.times += some.times
        calls.refused += some.refused
        left -= piece
    return calls


async def visits(stadium: Stadium, over: asyncio.Event) -> Calls:
    def pages() -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            yield stadium.page("/", stadium.sessions[number % len(stadium.sessions)])

    calls, requests = Calls(), pages()
    while not over.is_set():
        some = await call(stadium.url, requests, 5, 5, callers=8)
        calls.times += some.times
        calls.refused += some.refused
    return calls


def recounted(home: Path, stadium: Stadium) -> list[Row]:
    """Rows, and the count of every campaign by `essaim tally`: what the rows say."""
    total = 0
    for campaign in stadium.rounds:
        command = [houses.BIN / "essaim", "tally", campaign["slug"], "--json"]
        out = subprocess.run(command, env=os.environ | {"ESSAIM_HOME": str(home)}, check=True, capture_output=True)
        total += sum(each["total"] for each in json.loads(out.stdout)["rounds"])
    return [Row("cheers in the rows", written(home), ""), Row("cheers recounted", total, "")]


if __name__ == "__main__":
    main()

"""Pages and votes per second through the whole stack, beside a bare Django view and pgbench's single-row insert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import houses
from benchmarks.load import CLIENTS, pgbench, wrk
from benchmarks.report import Row, against, publish

VOTERS = 500
TOKEN = "b" * 32

VOTE = """
local sessions = {%(sessions)s}
local ideas = {%(ideas)s}
local stances = {"agree"}
math.randomseed(1)
request = function()
  local headers = {
    ["Cookie"] = "sessionid=" .. sessions[math.random(#sessions)] .. "; csrftoken=%(token)s",
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
  local path = "/contest/%(contest)s/ideas/" .. ideas[math.random(#ideas)] .. "/vote/"
  return wrk.format("POST", path, headers, "csrfmiddlewaretoken=%(token)s&stance=agree")
end
"""

INSERT = """\\set campaign random(1, 20)
\\set member random(1, 1000000000)
INSERT INTO bench_vote (campaign, member, value) VALUES (:campaign, :member, 1);
"""


def main() -> None:
    with houses.served() as house:
        rows = [*_pages(house), *_votes(house)]
    publish("web", rows)


def _pages(house: houses.House) -> list[Row]:
    bare = Row("bare Django view", _bare(), "requests/s")
    rows = [bare]
    for name, path in (("home page", "/"), ("contest page", "/contest/le-pot-qui-revient/")):
        load = wrk(house.url + path)
        rows += [
            against(f"{name}, {CLIENTS} clients", load.per_second, "requests/s", bare),
            Row(f"{name}, p99", load.p99, "ms"),
        ]
        rows += _failures(name, load.refused)
    return rows


def _bare() -> float:
    port = houses.free_port()
    server: list[str | Path] = [sys.executable, "-m", "benchmarks.bare", str(port)]
    with houses.running(server, f"http://127.0.0.1:{port}/", dict(os.environ)):
        return wrk(f"http://127.0.0.1:{port}/").per_second


def _votes(house: houses.House) -> list[Row]:
    voters = _open_sessions(house.home)
    figures = {
        "sessions": ",".join(f'"{key}"' for key in voters["sessions"]),
        "ideas": ",".join(str(number) for number in voters["ideas"]),
        "contest": voters["contest"],
        "token": TOKEN,
    }
    insert = Row("pgbench, one-row insert", _pgbench(house.home), "transactions/s")
    load = wrk(house.url, VOTE % figures)
    rows = [
        insert,
        against(f"votes, {CLIENTS} clients", load.per_second, "requests/s", insert),
        Row("votes, p99", load.p99, "ms"),
    ]
    return rows + _failures("votes", load.refused)


def _failures(name: str, refused: int) -> list[Row]:
    return [Row(f"{name}, answers that were errors", refused, "")] if refused else []


def _open_sessions(home: Path) -> dict[str, list[str]]:
    command = [sys.executable, "-m", "benchmarks.voters", str(VOTERS)]
    environment = os.environ | {"ESSAIM_HOME": str(home), "ESSAIM_DEMO": "1"}
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found: dict[str, list[str]] = json.loads(out.splitlines()[-1])
    return found


def _pgbench(home: Path) -> float:
    from essaim.server.binaries import find_binaries
    from essaim.server.postgres import Postgres

    server = Postgres(home)
    with server.running() as url:
        with server.connect("essaim") as connection:
            connection.execute("CREATE TABLE bench_vote (campaign int, member int, value int)")
        try:
            return pgbench(find_binaries().folder, url, INSERT)
        finally:
            with server.connect("essaim") as connection:
                connection.execute("DROP TABLE bench_vote")


if __name__ == "__main__":
    main()

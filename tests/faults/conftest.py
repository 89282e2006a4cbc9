"""Houses of their own for tests that kill: none touches the server the other tests run on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from essaim.server.cluster import Cluster
from essaim.server.postgres import Postgres

HERE = Path(__file__).parent


@pytest.fixture
def home(tmp_path):
    return tmp_path / "house"


@dataclass
class Open:
    """A running `essaim serve`."""

    process: subprocess.Popen
    home: Path
    port: int
    log: Path

    def wait_for(self, text: str, seconds: float = 120) -> None:
        eventually(lambda: text in self.log.read_text(), seconds, self.log.read_text)

    def url(self) -> str:
        """Of the database that runs now; only while one does."""
        server = Postgres(self.home)
        assert server.attach()
        return server.url()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A house whose database is migrated, made once; migrating takes longer than all the killing."""
    home = tmp_path_factory.mktemp("prepared") / "house"
    subprocess.run([sys.executable, "-m", "essaim.cli", "prepare"], env=environment(home), check=True)
    return home


@pytest.fixture
def settled(prepared, home):
    """A copy of the prepared house, closed; its data keep their owner."""
    subprocess.run(["cp", "-a", prepared, home], check=True)
    return home


@pytest.fixture
def serve(home, tmp_path):
    """Start `essaim serve` on `home`; what is left of it is killed at the end."""
    started = []

    def start(*arguments: str) -> Open:
        port, log = free_port(), tmp_path / f"serve-{len(started)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "essaim.cli", "serve", "--port", str(port), "--workers", "1", *arguments],
                env=environment(home),
                stdout=output,
                stderr=output,
            )
        started.append(Open(process, home, port, log))
        return started[-1]

    yield start
    for each in started:
        with suppress(ProcessLookupError):
            each.process.kill()
        each.process.wait()
    eventually(lambda: survivors(home) == [], 60, lambda: survivors(home))


@pytest.fixture
def writer(tmp_path):
    """Start the writer on a database; its log names every acknowledged row."""
    log = tmp_path / "acknowledged"
    started = []

    def start(url: str) -> Callable[[], set[tuple[int, int]]]:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE written (thread int, number int)")
        started.append(subprocess.Popen([sys.executable, HERE / "writer.py", url, log], stderr=subprocess.DEVNULL))
        eventually(lambda: log.exists() and log.stat().st_size > 2_000, 60)
        return lambda: {tuple(map(int, line.split())) for line in log.read_text().splitlines()}

    yield start
    for each in started:
        each.kill()
        each.wait()


def environment(home: Path) -> dict[str, str]:
    """Of a house alone in the world: none of what the test run set for itself."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return ours | {"ESSAIM_HOME": str(home), "ESSAIM_HASHED_STATIC": "0", "PYTHONWARNINGS": "ignore"}


def written(home: Path) -> set[tuple[int, int]]:
    """What is in the table after the next start."""
    with Postgres(home).running() as url, psycopg.connect(url) as connection:
        return set(connection.execute("SELECT thread, number FROM written").fetchall())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def survivors(home: Path) -> list[str]:
    """Command lines of every living process of the house."""
    marks = (f"ESSAIM_HOME={home}\0".encode(), str(Cluster(home).socket_folder).encode())
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if marks[1] in command or marks[0] in (process / "environ").read_bytes():
                found.append(command.replace(b"\0", b" ").decode())
    return [each for each in found if each]  # a zombie has no command line


def eventually(holds: Callable[[], bool], seconds: float, told: Callable[[], object] = lambda: "") -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, told()
        time.sleep(0.02)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)

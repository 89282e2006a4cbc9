"""kill -9 while people write: what was acknowledged is there, and the next start works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from essaim.server.accounts import is_running
from essaim.server.cluster import Cluster
from essaim.server.postgres import Postgres
from essaim.server.prepared import NOTE
from tests.faults.conftest import HERE, Open, environment, eventually, kill, survivors, written

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


def test_no_acknowledged_write_is_lost_when_postgres_is_killed(home, writer):
    server = Postgres(home)
    acknowledged = writer(server.ensure())
    kill(server.process.pid)
    server.process.wait()
    assert not server.alive()

    found = written(home)

    assert len(acknowledged()) > 100
    assert acknowledged() <= found


def test_no_acknowledged_write_is_lost_when_the_supervisor_is_killed(home, settled, serve, writer):
    house = serve()
    house.wait_for("The house is open")
    acknowledged = writer(house.url())
    house.process.kill()
    house.process.wait()
    eventually(lambda: survivors(home) == [], 60, lambda: survivors(home))

    found = written(home)

    assert len(acknowledged()) > 100
    assert acknowledged() <= found


def test_the_house_opens_again_after_its_supervisor_was_killed(home, settled, serve):
    first = serve()
    first.wait_for("The house is open")
    first.process.kill()
    first.process.wait()
    second = serve()
    second.wait_for("The house is open")


def test_the_supervisor_starts_a_killed_postgres_again(home, settled, serve):
    house = serve()
    house.wait_for("The house is open")
    killed = Cluster(home).postmaster().pid
    kill(killed)
    house.wait_for("PostgreSQL ended; starting it again.")
    eventually(lambda: runs_anew(home, killed), 60)
    assert answers(house.url())


@pytest.mark.parametrize(("program", "told"), [("essaim.server.web", "web"), ("essaim.cli worker", "worker")])
def test_the_supervisor_starts_a_killed_child_again(home, settled, serve, program, told):
    house = serve()
    house.wait_for("The house is open")
    (child,) = [pid for pid, command in children(house.process.pid) if program in command]
    kill(child)
    house.wait_for(f"The {told} process ended (exit code -9); starting it again.")
    eventually(lambda: child not in dict(children(house.process.pid)), 60)
    eventually(lambda: [pid for pid, command in children(house.process.pid) if program in command] != [], 60)


@pytest.mark.parametrize("moment", ["Preparing the house", "The house is open"])
def test_sigterm_ends_everything_within_five_seconds(home, settled, serve, moment):
    (home / NOTE).unlink()  # so that there is something to prepare
    house = serve()
    house.wait_for(moment)
    stops_in_time(house)


@pytest.mark.parametrize("seconds", [0.5, 2.0])
def test_sigterm_is_obeyed_while_a_new_house_is_made(home, serve, seconds):
    house = serve()
    time.sleep(seconds)
    stops_in_time(house)


def test_sigterm_is_obeyed_while_web_and_worker_are_imported(home, settled, serve):
    house = serve()
    eventually(lambda: len(children(house.process.pid)) == 3, 60)
    stops_in_time(house)


def test_ctrl_c_ends_everything_too(home, settled, serve):
    house = serve()
    house.wait_for("The house is open")
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(60) == 0
    assert survivors(home) == []
    assert "Traceback" not in house.log.read_text()


def test_a_killed_postgres_that_nobody_waits_for_is_dead(home):
    """Its parent lives on and does not reap: a zombie still has a process number."""
    keeper = subprocess.Popen(
        [sys.executable, HERE / "keeper.py", home], stdout=subprocess.PIPE, text=True, env=environment(home)
    )
    try:
        pid = int(keeper.stdout.readline().split()[1])
        kill(pid)
        assert Path(f"/proc/{pid}").exists()
        eventually(lambda: not is_running(pid), 60)
        with Postgres(home).running() as url:
            assert answers(url)
    finally:
        keeper.kill()
        keeper.wait()
        keeper.stdout.close()


def test_postgres_ends_cleanly_when_its_keeper_is_killed(home):
    keeper = subprocess.Popen(
        [sys.executable, HERE / "keeper.py", home], stdout=subprocess.PIPE, text=True, env=environment(home)
    )
    keeper.stdout.readline()
    keeper.kill()
    keeper.wait()
    keeper.stdout.close()
    eventually(lambda: Cluster(home).postmaster() is None, 60)
    eventually(lambda: "database system is shut down" in (home / "postgres.log").read_text(), 60)


def test_the_house_takes_over_when_the_command_it_was_attached_to_ends(home, settled, serve):
    with Postgres(home).running():
        house = serve()
        house.wait_for("The house is open")
        before = Cluster(home).postmaster().pid
    house.wait_for("PostgreSQL ended; starting it again.")
    eventually(lambda: runs_anew(home, before), 60)
    assert answers(house.url())


def test_a_taken_port_is_told_with_the_way_round(home, settled, serve):
    house = serve()
    house.wait_for("The house is open")
    second = subprocess.run(
        [sys.executable, "-m", "essaim.cli", "serve", "--port", str(house.port)],
        env=environment(home),
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert f"Port {house.port} of 127.0.0.1 is in use" in second.stderr
    assert "--port" in second.stderr
    assert "Traceback" not in second.stderr


def stops_in_time(house: Open) -> None:
    asked = time.monotonic()
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(60) in {0, -signal.SIGTERM}  # the latter before the program itself is imported
    assert time.monotonic() - asked < 5 * crowd()
    assert survivors(house.home) == []


def crowd() -> float:
    """How many processes ask for each processor, over the last minute; 1 on a machine with room."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def runs_anew(home: Path, before: int) -> bool:
    found = Cluster(home).postmaster()
    return found is not None and found.pid != before


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def children(parent: int) -> list[tuple[int, str]]:
    """(process, command line) of the direct children."""
    pids = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [(int(pid), Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")) for pid in pids]

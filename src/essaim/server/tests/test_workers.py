"""Worker processes: as many as asked for, again when one dies, gone when their keeper ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from essaim.server.accounts import is_running

KEEPER = """
import os, sys, time
from essaim.server import workers
workers.BORN_DEAD = float(sys.argv[2])

def work():
    open(os.path.join(sys.argv[1], str(os.getpid())), "w").close()
    time.sleep(float(sys.argv[3]))

workers.Workers(2, work).keep()
"""


@pytest.fixture
def keeper(tmp_path):
    """Starts the keeper of two workers and returns it."""
    started = []

    def start(born_dead, lives):
        started.append(subprocess.Popen([sys.executable, "-c", KEEPER, tmp_path, str(born_dead), str(lives)]))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()


def numbers(folder, many):
    """The processes that have begun to work, once there are so many."""
    limit = time.monotonic() + 30
    while len(found := {int(each.name) for each in folder.iterdir()}) < many and time.monotonic() < limit:
        time.sleep(0.02)
    return found


def test_a_worker_that_dies_is_followed_by_another_and_all_end_together(keeper, tmp_path):
    kept = keeper(0, 60)
    first = numbers(tmp_path, 2)
    os.kill(min(first), signal.SIGKILL)
    everyone = numbers(tmp_path, 3)
    assert len(everyone) == 3
    kept.terminate()
    assert kept.wait(20) == 0
    assert not any(is_running(each) for each in everyone)


def test_workers_that_die_at_once_end_their_keeper(keeper):
    assert keeper(60, 0).wait(30) == 1


def test_workers_end_with_a_killed_keeper(keeper, tmp_path):
    kept = keeper(0, 60)
    workers = numbers(tmp_path, 2)
    kept.kill()
    kept.wait()
    limit = time.monotonic() + 20
    while any(is_running(each) for each in workers) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not any(is_running(each) for each in workers)

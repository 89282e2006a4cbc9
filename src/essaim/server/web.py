"""The web processes: granian with Django behind it. Run by the supervisor as `python -m essaim.server.web`."""

from __future__ import annotations

import argparse
import gc
import os
import resource
import signal
from functools import partial
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from essaim.server.accounts import ends_with_parent

MOST_CONNECTIONS = 30_000  # per worker; who watches a stream holds one. Beyond, nobody else would be let in
WAITING_AT_THE_DOOR = 4_096  # connections the system keeps for us while we are busy
KILL_AFTER = 2  # seconds a worker may take to finish its requests


def run(host: str, port: int, workers: int) -> None:
    open_many_files()
    import_once()
    server = Granian(
        "essaim.config.asgi",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backlog=WAITING_AT_THE_DOOR,
        backpressure=MOST_CONNECTIONS,
        workers_kill_timeout=KILL_AFTER,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(load, os.getpid()))


def open_many_files() -> None:
    """Everyone who watches a stream holds a connection: as many as the system lets us."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def import_once() -> None:
    """Import the whole house before the workers are forked: once for all of them, in memory they share.

    The door opens when the house can answer. Nothing here may speak to the database: a connection is not shared.
    """
    gc.disable()  # nearly all of it stays: the collector would look for nothing, a quarter of the time
    import_module("essaim.config.asgi")
    import_module("essaim.config.urls")
    gc.collect()
    gc.freeze()  # the collector writes on what it looks at, which would copy it
    gc.enable()


def load(master: int, target: str) -> Any:
    """In the worker: end with the master, even one killed, and obey SIGTERM until the server listens to it."""
    ends_with_parent(signal.SIGKILL, master)()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return import_module(target).application


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    run(**vars(parser.parse_args()))

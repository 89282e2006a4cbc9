"""`essaim serve`: the embedded database when used, the web processes and the worker, started and ended together."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from essaim.server.leftovers import clear
from essaim.server.obstacles import Obstacle
from essaim.server.postgres import Postgres
from essaim.server.prepared import stands
from essaim.server.supervisor import Child, Stop, Stopped, Supervisor

DATABASE_PATIENCE = 0.8  # seconds for a clean stop; children have had theirs, all within five


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        name = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host
        return f"http://{name}:{self.port}/"


def serve(
    home: Path,
    address: Address,
    workers: int,
    say: Callable[[str], None],
    *,
    prepared: bool = False,
    when_open: Callable[[], None] = lambda: None,
) -> None:
    """Keep the house open until SIGTERM or SIGINT. `when_open` is called once the door answers."""
    refuse_taken(address)
    environment = dict(os.environ)
    stop = Stop()
    try:
        with stop.listening(), ExitStack() as stack:
            beside = _database(home, environment, stack, stop, say)
            clear(home)
            if not prepared and not stands(home, environment["DATABASE_URL"]):
                _prepare(environment, stop, say)
            supervisor = Supervisor(
                _children(address, workers), environment, say, stop.pause, _opening(address, beside, when_open)
            )
            supervisor.run()
    except Stopped:
        say("The house is closed.")


def refuse_taken(address: Address) -> None:
    """Binding without SO_REUSEPORT fails when anybody listens there, even another server of ours."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise _refused(address, error) from error


def _refused(address: Address, error: OSError) -> Obstacle:
    if error.errno == errno.EADDRINUSE:
        return Obstacle(
            f"Port {address.port} of {address.host} is in use by another program.",
            f"Stop it or choose another port: essaim serve --port {address.port + 1} "
            f"(with make: PORT={address.port + 1} make demo).",
        )
    if error.errno == errno.EACCES:
        return Obstacle(
            f"This account may not open port {address.port}.",
            "Choose a port above 1023 and let a reverse proxy listen on 80 and 443.",
        )
    return Obstacle(f"{address.host} is not an address of this machine ({error}).", "Choose another --host.")


def _database(
    home: Path, environment: dict[str, str], stack: ExitStack, stop: Stop, say: Callable[[str], None]
) -> Callable[[], None]:
    """Start the embedded server unless DATABASE_URL names one. Returns what keeps it alive."""
    if environment.get("DATABASE_URL"):
        return lambda: None
    postgres = Postgres(home, pause=stop.pause)
    stack.callback(lambda: postgres.stop(DATABASE_PATIENCE))
    environment["DATABASE_URL"] = postgres.ensure()

    def keep() -> None:
        """Start it again after a crash, or when the command it was attached to has ended."""
        if not postgres.alive():
            say("PostgreSQL ended; starting it again.")
            postgres.ensure()

    return keep


def _prepare(environment: dict[str, str], stop: Stop, say: Callable[[str], None]) -> None:
    """In a process of its own, so that the supervisor stays small."""
    say("Preparing the house …")
    child = Child("preparation", [sys.executable, "-m", "essaim.cli", "prepare"])
    child.start(environment)
    assert child.process is not None
    try:
        while child.running:
            stop.pause(0.05)
    finally:
        child.signal(signal.SIGKILL)
        child.process.wait()
    if child.process.returncode:
        raise Obstacle("The database or the static files could not be prepared.", "The message above says why.")


def _children(address: Address, workers: int) -> list[Child]:
    web = [sys.executable, "-m", "essaim.server.web", "--host", address.host, "--port", str(address.port)]
    return [
        Child("web", [*web, "--workers", str(workers)]),
        Child("worker", [sys.executable, "-m", "essaim.cli", "worker"]),
    ]


def _opening(address: Address, keep: Callable[[], None], when_open: Callable[[], None]) -> Callable[[], None]:
    """The supervisor's round: keep the database, and tell once that the door is open."""
    opened = False

    def round_() -> None:
        nonlocal opened
        keep()
        if not opened and _listens(address):
            opened = True
            when_open()

    return round_


def _listens(address: Address) -> bool:
    try:
        socket.create_connection((address.host, address.port), timeout=0.2).close()
    except OSError:
        return False
    return True

"""The embedded PostgreSQL: start it on a house's data folder, attach to one that runs, stop it cleanly.

    with Postgres(home).running() as url:
        ...

The server is a direct child of the thread that starts it, is waited for, and ends with it, even when the
parent is killed. It listens on a Unix socket only.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from essaim.server.accounts import ends_with_parent
from essaim.server.cluster import PORT, ROLE, Cluster, Postmaster, server_environment
from essaim.server.memory import machine_memory, memory_settings
from essaim.server.obstacles import Obstacle

DATABASE = "essaim"
START_PATIENCE = 60.0  # seconds; recovery after a crash reads the log back
STOP_PATIENCE = 20.0
LARGEST_LOG = 10_000_000  # bytes
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
DISPOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One house's server. `settings` are added to postgresql.conf's; DISPOSABLE suits tests and nothing else.

    `pause` sleeps between two looks at a server that starts; it may raise to give up.
    """

    def __init__(
        self,
        home: Path | str,
        settings: Mapping[str, str] | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.cluster = Cluster(Path(home))
        self.settings = SETTINGS | memory_settings(machine_memory()) | dict(settings or {})
        self.pause = pause
        self.process: subprocess.Popen[bytes] | None = None
        self.socket_folder: Path | None = None

    @contextmanager
    def running(self) -> Iterator[str]:
        """The URL of the house's database; the server is stopped afterwards if it was started here."""
        url = self.ensure()
        try:
            yield url
        finally:
            self.stop()

    def ensure(self) -> str:
        """Attach to the server on this folder or start it. One process at a time decides which."""
        self.cluster.home.mkdir(parents=True, exist_ok=True)
        with open(self.cluster.home / "postgres.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.attach():
                self._start()
            self._create_database()
        return self.url()

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@:{PORT}/{database}?host={self.socket_folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True, connect_timeout=5)

    def attach(self) -> bool:
        """True when a server runs on this folder and answers. One that is stopping is waited for."""
        limit = time.monotonic() + START_PATIENCE
        while (found := self.cluster.postmaster()) is not None:
            self.socket_folder = found.socket_folder
            if self.socket_folder is not None and self._answers():
                return True
            if time.monotonic() > limit:
                raise self._silent(found)
            self.pause(0.05)
        return False

    def alive(self) -> bool:
        """Does the server, ours or attached, still run?"""
        if self.process is not None:
            return self.process.poll() is None
        return self.cluster.postmaster() is not None

    def stop(self, patience: float = STOP_PATIENCE) -> None:
        """Clean and fast if it obeys, harder if not; committed rows are safe either way. Others' servers stay."""
        if self.process is None:
            return
        for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                self.process.send_signal(order)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                break
        self.process = None

    def _start(self) -> None:
        if not self.cluster.exists:
            self.cluster.create(durable=self.settings.get("fsync") != "off")
        self.cluster.check_version()
        self.socket_folder = self.cluster.guard()
        limit = time.monotonic() + START_PATIENCE
        while not self._started():
            # A killed server's last backend may still hold the shared memory for a moment.
            if time.monotonic() > limit or "shared memory block" not in self._last_words():
                raise Obstacle(
                    f"PostgreSQL did not start on {self.cluster.folder}. Its last words:\n{self._last_words()}",
                    f"The whole log is in {self.cluster.log}.",
                )
            self.pause(0.2)

    def _started(self) -> bool:
        """Start the child; True when it answers, False when it died."""
        self._spawn()
        while self.process and self.process.poll() is None:
            if self._answers():
                return True
            self.pause(0.01)
        self.process = None
        return False

    def _spawn(self) -> None:
        cluster = self.cluster
        settings = self.settings | {"unix_socket_directories": str(self.socket_folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._turn_log()
        with cluster.handed_over(cluster.folder) as (path, descriptors), open(cluster.log, "ab") as log:
            self.process = subprocess.Popen(
                [cluster.binaries / "postgres", "-D", path, *options],
                cwd="/",
                env=server_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we stop it last
                preexec_fn=ends_with_parent(signal.SIGINT),
                pass_fds=descriptors,
                **(cluster.account.popen_options() if cluster.account else {}),
            )

    def _turn_log(self) -> None:
        log = self.cluster.log
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            os.replace(log, log.with_suffix(".log.1"))

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        with self.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _last_words(self) -> str:
        try:
            return "".join(self.cluster.log.read_text(errors="replace").splitlines(keepends=True)[-12:])
        except FileNotFoundError:
            return ""

    def _silent(self, found: Postmaster) -> Obstacle:
        return Obstacle(
            f"A PostgreSQL server (process {found.pid}) runs on {self.cluster.folder} but does not answer.",
            f"Its log is in {self.cluster.log}. Stop it (kill -INT {found.pid}) and try again.",
        )

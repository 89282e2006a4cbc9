"""Real PostgreSQL for the tests, started before Django reads its settings (`-p essaim.server.pytest_plugin`).

The server's promises of durability are off. Each worktree has its own data folders and each simultaneous run
takes a free one, so runs never meet. Migrations are played once into a template database, kept as long as the
code they come from does not change; every process clones it.

`ESSAIM_TEST_DATABASE_URL` names another server, on which the role is a superuser; `ESSAIM_PG_BIN` other binaries
for the launcher.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from essaim.server.binaries import find_binaries
from essaim.server.clones import Clones
from essaim.server.postgres import DISPOSABLE, Postgres

ROOM = {
    "max_connections": "500",  # one test asks for two hundred at once, beside the other processes' tests
    "shared_buffers": "128MB",  # emptying a table looks through all of them
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    os.environ.setdefault("ESSAIM_DB_POOL", "0")  # threads of a test come and go; a pool would outlive them
    os.environ.setdefault("ESSAIM_HASHED_STATIC", "0")
    os.environ.setdefault("ESSAIM_KEEP_PAGES", "0")  # a test reads what it has just written
    os.environ.setdefault("ESSAIM_ALLOW_SINGLE_FACTOR_STAFF", "1")  # its own test turns it back on
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _start(early_config)
    _take_home(early_config)
    yield


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Registered after pytest-django, so that this `django_db_setup` is the one in force.
    config.pluginmanager.register(importlib.import_module("essaim.server.fixtures"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long begins first when processes share the tests: the last ones are short, and end together."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("browser")))


def pytest_runtest_setup() -> None:
    """A test begins in the house's own language, whatever the one before left the thread speaking."""
    from django.utils import translation

    translation.deactivate()


def _start(config: pytest.Config) -> None:
    """Start the server, or take the one named; its address goes to this process's workers by the environment."""
    url = os.environ.get("ESSAIM_TEST_DATABASE_URL")
    if url is None:
        slot, lock = _free_slot(config.rootpath)
        server = Postgres(slot, DISPOSABLE | ROOM)
        server.ensure()
        config.add_cleanup(lock.close)
        config.add_cleanup(server.stop)
        url = server.url()
        Clones(url).drop_leftovers()
    os.environ["ESSAIM_TEST_SERVER"] = os.environ["DATABASE_URL"] = url


def _free_slot(root: Path) -> tuple[Path, IO[str]]:
    """A data folder of this worktree that no other run is using, and the lock that keeps it."""
    major = find_binaries().major
    mark = hashlib.sha256(str(root).encode()).hexdigest()[:10]
    base = Path(tempfile.gettempdir()) / f"essaim-tests-{os.getuid()}-{mark}"
    base.mkdir(mode=0o755, exist_ok=True)
    for number in range(100):
        lock = open(base / f"{major}-{number}.lock", "w")  # noqa: SIM115 - kept open as long as the run
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return base / f"{major}-{number}", lock
    raise pytest.UsageError(f"A hundred test runs hold the data folders of {base}.")


def _take_home(config: pytest.Config) -> None:
    """Files the tests write (media, secret key) go to a folder of this process's own."""
    home = Path(tempfile.mkdtemp(prefix="essaim-test-home-"))
    (home / "static").mkdir()  # WhiteNoise warns when it finds nothing to serve from
    os.environ["ESSAIM_HOME"] = str(home)
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))

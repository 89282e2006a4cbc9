"""What must be true before the first page: the database migrated, the static files collected."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from essaim.server.obstacles import Obstacle
from essaim.server.prepared import code_mark, note

MIGRATING = 0x657373_6D6967  # the advisory lock's number: several servers may start on one database


def prepare() -> None:
    with prepared():
        pass


@contextmanager
def prepared(meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
    """The database is migrated for what is done within, and the static files are collected meanwhile.

    `meanwhile` is called while the database is waited for; imports of what is needed within are at their place there.
    """
    code = code_mark()
    with _collecting():
        beside = Thread(target=meanwhile, daemon=True)
        beside.start()
        migrate()
        beside.join()
        yield
    note(settings.ENVIRONMENT.home, code, MigrationRecorder(connection).applied_migrations())


@contextmanager
def _collecting() -> Iterator[None]:
    """The static files are collected beside what is done within: it takes seconds, and there are two cores.

    Entered before the database is spoken to, since the process is forked.
    """
    beside = multiprocessing.get_context("fork").Process(target=collect_static)
    beside.start()
    try:
        yield
    except BaseException:
        beside.terminate()
        raise
    finally:
        beside.join()
    if beside.exitcode:
        raise Obstacle("The static files could not be collected.", "The message above says why.")


def migrate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def collect_static() -> None:
    """Hashed and compressed copies, made again only when a file has changed: compressing takes seconds."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    kept = Path(settings.STATIC_ROOT) / "collected"
    mark = _mark()
    if not kept.exists() or kept.read_text() != mark:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        kept.write_text(mark)


def _mark() -> str:
    """Changes with the name, size or time of any source file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name}\0{storage.size(name)}\0{storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()

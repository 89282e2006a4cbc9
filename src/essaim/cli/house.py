"""Opening a house for a command: its database runs, Django is set up."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread


def home() -> Path:
    return Path(os.environ.get("ESSAIM_HOME", ".essaim")).resolve()


@contextmanager
def database() -> Iterator[str]:
    """DATABASE_URL, or the address of the embedded server, which is started or attached to."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    from essaim.server.postgres import Postgres

    with Postgres(home()).running() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]


# What Django's start imports and what can be imported before it: none of them asks for settings.
LIBRARIES = ("django.db.models", "django.test", "requests", "pydantic", "procrastinate", "PIL.Image", "markdown_it")


@contextmanager
def opened() -> Iterator[None]:
    """The database runs and Django is ready."""
    import essaim.server.postgres  # noqa: F401 - here, so that two threads never import it, or its driver, at once

    imports = Thread(target=_import_libraries, daemon=True)
    gc.disable()  # what is imported stays: looking for garbage among it takes a quarter of the time
    imports.start()  # while PostgreSQL is made and started: there are two cores
    with database():
        imports.join()
        _set_up()
        gc.freeze()
        gc.enable()
        from essaim.config.pool import close_pools

        try:
            yield
        finally:
            close_pools()


def _import_libraries() -> None:
    for name in LIBRARIES:
        with suppress(ImportError):  # who needs it will say so
            import_module(name)


def set_up_without_a_house() -> None:
    """Django is ready, and nothing is read or written in the home: for commands that only compute."""
    os.environ.setdefault("ESSAIM_SECRET_KEY", "signs nothing")
    _set_up()


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essaim.config.settings")
    import django

    django.setup()


@contextmanager
def in_english() -> Iterator[None]:
    """What a command says is in one language: its own."""
    from django.utils import translation

    with translation.override("en"):
        yield

"""Opening a house for a command: its database runs, Django is set up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


@contextmanager
def opened() -> Iterator[None]:
    """The database runs and Django is ready."""
    with database():
        _set_up()
        from essaim.config.pool import close_pools

        try:
            yield
        finally:
            close_pools()


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

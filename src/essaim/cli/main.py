"""The `essaim` command: one file per family of commands."""

from __future__ import annotations

import os
import sys
import traceback

import psycopg
import typer

from essaim.cli import (
    backup,
    books,
    crowd,
    demo,
    first_run,
    influence,
    manage,
    projector,
    reading,
    serve,
    tally,
    transfer,
)
from essaim.cli.house import home, in_english
from essaim.server.obstacles import Obstacle

app = typer.Typer(
    name="essaim",
    help="A self-hosted house in which a brand and its people listen, gather, create and share.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for family in (demo, first_run, serve, books, projector, influence, reading, tally, backup, transfer, crowd, manage):
    family.mount(app)


def main() -> None:
    """Run the command; what went wrong is told with what to do, and the exit code is 1."""
    try:
        with transfer.groups_open(app, sys.argv[1:]):
            app()
    except Exception as error:  # the last stop of every error
        if os.environ.get("ESSAIM_DEBUG"):
            raise
        sys.exit(told(error))


def told(error: Exception) -> str:
    """The cause and the remedy of `error`, for a person at a terminal."""
    from django.core.exceptions import ValidationError
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError

    from essaim.kit.errors import Refusal

    if isinstance(error, OperationalError | psycopg.OperationalError):
        return f"The database does not answer: {error}\nCheck DATABASE_URL, or unset it to use the embedded server."
    if isinstance(error, ProgrammingError) and isinstance(error.__cause__, psycopg.errors.UndefinedTable):
        return f"The house in {home()} is not prepared, or not by this version.\nRun `essaim init` or `serve` first."
    if isinstance(error, Obstacle | CommandError):
        return str(error)
    if not isinstance(error, Refusal | ValidationError):
        return _unexpected(error)
    with in_english():
        return "\n".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _unexpected(error: Exception) -> str:
    """A defect of ours: the details go to a file that can be sent."""
    report = home() / "last-error.txt"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("".join(traceback.format_exception(error)))
    return (
        f"Something unexpected happened: {type(error).__name__}: {error}\n"
        f"This is a defect of Essaim. The details are in {report}; please report it with that file."
    )

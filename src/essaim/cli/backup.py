"""`essaim backup FILE`, `essaim restore FILE`: a whole house in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from essaim.cli.books import tell_books
from essaim.cli.house import database, home, opened
from essaim.cli.progress import progress, say


def mount(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(file: Annotated[Path, typer.Argument(help="The file to write, for example house.tar.")]) -> None:
    """Save the database, the media and the secret key. The house may stay open."""
    from essaim.server.archive import save

    with database() as url, progress("Backup") as on_progress:
        save(file, home=home(), url=url, on_progress=on_progress)
    say(f"Written: {file} ({file.stat().st_size:,} bytes)")


def restore(
    file: Annotated[Path, typer.Argument(help="A file written by essaim backup.", exists=True, dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a house that has members.")] = False,
) -> None:
    """Put a house back: check the file, restore, migrate to this version, prove the books."""
    from essaim.server.archive import restore

    with database() as url, progress("Restore") as on_progress:
        restore(file, home=home(), url=url, force=force, on_progress=on_progress)
    with opened():
        from essaim.config.prepare import prepare

        prepare()
        tell_books()

"""`essaim serve`, `essaim worker`: keep the house open."""

from __future__ import annotations

from typing import Annotated

import typer

from essaim.cli.house import home, opened
from essaim.cli.progress import say

Host = Annotated[str, typer.Option(help="Address to listen on; the default is this machine only.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")]
Workers = Annotated[int, typer.Option(help="Web processes; two per core is plenty.", min=1)]


def mount(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(worker)
    app.command(hidden=True)(prepare)


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2) -> None:
    """Open the house: web, worker and, unless DATABASE_URL is set, its own PostgreSQL."""
    from essaim.server.serve import Address
    from essaim.server.serve import serve as keep_open

    address = Address(host, port)
    keep_open(home(), address, workers, say, when_open=lambda: say(f"The house is open: {address.url}"))


def worker() -> None:
    """Only the worker; `essaim serve` runs one already."""
    with opened():
        from essaim.config.jobs import run_worker

        run_worker()


def prepare() -> None:
    """Migrate the database and collect the static files."""
    with opened():
        from essaim.config.prepare import prepare

        prepare()

"""`essaim demo`: a house that has lived, to look around in."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from essaim.cli.house import home, opened
from essaim.cli.progress import progress, say
from essaim.cli.serve import Host, Port, Workers
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Open the house once it is built.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 2,
    members: Annotated[int, typer.Option(help="How many people live in it.", min=60)] = 300,
    seed: Annotated[int, typer.Option(help="The same seed gives the same house.")] = 1,
) -> None:
    """Build the demo house, once, by calling the real acts under a simulated clock."""
    from essaim.server.serve import Address, refuse_taken
    from essaim.server.serve import serve as keep_open

    os.environ["ESSAIM_DEMO"] = "1"
    address = Address(host, port)
    if serve:
        refuse_taken(address)  # before the work, not after it
    built = finished().exists()
    if built:
        say(f"The demo house in {home()} is built already.")
    else:
        with opened():
            if serve:
                _warm()
            _build(members, seed)
    if serve:
        keep_open(home(), address, workers, say, prepared=not built, when_open=lambda: _welcome(address.url))
    else:
        _welcome("")


def finished() -> Path:
    """Says that the demo house in this home is whole."""
    return home() / "demo-built"


def _build(members: int, seed: int) -> None:
    from essaim.config.prepare import prepared
    from essaim.demo.build import build
    from essaim.people.models import Member

    with prepared(_import_pages):
        if Member.objects.exists():
            raise Obstacle(
                f"{home()} holds a house that is not a finished demo: a real one, or a demo cut short.",
                "Choose another folder (ESSAIM_HOME=~/look make demo), or remove this one if you do not need it.",
            )
        with progress("Building the demo house") as on_progress:
            build(members=members, seed=seed, on_progress=on_progress)
    finished().touch()


def _import_pages() -> None:
    """What is done in the house names its pages' addresses."""
    with suppress(ImportError):  # who needs it will say so
        import_module("essaim.config.urls")


def _warm() -> None:
    """The first calculation begins when the house opens: while it is built, another processor compiles the engine."""
    from django.conf import settings

    if "essaim.projectors.influence" in settings.PROJECTORS:
        from essaim.projectors.influence import warming

        warming.beside()


def _welcome(url: str) -> None:
    from essaim.demo.world import LOGINS

    if url:
        say(f"\nThe demo house is open: {url}\n")
    say("Sign in as:")
    width = max((len(email) for _, email, _ in LOGINS), default=0)
    for who, email, password in LOGINS:
        say(f"  {email:<{width}}  {password}  ({who})")
    if url:
        say("\nCtrl-C closes it.")

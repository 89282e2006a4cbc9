"""`essaim demo`: a house that has lived, to look around in."""

from __future__ import annotations

import os
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
    members: Annotated[int, typer.Option(help="How many people live in it.", min=30)] = 300,
    seed: Annotated[int, typer.Option(help="The same seed gives the same house.")] = 1,
) -> None:
    """Build the demo house, once, by calling the real acts under a simulated clock."""
    from essaim.server.serve import Address, refuse_taken
    from essaim.server.serve import serve as keep_open

    os.environ["ESSAIM_DEMO"] = "1"
    address = Address(host, port)
    if serve:
        refuse_taken(address)  # before the work, not after it
    with opened():
        logins = _built(members, seed)
    if serve:
        keep_open(home(), address, workers, say, prepared=True, when_open=lambda: _welcome(address.url, logins))
    else:
        _welcome("", logins)


def _built(members: int, seed: int) -> list[tuple[str, str, str]]:
    """(who, e-mail, password) of the people one can be."""
    from essaim import demo
    from essaim.config.prepare import collecting, migrate

    with collecting():
        migrate()
        _build(members, seed)
    return demo.LOGINS


def _build(members: int, seed: int) -> None:
    from essaim import demo
    from essaim.people.models import Member

    finished = home() / "demo-built"
    if finished.exists():
        say(f"The demo house in {home()} is built already.")
    elif Member.objects.exists():
        raise Obstacle(
            f"{home()} holds a house that is not a finished demo: a real one, or a demo cut short.",
            "Choose another folder (ESSAIM_HOME=~/look make demo), or remove this one if you do not need it.",
        )
    else:
        with progress("Building the demo house") as on_progress:
            demo.build(members=members, seed=seed, on_progress=on_progress)
        finished.touch()


def _welcome(url: str, logins: list[tuple[str, str, str]]) -> None:
    if url:
        say(f"\nThe demo house is open: {url}\n")
    say("Sign in as:")
    width = max((len(email) for _, email, _ in logins), default=0)
    for who, email, password in logins:
        say(f"  {email:<{width}}  {password}  ({who})")
    if url:
        say("\nCtrl-C closes it.")

"""`essaim init`: a new house gets its owner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from essaim.cli.house import opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(init)


def init(
    email: Annotated[str, typer.Option(help="The owner's e-mail address.")] = "",
    handle: Annotated[str, typer.Option(help="The owner's public name, 3 to 30 letters.")] = "",
    password_file: Annotated[
        Path | None, typer.Option(help="A file holding the password, for set-up by a program.")
    ] = None,
) -> None:
    """First run: prepare the house and create its owner. What is not given is asked; there is no default password."""
    with opened():
        from essaim.config.prepare import prepare
        from essaim.people.models import HouseRole

        prepare()
        owner = HouseRole.objects.filter(role=HouseRole.Role.OWNER).select_related("member").first()
        if owner is not None:
            raise Obstacle(
                f"This house has an owner already: {owner.member}.",
                "Sign in, or reset the password on the sign-in page.",
            )
        _create(email, handle, password_file)


def _create(email: str, handle: str, password_file: Path | None) -> None:
    from essaim.people.actions import create_owner

    email = email or typer.prompt("E-mail")
    handle = handle or typer.prompt("Public name (handle)")
    member = create_owner(email=email, handle=handle, password=_password(password_file))
    say(f"{member} owns the house. Open it with: essaim serve")


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text().strip()
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True)

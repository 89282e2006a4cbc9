"""`essaim init`: a new house gets its owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(init)


def init(
    house: Annotated[str, typer.Option(help="The name of the house.")] = "",
    email: Annotated[str, typer.Option(help="The owner's e-mail address.")] = "",
    handle: Annotated[str, typer.Option(help="The owner's handle: 3 to 30 letters, as in @ada.")] = "",
    name: Annotated[str, typer.Option(help="The owner's name as shown to others.")] = "",
    language: Annotated[str, typer.Option(help="The owner's language: fr or en.")] = "fr",
    password_file: Annotated[
        Path | None, typer.Option(help="A file holding the password, for set-up by a program.", exists=True)
    ] = None,
) -> None:
    """First run: prepare the house and create its owner. What is not given is asked; there is no default password."""
    with opened(), in_english():
        from django.core.validators import validate_email

        from essaim.config.prepare import prepare
        from essaim.people import actions, queries
        from essaim.people.domain import check_handle

        prepare()
        if queries.has_owner():
            raise Obstacle(
                "This house has an owner already.", "Sign in, or have the password reset on the sign-in page."
            )
        owner = actions.create_owner(
            house_name=house or typer.prompt("Name of the house"),
            email=_given(email, "Your e-mail address", validate_email),
            handle=_given(handle, "Your handle", check_handle),
            display_name=name or typer.prompt("Your name, as shown to others"),
            password=_password(password_file),
            language=language,
        )
        say(f"{owner} owns the house. Open it with: essaim serve")


def _given(value: str, question: str, check: Callable[[str], Any]) -> str:
    if not value:
        return str(typer.prompt(question, value_proc=_checked(check)))
    check(value)
    return value


def _password(file: Path | None) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if file is not None:
        password = file.read_text().strip()
        validate_password(password)
        return password
    while True:  # a hidden prompt's own proof would hide the reason too
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
        try:
            validate_password(password)
        except ValidationError as error:
            say(" ".join(error.messages))
        else:
            return password


def _checked(check: Callable[[str], Any]) -> Callable[[str], str]:
    """A prompt's proof: what `check` refuses is asked again, with the reason."""
    from django.core.exceptions import ValidationError

    from essaim.kit.errors import Refusal

    def proof(value: str) -> str:
        try:
            check(value)
        except ValidationError as error:
            raise typer.BadParameter(" ".join(error.messages)) from error
        except Refusal as error:
            raise typer.BadParameter(str(error)) from error
        return value

    return proof

"""`essaim manage …`: Django's own commands, on the house's database."""

from __future__ import annotations

import typer

from essaim.cli.house import opened

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def mount(app: typer.Typer) -> None:
    app.command(context_settings=PASSED_ON, add_help_option=False)(manage)


def manage(context: typer.Context) -> None:
    """Django's management commands: essaim manage help."""
    with opened():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["essaim manage", *context.args])

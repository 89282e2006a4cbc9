"""`essaim manage …` passes through to Django's own commands."""

from __future__ import annotations

from collections.abc import Sequence

from essaim.cli.house import opened


def run(arguments: Sequence[str]) -> None:
    with opened():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["essaim manage", *arguments])

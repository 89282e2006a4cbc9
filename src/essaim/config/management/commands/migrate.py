"""`migrate`, which fills an empty database in one piece."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from essaim.config import schema

OTHER_WISHES = ("app_label", "fake", "fake_initial", "plan", "prune", "check_unapplied")


class Command(migrate.Command):
    """Django's own; but an empty database is filled with the kept schema when that is what the migrations make."""

    def handle(self, *args: Any, **options: Any) -> None:
        if any(options.get(wish) for wish in OTHER_WISHES) or not schema.fill(connections[options["database"]]):
            super().handle(*args, **options)

"""`essaim tally INITIATIVE`: recount from the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from essaim.cli.house import opened
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(tally)


def tally(
    initiative: Annotated[str, typer.Argument(help="Its slug, the last part of its address.")],
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Recount an initiative's votes with its own pure function."""
    with opened():
        result = _counted(initiative)
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))  # noqa: T201 - the command's result
    else:
        _print(result)


def _counted(slug: str) -> Mapping[str, Any]:
    from essaim.initiatives.mechanism import mechanism
    from essaim.initiatives.models import Initiative

    found = Initiative.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Initiative.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Obstacle(f"There is no initiative “{slug}”.", f"Known ones: {known or 'none yet'}.")
    count = mechanism(found.mechanism).tally
    if count is None:
        raise Obstacle(f"“{slug}” has nothing to count.", "Its mechanism takes no votes.")
    return dict(count(found))


def _print(result: Mapping[str, Any]) -> None:
    console = Console()
    for name, value in result.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            console.print(_table(name, value))
        else:
            console.print(f"{name}: {value}", markup=False)


def _table(title: str, rows: list[Mapping[str, Any]]) -> Table:
    table = Table(*rows[0], title=title)
    for row in rows:
        table.add_row(*(str(row.get(column, "")) for column in rows[0]))
    return table

"""`essaim tally INITIATIVE`: recount from the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from essaim.cli.house import opened, set_up_without_a_house
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(tally)


def tally(
    initiative: Annotated[str, typer.Argument(help="Its slug, the last part of its address.")] = "",
    file: Annotated[Path | None, typer.Option(help="Published ballots to count instead; needs no house.")] = None,
    mechanism: Annotated[str, typer.Option(help="Whose ballots the file holds.")] = "contest",
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Recount an initiative's votes, or a file of published ballots, with its own pure function."""
    if file is not None:
        result = _recounted(file, mechanism)
    elif initiative:
        with opened():
            result = _counted(initiative)
    else:
        raise Obstacle("Nothing to count was named.", "Give an initiative's slug, or --file with published ballots.")
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))  # noqa: T201 - the command's result
    else:
        _print(result)


def _recounted(file: Path, slug: str) -> Mapping[str, Any]:
    set_up_without_a_house()
    from essaim.initiatives.mechanism import mechanisms

    count = next((each.recount for each in mechanisms() if each.slug == slug), None)
    if count is None:
        raise Obstacle(f"No mechanism called “{slug}” counts published ballots.", "Check --mechanism.")
    try:
        return count(json.loads(file.read_bytes()))
    except OSError as error:
        raise Obstacle(f"{file} cannot be read: {error.strerror}.", "Check the name of the file.") from error
    except ValueError as error:
        raise Obstacle(f"{file} is not JSON: {error}.", "Download the ballots again.") from error


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

"""`essaim cheer-crowd`: an evening's crowd for the demo house."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from essaim.cli.demo import finished
from essaim.cli.house import home, opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle

MOST_FANS = 20_000  # beyond, they come a second time and change sides


def mount(app: typer.Typer) -> None:
    app.command("cheer-crowd")(cheer_crowd)


def cheer_crowd(
    campaign: Annotated[str, typer.Argument(help="Its slug; the campaign that runs when not given.")] = "",
    rate: Annotated[float, typer.Option(min=1, max=20_000, help="Cheers a second.")] = 500,
    minutes: Annotated[float, typer.Option(min=0.01, max=600, help="For how long.")] = 5,
    url: Annotated[str, typer.Option(help="Where the house is open.")] = "http://localhost:8000",
) -> None:
    """Bring the demo house's open campaign to life: fans cheer at its real door, which must be open."""
    if not finished().exists():
        raise Obstacle(f"{home()} is no demo house: fans would be made up.", "Build one: essaim demo.")
    with opened():
        from essaim.demo.crowd import Crowd, gather, running_round

        phase = running_round(campaign)
        if phase is None:
            raise Obstacle("No round runs now.", "Open the campaign's page to see when the next one begins.")
        fans = gather(min(MOST_FANS, int(rate * minutes * 60)), phase.initiative.community)
        say(f"{len(fans):,} fans cheer in “{phase.initiative}”: {url}{phase.initiative.get_absolute_url()}")
        crowd = Crowd(url.rstrip("/"), phase, fans)
        asyncio.run(crowd.cheer(rate, minutes * 60, say))
        say(f"Over: {crowd.summary()}.")

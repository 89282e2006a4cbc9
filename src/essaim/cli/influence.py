"""`essaim influence run`: circles, leaders and scores calculated now, in this process."""

from __future__ import annotations

from typing import Annotated

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle

family = typer.Typer(help="Who carries the word: the calculations behind Leaders and Circles.", no_args_is_help=True)


def mount(app: typer.Typer) -> None:
    app.add_typer(family, name="influence")


@family.callback()
def influence() -> None:
    """Who carries the word: the calculations behind Leaders and Circles."""


@family.command()
def run(
    seed: Annotated[int, typer.Option(help="Seed of the random numbers; the same gives the same result.")] = 1,
) -> None:
    """Read what is new, find circles and leaders, keep what was found. The first run on a machine compiles."""
    with opened(), in_english():
        from django.conf import settings

        if "essaim.projectors.influence" not in settings.PROJECTORS:
            raise Obstacle("This house draws no influence.", "Add essaim.projectors.influence to its projectors.")
        from essaim.projectors.influence.calculation import carry_out
        from essaim.projectors.influence.models import Run
        from essaim.projectors.influence.wording import STEPS

        found = carry_out(
            Run.objects.create(parameters={"rng_seed": seed}),
            on_step=lambda step: say(f"{STEPS[step]} …".capitalize()),
        )
        if not found.nodes:
            say("Nobody is in the map yet: no members who agreed, and no voices, have exchanged.")
        else:
            seconds = sum(found.durations.values())
            say(
                f"{found.nodes:,} people and {found.arcs:,} ties in {seconds:,.1f} s;"
                f" {found.circles.count():,} circles, {found.people.exclude(roles=[]).count():,} people with a role."
            )

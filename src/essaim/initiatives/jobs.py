"""The clock of every calendar, and what is put away overnight."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.initiatives.actions import sweep_pictures, turn_phases


@app.periodic(cron="* * * * *")
@app.task(name="initiatives.turn_phases", queue="upkeep", queueing_lock="initiatives.turn_phases")
def turn(timestamp: int) -> None:
    """Announce the phases that began or ended, and let their mechanisms act on it."""
    turn_phases()


@app.periodic(cron="17 3 * * *")
@app.task(name="initiatives.sweep_pictures", queue="upkeep", queueing_lock="initiatives.sweep_pictures")
def sweep(timestamp: int) -> None:
    """Put away the pictures that were sent and never shown."""
    sweep_pictures()

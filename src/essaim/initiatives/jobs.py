"""The clock of every calendar."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.initiatives.actions import turn_phases


@app.periodic(cron="* * * * *")
@app.task(name="initiatives.turn_phases", queue="upkeep", queueing_lock="initiatives.turn_phases")
def turn(timestamp: int) -> None:
    """Announce the phases that began or ended, and let their mechanisms act on it."""
    turn_phases()

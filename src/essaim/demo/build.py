"""The plan of the demo house: who moves in, what opens when, and the weeks in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from essaim.activity import outbox
from essaim.connectors.sandbox.delivery import deliver_due
from essaim.demo.contests import ContestLife
from essaim.demo.settling import Village
from essaim.demo.timeline import Timeline, morning
from essaim.demo.world import WORLD
from essaim.initiatives.actions import turn_phases
from essaim.kit import clock
from essaim.projectors.royalties.actions import keep_calendar

YEARS = timedelta(days=730)
MONTH = timedelta(days=30)


def build(
    *, members: int = 300, seed: int = 1, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Build the house. The same `members`, `seed` and day give the same house.

    `on_progress(done, total)` is called after each simulated week, in hundredths.
    """
    end = clock.now()
    timeline = Timeline(morning(end - YEARS), end)
    random = Random(seed)
    village = Village(timeline, random, members)
    village.move_in()
    for contest in WORLD["contests"]:
        life = ContestLife(contest, timeline, random, village)
        timeline.plan(morning(end - contest["starts_months_ago"] * MONTH), life.prepare)
    for passed in timeline.live(_week):
        on_progress(round(100 * passed), 100)


def _week() -> None:
    """What the worker would have done meanwhile."""
    turn_phases()
    outbox.drain_all()
    keep_calendar()
    deliver_due()

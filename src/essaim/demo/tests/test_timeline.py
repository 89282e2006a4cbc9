"""The simulated clock: what is planned is done in its order, each act at its moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from essaim.demo.timeline import FORTNIGHT, Timeline
from essaim.initiatives.actions import turn_phases
from essaim.initiatives.models import Phase
from essaim.kit import clock

START = datetime.fromisoformat("2026-03-01T10:00:00+00:00")
DAY = timedelta(days=1)


def day() -> float:
    return (clock.now() - START) / DAY


@pytest.mark.django_db
def test_acts_are_done_in_the_order_of_their_moments_until_the_end() -> None:
    timeline, done = Timeline(START, START + 40 * DAY), []

    def act(name: str) -> None:
        done.append((name, day()))
        if name == "first":
            timeline.plan(clock.now() + DAY, act, name="its consequence")

    for name, moment in (("late", 39), ("first", 3), ("same day, planned later", 3), ("never", 40)):
        timeline.plan(START + moment * DAY, act, name=name)
    fortnights = []
    passed = list(timeline.live(lambda last: fortnights.append((day(), last))))
    assert done == [("first", 3), ("same day, planned later", 3), ("its consequence", 4), ("late", 39)]
    assert fortnights == [(14, False), (28, False), (40, True)]
    assert passed == [FORTNIGHT / (40 * DAY), 2 * FORTNIGHT / (40 * DAY), 1]


def test_the_clock_looks_at_phases_the_moment_each_begins_and_ends() -> None:
    planned = []

    class Noted(Timeline):
        def plan(self, moment: datetime, act: Callable[..., Any], **given: Any) -> None:
            planned.append(((moment - START) / DAY, act))

    following = [(2, 9), (9, 20), (30, 50)]
    phases = [Phase(starts_at=START + begins * DAY, ends_at=START + ends * DAY) for begins, ends in following]
    Noted(START, START + 40 * DAY).keep_time(phases)
    assert planned == [(day, turn_phases) for day in (2, 9, 20, 30, 50)]

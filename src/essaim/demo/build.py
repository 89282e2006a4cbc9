"""The plan of the demo house: who moves in, what opens when, and the weeks in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from essaim.activity import outbox
from essaim.connectors.sandbox.delivery import deliver_due
from essaim.demo.campaigns import CampaignLife
from essaim.demo.cheers import CheerLife
from essaim.demo.contests import ContestLife
from essaim.demo.listening import ListeningLife
from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline, morning
from essaim.demo.world import WORLD
from essaim.kit import clock
from essaim.products.models import Sale
from essaim.projectors.royalties.actions import keep_calendar
from essaim.projectors.royalties.projector import PROJECTOR as ROYALTIES

YEARS = timedelta(days=730)
MONTH = timedelta(days=30)
AT_ONCE = 7  # fortnights


def build(
    *, members: int = 300, seed: int = 1, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Build the house. The same `members`, `seed` and day give the same house.

    `on_progress(done, total)` is called after each simulated fortnight, in hundredths.
    """
    end = clock.now()
    timeline = Timeline(morning(end - YEARS), end)
    random = Random(seed)
    village = Village(timeline, random, members)
    village.move_in()
    for contest in WORLD["contests"]:
        life = ContestLife(contest, timeline, random, village)
        timeline.plan(morning(end - contest["starts_months_ago"] * MONTH), life.prepare)
    for campaign in WORLD["campaigns"]:
        fund = CampaignLife(campaign, timeline, village, seed)
        timeline.plan(morning(end - campaign["starts_days_ago"] * DAY), fund.prepare)
    for evening in WORLD["cheers"]:
        cheer = CheerLife(evening, timeline, Random(f"{seed} {evening['slug']}"), village)
        timeline.plan(cheer.begins - DAY, cheer.prepare)
    ListeningLife(timeline, village, seed).plan()
    for passed in timeline.live(_Worker()):
        on_progress(round(100 * passed), 100)


class _Worker:
    """What the worker would have done meanwhile: each fortnight what money waits for, now and then the rest."""

    def __init__(self) -> None:
        self.fortnights = 0
        self.sells = False

    def __call__(self, last: bool) -> None:
        self.sells = self.sells or Sale.objects.exists()
        if self.sells:
            outbox.drain(ROYALTIES.slug)
            keep_calendar()
        deliver_due()
        self.fortnights += 1
        if last or self.fortnights % AT_ONCE == 0:
            outbox.drain_all()

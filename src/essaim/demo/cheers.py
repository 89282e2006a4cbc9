"""The evenings people cheered through: a tournament that is over, and a week that runs. Hundreds of cheers in a few
statements: each crowd is one batch, as the burst intake writes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline, morning
from essaim.demo.world import text
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import actions as acts
from essaim.mechanisms.cheer import cheers, queries
from essaim.mechanisms.cheer.models import Cheer
from essaim.mechanisms.cheer.rules import DEFAULTS
from essaim.people.models import Member

CROWDS = 6  # batches in a round
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class CheerLife:
    """One campaign of cheers, from its draft to as far as it has come today."""

    def __init__(self, facts: dict[str, Any], timeline: Timeline, random: Random, village: Village) -> None:
        self.facts, self.timeline, self.random, self.village = facts, timeline, random, village
        self.campaign: Initiative
        self.said = {name: iter(facts["messages"].get(name, ())) for name, _colour, _second in facts["camps"]}

    @property
    def begins(self) -> datetime:
        return morning(self.timeline.end - self.facts["starts_days_ago"] * DAY)

    def prepare(self) -> None:
        """Draft, camps, rounds; then open, and plan the evenings."""
        facts, owner = self.facts, self.village.owner
        draft = initiatives.draft_initiative(
            actor=owner,
            community=self.village.communities[facts["community"]],
            mechanism_slug="cheer",
            preset_slug="tournament",
            title=facts["title"],
            summary=facts["summary"],
            brief=text(facts["brief"]),
            slug=facts["slug"],
            rules={**DEFAULTS, "guests": 500, "guest_way": "device", "light_live": facts["live"]},
        )
        for name, colour, second in facts["camps"]:
            acts.add_camp(campaign=draft, actor=owner, name=name, colour=colour, second_colour=second)
        plan = [PlannedPhase("round", *self._hours(row)) for row in facts["rounds"]]
        phases = initiatives.schedule(initiative=draft, phases=plan, actor=owner)
        for phase, row in zip(phases, facts["rounds"], strict=True):
            acts.name_round(phase=phase, actor=owner, title=row["title"])
        self.campaign = initiatives.open_initiative(initiative=draft, actor=owner)
        self.timeline.keep_time(phases)
        for phase in phases:
            phase.initiative = self.campaign
            self._plan_evening(phase)

    def _hours(self, row: dict[str, Any]) -> tuple[datetime, datetime]:
        starts = self.begins + row["day"] * DAY + row["hour"] * HOUR
        return starts, starts + row["hours"] * HOUR

    def _plan_evening(self, phase: Phase) -> None:
        """Crowds while the round runs, or until today; an hour after it what the clock and the team do."""
        last = min(phase.ends_at, self.timeline.end)
        span = max((last - phase.starts_at) / (CROWDS + 1), MINUTE)
        crowds = self._crowds()
        for number, crowd in enumerate(crowds, start=1):
            moment = phase.starts_at + span * number * (0.85 + 0.3 * self.random.random())
            self.timeline.plan(min(moment, last - MINUTE), self.shout, phase=phase, part=crowd)
        self.timeline.plan(phase.ends_at + HOUR, self.close)
        self.timeline.plan(last - 2 * MINUTE, self.share, phase=phase)

    def _crowds(self) -> list[tuple[float, float]]:
        """Which part of the community each crowd is: from a little to a lot, and down again."""
        edges = [0.0, 0.08, 0.24, 0.48, 0.68, 0.84, 0.95]
        return list(pairwise(edges))

    def shout(self, phase: Phase, part: tuple[float, float]) -> None:
        """One crowd, and two of it who say something; a moderator has read it by the next one."""
        there = [one for one in self.village.inhabitants[self.facts["community"]] if one.is_active]
        crowd = there[int(part[0] * len(there)) : max(int(part[1] * len(there)), 1)]
        camps, weights = queries.camps(self.campaign), self.facts["weights"]
        chosen = self.random.choices(camps, weights, k=len(crowd))
        words = [next(self.said[camp.name], "") if place < 2 else "" for place, camp in enumerate(chosen)]
        asked = [
            cheers.of_member(phase.pk, camp.pk, member.pk, said)
            for camp, member, said in zip(chosen, crowd, words, strict=True)
        ]
        guests = [
            cheers.Asked(phase.pk, camp.pk, Cheer.Kind.GUEST, f"guest:{self.random.getrandbits(80):020x}")
            for camp in self.random.choices(camps, weights, k=self.random.randrange(4))
        ]
        self.read()
        acts.write_cheers([*asked, *guests])
        acts.fold()

    def read(self) -> None:
        """The moderator lets through what waits, save one that is beside the point."""
        acts.sift_messages(self.campaign)
        for message in queries.waiting_messages().filter(cheer__campaign=self.campaign):
            fits = "promo" not in message.words.lower()
            reason = "" if fits else "It advertises something."
            acts.decide_message(message=message, actor=self.village.owner, approved=fits, reason=reason)

    def share(self, phase: Phase) -> None:
        """A member shows her card; four came through her link, and one of them cheered."""
        nadia: Member = self.village.named["nadia"]
        if Cheer.objects.filter(campaign=self.campaign, supporter=queries.supporter_key(nadia)).exists():
            link = acts.make_link(campaign=self.campaign, supporter=queries.supporter_key(nadia), named=True)
            for _ in range(4):
                acts.count_arrival(link)
            acts.count_cheer(self.campaign, link.token, "guest:someone")

    def close(self) -> None:
        """The clock closes the round, the count is sealed, supporters are thanked; the last messages are read."""
        initiatives.turn_phases()
        self.read()
        acts.thank_supporters()
        acts.reveal_due()
        if self.facts.get("override") and not queries.orders(self.campaign).exists():
            colour, reason = self.facts["override"]
            until = clock.now() + 2 * HOUR
            acts.override_light(
                campaign=self.campaign, actor=self.village.owner, colours=[colour], intensity=0.6, reason=reason,
                until=until,
            )  # fmt: skip

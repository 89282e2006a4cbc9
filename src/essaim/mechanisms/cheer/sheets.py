"""What every page of a campaign needs: its camps and rounds, where the count stands, and who is looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from essaim.communities import queries as communities
from essaim.initiatives import policy as kernel
from essaim.initiatives import queries as initiatives
from essaim.initiatives.domain import Stage
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.kit.errors import Missing, gettext_noop
from essaim.kit.parts import Tab
from essaim.mechanisms.cheer import domain, policy, queries
from essaim.mechanisms.cheer.live import Live
from essaim.mechanisms.cheer.models import Camp, Cheer, Round
from essaim.people.models import Member

SLUG = queries.SLUG


class CampaignUnknown(Missing):
    cause = gettext_noop("There is no such campaign of cheers, or it is not open to you.")
    remedy = gettext_noop("Look at the campaigns that are open.")


@dataclass(frozen=True)
class Lap:
    """A round as the pages show it. `state` is `over`, `now` or `ahead`."""

    phase: Phase
    row: Round
    number: int
    state: str

    @property
    def title(self) -> str:
        return self.row.title or _("Round %(number)s") % {"number": self.number}

    @property
    def is_counted(self) -> bool:
        return self.row.sealed_at is not None


@dataclass(frozen=True)
class Lane:
    """A camp in the race: its figures, its part of the members' cheers, its length beside the first (in percent)."""

    camp: Camp
    members: int
    guests: int
    heard: int
    per_cent: int
    length: float
    leads: bool

    @property
    def apart(self) -> int:
        return self.guests + self.heard


@dataclass
class Sheet:
    """A campaign as its viewer sees it. `supporter` is who would cheer: a member, or a guest with a pass."""

    campaign: Initiative
    viewer: Member | None
    guest: str = ""

    @property
    def rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = self.campaign.rules
        return rules

    @property
    def supporter(self) -> str:
        return queries.supporter_key(self.viewer) if self.viewer is not None else self.guest

    @cached_property
    def camps(self) -> list[Camp]:
        return queries.camps(self.campaign)

    @cached_property
    def laps(self) -> list[Lap]:
        rows, now = queries.rounds_of(self.campaign), clock.now()
        return [
            Lap(phase, rows.get(phase.pk) or Round(phase=phase), number, _state(phase, now))
            for number, phase in enumerate(initiatives.phases(self.campaign), start=1)
        ]

    @cached_property
    def running(self) -> Lap | None:
        """The round that takes cheers now."""
        return next((lap for lap in self.laps if lap.state == "now"), None) if self.is_going_on else None

    @property
    def is_going_on(self) -> bool:
        return self.campaign.opened_at is not None and self.campaign.halted_at is None

    @property
    def next_lap(self) -> Lap | None:
        return next((lap for lap in self.laps if lap.state == "ahead"), None)

    @property
    def shown(self) -> Lap | None:
        """The round whose count is shown: the one that runs, else the last one, else the first to come."""
        begun = [lap for lap in self.laps if lap.state != "ahead"]
        return begun[-1] if begun else self.next_lap

    @cached_property
    def is_closed(self) -> bool:
        return initiatives.stage(self.campaign) is Stage.CLOSED

    @cached_property
    def lanes(self) -> list[Lane]:
        return self.lanes_of(self.shown) if self.shown else []

    def lanes_of(self, lap: Lap) -> list[Lane]:
        """The camps in their order, with the count of a round: sealed once it is over, live until then."""
        told = lap.row.count if lap.is_counted else domain.told(queries.live(lap.phase))
        return lanes(self.camps, told)

    @property
    def total(self) -> int:
        return sum(lane.members for lane in self.lanes)

    @property
    def parts(self) -> list[tuple[float, float, str]]:
        """Where each camp's part of the cheers begins, its width, its colour; equal parts before the first cheer."""
        even = 100 / max(len(self.lanes), 1)
        widths = [100 * lane.members / self.total if self.total else even for lane in self.lanes]
        begins = [sum(widths[:place]) for place in range(len(widths))]
        return [
            (round(begin, 2), round(width, 2), lane.camp.colour)
            for begin, width, lane in zip(begins, widths, self.lanes, strict=True)
        ]

    @cached_property
    def mine(self) -> Cheer | None:
        """What the viewer has cheered for in the period that runs."""
        if self.running is None or not self.supporter:
            return None
        return queries.standing_cheer(self.running.phase, self.supporter)

    @property
    def may_change(self) -> bool:
        running = self.running
        return bool(self.mine and running and self.rules["changeable"] and self.mine.phase_id == running.phase.pk)

    @cached_property
    def runs_it(self) -> bool:
        return kernel.may(kernel.run_initiative, self.viewer, self.campaign)

    @cached_property
    def moderates_it(self) -> bool:
        return kernel.may(policy.decide_message, self.viewer, self.campaign)

    @property
    def takes_guests(self) -> bool:
        return self.viewer is None and bool(self.rules["guests"])

    @property
    def streams(self) -> bool:
        """Whether the count can be followed as a stream here."""
        return Live.is_open

    def tabs(self, here: str) -> list[Tab]:
        pages = [("initiative", _("Cheer")), ("wall", _("Wall")), ("results", _("Results"))]
        pages += [("light", _("The light")), ("rules", _("Rules"))]
        slug = [self.campaign.slug]
        return [Tab(label, reverse(f"cheer:{name}", args=slug), name == here) for name, label in pages]


def _state(phase: Phase, now: Any) -> str:
    if now < phase.starts_at:
        return "ahead"
    return "now" if now < phase.ends_at and phase.ended_at is None else "over"


def lanes(camps: list[Camp], told: Mapping[str, Any]) -> list[Lane]:
    """The lanes of a count as it is published."""
    figures = {line["camp"]: line for line in told["camps"]}
    counted = [(camp, figures.get(camp.slug) or {"members": 0, "guests": 0, "heard": 0}) for camp in camps]
    total = sum(line["members"] for _camp, line in counted)
    most = max((line["members"] for _camp, line in counted), default=0)
    return [
        Lane(
            camp,
            line["members"],
            line["guests"],
            line["heard"],
            round(100 * line["members"] / total) if total else 0,
            round(100 * line["members"] / most, 2) if most else 0.0,
            camp.slug in told["leaders"],
        )
        for camp, line in counted
    ]


def readable_campaigns(viewer: Member | None) -> QuerySet[Initiative]:
    """Campaigns of the communities whose life the viewer may see."""
    readable = communities.readable_by(viewer)
    rows = Initiative.objects.filter(mechanism=SLUG, community__in=readable)
    return rows.select_related("community").prefetch_related("phases__initiative")

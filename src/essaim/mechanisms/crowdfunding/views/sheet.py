"""What every page of a campaign needs: the campaign, its rules, where it stands, and what its viewer may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from essaim.communities import queries as communities
from essaim.initiatives import policy as kernel
from essaim.initiatives import queries as initiatives
from essaim.initiatives.domain import Stage
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.kit.errors import Missing, gettext_noop
from essaim.kit.markdown import Shown
from essaim.kit.parts import Event, Tab
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.domain.rules import Funding, Rules
from essaim.mechanisms.crowdfunding.forms.fields import percent
from essaim.mechanisms.crowdfunding.models import Campaign, StretchGoal, Tier
from essaim.people.models import Member


class CampaignUnknown(Missing):
    cause = gettext_noop("There is no such campaign, or it is not open to you.")
    remedy = gettext_noop("Look at the campaigns that are open.")


@dataclass
class Sheet:
    """A campaign as its viewer sees it."""

    campaign: Initiative
    viewer: Member | None

    @cached_property
    def row(self) -> Campaign:
        return queries.campaign_of(self.campaign)

    @cached_property
    def rules(self) -> Rules:
        return queries.rules_of(self.campaign)

    @cached_property
    def gauge(self) -> queries.Gauge:
        return queries.gauge(self.campaign)

    @property
    def raised(self) -> int:
        """What the gauge shows: as it stands while pledges come in, as it was at the close afterwards."""
        return self.row.raised if self.row.outcome else self.gauge.raised

    @property
    def backers(self) -> int:
        return self.row.backers if self.row.outcome else self.gauge.backers

    @property
    def per_cent(self) -> int:
        return self.raised * 100 // self.rules.goal

    @property
    def told_per_cent(self) -> str:
        return percent(self.per_cent * 100)

    @cached_property
    def offers(self) -> list[Tier]:
        """Every tier and extra on offer, with what is left of it and what sending it costs where."""
        offers = queries.offers(self.campaign)
        for tier in offers:
            tier.sent_to = [  # type: ignore[attr-defined]
                (_(zone.name), tier.shipping[zone.slug]) for zone in self.rules.zones if zone.slug in tier.shipping
            ]
        return offers

    @property
    def tiers(self) -> list[Tier]:
        return [tier for tier in self.offers if not tier.addon]

    @property
    def extras(self) -> list[Tier]:
        return [tier for tier in self.offers if tier.addon and to_be_had(tier)]

    @cached_property
    def phases(self) -> list[Phase]:
        """All phases in order, each with the name of its kind."""
        phases = initiatives.phases(self.campaign)
        for phase in phases:
            phase.kind_name = self.named(phase)  # type: ignore[attr-defined]
        return phases

    @cached_property
    def phase(self) -> Phase | None:
        return initiatives.open_phase(self.campaign)

    @cached_property
    def next_phase(self) -> Phase | None:
        return initiatives.next_phase(self.campaign)

    @cached_property
    def stage(self) -> Stage:
        return initiatives.stage(self.campaign)

    @property
    def is_closed(self) -> bool:
        return bool(self.row.outcome) or self.stage is Stage.CLOSED

    @property
    def succeeded(self) -> bool:
        return self.row.outcome == Campaign.Outcome.SUCCEEDED

    @property
    def failed(self) -> bool:
        return self.row.outcome == Campaign.Outcome.FAILED

    def named(self, phase: Phase) -> str:
        return str(mechanism(self.campaign.mechanism).phase_type(phase.kind).name)

    @property
    def phase_name(self) -> str:
        return self.named(self.phase) if self.phase else ""

    def opens(self, act: str) -> bool:
        """Whether the phase that runs opens the act, whoever asks."""
        if self.campaign.halted_at is not None or self.phase is None:
            return False
        return act in mechanism(self.campaign.mechanism).phase_type(self.phase.kind).acts

    @property
    def takes_pledges(self) -> bool:
        """Pledges are taken now: while it runs, and late ones after a success."""
        late = self.succeeded and self.rules.late_pledges
        return self.opens("make_pledge") and (not self.row.outcome or late)

    @property
    def takes_guests(self) -> bool:
        return self.rules.guests

    @property
    def charged_at_once(self) -> bool:
        return self.rules.funding.keeps_all or queries.has_passed(self.row)

    @property
    def fee(self) -> str:
        return percent(self.rules.fee)

    @property
    def fee_from(self) -> str:
        return percent(self.rules.fee_from)

    @property
    def vat(self) -> str:
        return percent(self.rules.vat)

    @property
    def has_two_goals(self) -> bool:
        return self.rules.funding is Funding.TWO_GOALS

    @cached_property
    def pictures(self) -> tuple[Shown, ...]:
        """What the campaign's texts may show."""
        return queries.pictures(self.campaign)

    @cached_property
    def stretch_goals(self) -> list[StretchGoal]:
        return list(queries.stretch_goals(self.campaign))

    @cached_property
    def runs_it(self) -> bool:
        return kernel.may(policy.configure, self.viewer, self.campaign)

    @cached_property
    def backs_it(self) -> bool:
        return self.viewer is not None and queries.backs(self.viewer, self.campaign)

    @cached_property
    def timeline(self) -> list[Event]:
        return [self._event(phase) for phase in self.phases]

    def _event(self, phase: Phase) -> Event:
        state = "now" if phase == self.phase else "done" if phase.ends_at <= clock.now() else ""
        return Event(self.named(phase), phase.starts_at, phase.change_reason, state)

    def tabs(self, here: str) -> list[Tab]:
        slug = [self.campaign.slug]
        news, asked = queries.told_and_asked(self.campaign)
        pages: list[tuple[str, str, int | None]] = [
            ("initiative", _("Campaign"), None),
            ("updates", _("News"), news or None),
            ("questions", _("Questions"), asked or None),
            ("backers", _("Backers"), self.backers or None),
            ("rules", _("Rules and money"), None),
        ]
        return [Tab(label, reverse(f"crowdfunding:{name}", args=slug), name == here, n) for name, label, n in pages]


def to_be_had(tier: Any) -> bool:
    """Whether the tier, as `queries.offers` gives it, can be chosen now."""
    return not tier.over and (tier.left is None or tier.left > 0)


def viewer_of(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def readable_campaigns(viewer: Member | None) -> QuerySet[Initiative]:
    """Campaigns of the communities whose life the viewer may see."""
    readable = communities.readable_by(viewer)
    return queries.campaigns().filter(community__in=readable).select_related("community")


def sheet_of(request: HttpRequest, slug: str) -> Sheet:
    """The campaign at this address, as far as the viewer may see it; a draft is seen by those who run it."""
    viewer = viewer_of(request)
    campaign = readable_campaigns(viewer).prefetch_related("phases").filter(slug=slug).first()
    if campaign is None:
        raise CampaignUnknown
    sheet = Sheet(campaign, viewer)
    if campaign.opened_at is None and not sheet.runs_it:
        raise CampaignUnknown
    return sheet

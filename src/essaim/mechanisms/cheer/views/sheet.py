"""The campaign a page is about, as far as who asks may see it."""

from __future__ import annotations

from django.http import HttpRequest

from essaim.mechanisms.cheer import passes
from essaim.mechanisms.cheer.sheets import CampaignUnknown, Sheet, readable_campaigns
from essaim.people.models import Member

FROM = "cheer_from"
"""Where a session keeps the link its visitor came through, until he cheers."""


def viewer_of(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def sheet_of(request: HttpRequest, slug: str) -> Sheet:
    """The campaign at this address, as far as the viewer may see it; a draft is seen by those who run it."""
    viewer = viewer_of(request)
    campaign = readable_campaigns(viewer).filter(slug=slug).first()
    if campaign is None:
        raise CampaignUnknown
    sheet = Sheet(campaign, viewer, "" if viewer else passes.carried(request, campaign))
    if campaign.opened_at is None and not sheet.runs_it:
        raise CampaignUnknown
    return sheet

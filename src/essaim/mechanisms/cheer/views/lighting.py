"""What the light shows, for programs and for the driver of the lamps."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from essaim.initiatives.models import Initiative
from essaim.mechanisms.cheer import queries
from essaim.mechanisms.cheer.lit import SALT, light_of, rig_of
from essaim.mechanisms.cheer.sheets import CampaignUnknown, Sheet
from essaim.mechanisms.cheer.views.sheet import sheet_of


@require_GET
@never_cache
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """The state as JSON, with the lamps it is for: to who may see the campaign, and to who has its key."""
    sheet = _keyed(request, slug) or sheet_of(request, slug)
    told: dict[str, Any] = light_of(sheet).told()
    return JsonResponse({**told, "rig": rig_of(sheet.campaign).told()})


def _keyed(request: HttpRequest, slug: str) -> Sheet | None:
    given = request.GET.get("key", "")
    if not given:
        return None
    try:
        number = signing.loads(given, salt=SALT)
    except signing.BadSignature:
        raise CampaignUnknown from None
    rows = Initiative.objects.filter(pk=number, slug=slug, mechanism=queries.SLUG).prefetch_related(
        "phases__initiative"
    )
    campaign = rows.first()
    if campaign is None:
        raise CampaignUnknown
    return Sheet(campaign, None)

"""The count and the wall for scripts, where there is no stream; and what anyone may recount."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from essaim.mechanisms.cheer import exports, queries
from essaim.mechanisms.cheer.sheets import CampaignUnknown, Sheet
from essaim.mechanisms.cheer.views.sheet import sheet_of

ON_SCREEN = 24


@require_GET
@never_cache
def tally(request: HttpRequest, slug: str) -> HttpResponse:
    """As the stream tells it: {"round": 12, "camps": [["reds", 5, 0, 1], …]}."""
    return JsonResponse(told(sheet_of(request, slug)))


def told(sheet: Sheet) -> dict[str, object]:
    camps = [[lane.camp.slug, lane.members, lane.guests, lane.heard] for lane in sheet.lanes]
    return {"round": sheet.shown.phase.pk if sheet.shown else None, "camps": camps}


@require_GET
@never_cache
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """What the screen's ticker shows: the last messages let through, oldest first."""
    sheet = sheet_of(request, slug)
    shown = list(queries.on_the_wall(sheet.campaign)[:ON_SCREEN])
    authors = queries.authors_of(shown)
    told = [
        {
            "id": message.pk,
            "camp": message.cheer.camp.slug,
            "words": message.words,
            "by": queries.first_name(authors.get(message.cheer.supporter)),
        }
        for message in reversed(shown)
    ]
    return JsonResponse({"messages": told})


@require_GET
def round_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every cheer of a counted round as it is published: camp, minute, how it came."""
    sheet = sheet_of(request, slug)
    lap = next((lap for lap in sheet.laps if lap.number == number and lap.is_counted), None)
    if lap is None:
        raise CampaignUnknown
    name, content = exports.round_csv(sheet.campaign, lap.phase, number)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)

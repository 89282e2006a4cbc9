"""Reading campaigns: all of them, one with its race, its wall, its results, its light, its rules; the big screen."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from essaim.communities.models import Community
from essaim.communities.queries import readable_by
from essaim.initiatives.typed import typed_before
from essaim.kit.colour import adjust, readable_ink
from essaim.kit.theme import DAY, NIGHT
from essaim.mechanisms.cheer import lit, queries
from essaim.mechanisms.cheer.forms.cheering import CheerForm, GuestForm
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.sheets import Lap, Sheet, readable_campaigns
from essaim.mechanisms.cheer.views.curve import curve_of
from essaim.mechanisms.cheer.views.sheet import FROM, sheet_of, viewer_of

PER_PAGE = 60
LEAST_TOLD = 5
"""A community is named from so many cheers on."""


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Those one can cheer in first, what is over after."""
    rows = readable_campaigns(viewer_of(request)).filter(opened_at__isnull=False)
    sheets = [Sheet(campaign, None) for campaign in rows.order_by(F("opened_at").desc(), "-pk")[:60]]
    context = {
        "open_ones": [sheet for sheet in sheets if not sheet.is_closed],
        "closed_ones": [sheet for sheet in sheets if sheet.is_closed],
    }
    return render(request, "cheer/index.html", context)


@require_GET
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign: the race, the form beside it, what was said last."""
    return campaign_page(request, sheet_of(request, slug))


def campaign_page(
    request: HttpRequest,
    sheet: Sheet,
    form: CheerForm | None = None,
    *,
    guest_form: GuestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The campaign's page; a refused form comes back with what was typed."""
    if form is None:
        typed = typed_before(request)
        chosen = {"camp": sheet.mine.camp.slug} if sheet.mine else {}
        form = CheerForm(initial={**chosen, **typed}, camps=Camp.objects.filter(campaign=sheet.campaign))
    arrived, cheered = queries.came_by_links(sheet.campaign)
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("initiative"),
        "form": form,
        "chosen": form["camp"].value(),
        "guest_form": guest_form or GuestForm(),
        "said": list(queries.on_the_wall(sheet.campaign)[:4]),
        "came": arrived,
        "cheered": cheered,
        "message": getattr(sheet.mine, "message", None) if sheet.mine else None,
        "light": lit.light_of(sheet),
        "came_by_link": FROM in request.session,  # his cheer counts for the link, which the plain way does
        "card": request.build_absolute_uri(reverse("cheer:card", args=[sheet.campaign.slug])),
    }
    return render(request, "cheer/campaign.html", context, status=status)


@require_GET
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """What moderators let through, newest first; one's own message with what became of it."""
    sheet = sheet_of(request, slug)
    page = Paginator(queries.on_the_wall(sheet.campaign), PER_PAGE).get_page(request.GET.get("page"))
    own = [] if not sheet.supporter else list(queries.messages_by(sheet.campaign, sheet.supporter)[:5])
    waiting = queries.waiting_messages().filter(cheer__campaign=sheet.campaign).count() if sheet.moderates_it else 0
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("wall"),
        "page": page,
        "authors": queries.authors_of(list(page)),
        "own": own,
        "waiting": waiting,
    }
    return render(request, "cheer/wall.html", context)


@require_GET
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds that are over or run: the count, the curve, who turned out, the seal."""
    sheet = sheet_of(request, slug)
    laps = [lap for lap in sheet.laps if lap.state != "ahead"]
    asked = request.GET.get("round", "")
    lap = next((lap for lap in laps if str(lap.number) == asked), laps[-1] if laps else None)
    context: dict[str, Any] = {"sheet": sheet, "tabs": sheet.tabs("results"), "laps": laps, "lap": lap}
    if lap is not None:
        lanes = sorted(sheet.lanes_of(lap), key=lambda lane: -lane.members)
        context |= {"lanes": lanes, "curve": curve_of(lap, sheet.camps), "turnout": _turnout(sheet, lap)}
        context["total"] = sum(lane.members for lane in lanes)
        context["apart"] = sum(lane.apart for lane in lanes)
    return render(request, "cheer/results.html", context)


def _turnout(sheet: Sheet, lap: Lap) -> list[dict[str, Any]]:
    """Communities the viewer may see, with how many of their members cheered."""
    told = {slug: (came, size) for slug, came, size in lap.row.turnout if came >= LEAST_TOLD}
    seen = Community.objects.filter(slug__in=told, pk__in=readable_by(sheet.viewer).values("pk"))
    rows = [
        {"community": row, "came": told[row.slug][0], "size": told[row.slug][1],
         "per_cent": round(100 * told[row.slug][0] / told[row.slug][1])}
        for row in seen
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["came"], row["community"].slug))


@require_GET
def light(request: HttpRequest, slug: str) -> HttpResponse:
    """What the light shows and why; every word said to it by hand."""
    sheet = sheet_of(request, slug)
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("light"),
        "light": lit.light_of(sheet),
        "orders": list(queries.orders(sheet.campaign)[:60]),
        "reveals": [lap for lap in sheet.laps if lap.row.reveal_at],
    }
    return render(request, "cheer/light.html", context)


@require_GET
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = sheet_of(request, slug)
    given = queries.passes_given(sheet.campaign) if sheet.rules["guests"] else 0
    amendments = sheet.campaign.amendments.select_related("author").order_by("-version")
    context = {"sheet": sheet, "tabs": sheet.tabs("rules"), "given": given, "amendments": amendments}
    return render(request, "cheer/rules.html", context)


@require_GET
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """The race for a projector: no menu, nothing to press."""
    sheet = sheet_of(request, slug)
    own = request.build_absolute_uri(sheet.campaign.get_absolute_url())
    return render(request, "cheer/screen.html", {"sheet": sheet, "address": own.partition("//")[2].rstrip("/")})


@require_GET
def colours(request: HttpRequest, slug: str) -> HttpResponse:
    """The camps' colours as a stylesheet; texts in them are made readable on paper and at night."""
    lines = [_colours_of(camp) for camp in sheet_of(request, slug).camps]
    text = "\n".join(["@layer pages {", *lines, "}", ""])
    return HttpResponse(
        text, content_type="text/css; charset=utf-8", headers={"Cache-Control": "private, max-age=60"}
    )


def _colours_of(camp: Camp) -> str:
    day = adjust(camp.colour, (DAY.paper, DAY.raised, DAY.sunk))
    night = adjust(camp.colour, (NIGHT.paper, NIGHT.raised, NIGHT.sunk))
    edge = adjust(camp.colour, (DAY.paper, DAY.raised, DAY.sunk), 3.0)
    dark_edge = adjust(camp.colour, (NIGHT.paper, NIGHT.raised, NIGHT.sunk), 3.0)
    ink = readable_ink(camp.colour, "#211a10", "#fffaf0")
    return (
        f"  .camp-{camp.slug} {{ --camp: {camp.colour}; --camp-2: {camp.second_colour}; --on-camp: {ink}; "
        f"--camp-text: light-dark({day}, {night}); --camp-edge: light-dark({edge}, {dark_edge}); }}"
    )

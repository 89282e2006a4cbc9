"""Reading campaigns: all of them, one with its rewards, news, questions, backers, rules; and what is embedded."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives import policy as kernel
from essaim.initiatives.forms import refuse
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit import dates
from essaim.kit.errors import Refusal
from essaim.kit.money import format_whole
from essaim.kit.passing import same_for_passers_by
from essaim.mechanisms.crowdfunding import actions, cards, policy, queries
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.fields import percent
from essaim.mechanisms.crowdfunding.forms.pledging import AskForm
from essaim.mechanisms.crowdfunding.models import BudgetLine, PotCampaign, TeamMember, Update
from essaim.mechanisms.crowdfunding.views.curve import TILES, curve_of
from essaim.mechanisms.crowdfunding.views.sheet import Sheet, readable_campaigns, sheet_of, viewer_of
from essaim.people.face import face
from essaim.people.queries import reader_language

PER_PAGE = 60
LEAST_TOLD = 5
"""A place is named from so many backers on."""


@require_GET
@same_for_passers_by
def index(request: HttpRequest) -> HttpResponse:
    """Open ones first, what is closed after."""
    rows = readable_campaigns(viewer_of(request)).filter(opened_at__isnull=False).prefetch_related("phases")
    sheets = [Sheet(campaign, None) for campaign in rows.order_by(F("opened_at").desc(), "-pk")[:60]]
    context = {
        "open_ones": [sheet for sheet in sheets if not sheet.is_closed],
        "closed_ones": [sheet for sheet in sheets if sheet.is_closed],
    }
    return render(request, "crowdfunding/index.html", context)


@require_GET
@same_for_passers_by
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign: its story beside the jar and the rewards."""
    sheet = sheet_of(request, slug)
    own = None
    if sheet.viewer is not None:
        own = queries.pledges_of(sheet.viewer).filter(campaign=sheet.campaign, state__in=queries.COUNTING).first()
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("initiative"),
        "own": own,
        "budget": list(BudgetLine.objects.filter(campaign=sheet.campaign)),
        "team": list(TeamMember.objects.filter(campaign=sheet.campaign).select_related("member")),
        "pots": _pots(sheet),
        "latest": queries.updates(sheet.campaign, sheet.viewer).first(),
        "card": request.build_absolute_uri(reverse("crowdfunding:card", args=[slug])),
    }
    return render(request, "crowdfunding/campaign.html", context)


def _pots(sheet: Sheet) -> list[PotCampaign]:
    joined = list(PotCampaign.objects.filter(campaign=sheet.campaign, pot__closed_at=None).select_related("pot"))
    for one in joined:
        one.rate = percent(one.pot.factor)  # type: ignore[attr-defined]
    return joined


@require_GET
@same_for_passers_by
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = sheet_of(request, slug)
    told = queries.updates(sheet.campaign, sheet.viewer)
    hidden = Update.objects.filter(initiative=sheet.campaign, state=Update.State.PUBLISHED).count() - told.count()
    context = {"sheet": sheet, "tabs": sheet.tabs("updates"), "updates": told, "hidden": hidden}
    return render(request, "crowdfunding/updates.html", context)


@require_GET
def update(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One piece of news; those for backers only ask others to back first."""
    sheet = sheet_of(request, slug)
    found = get_object_or_404(
        Update.objects.select_related("author"),
        initiative=sheet.campaign,
        number=number,
        state=Update.State.PUBLISHED,
    )
    shown = queries.updates(sheet.campaign, sheet.viewer).filter(pk=found.pk).exists()
    context = {"sheet": sheet, "update": found, "shown": shown}
    return render(request, "crowdfunding/update.html", context, status=200 if shown else 403)


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions and the team's answers; members ask, the team answers at the desk."""
    sheet = sheet_of(request, slug)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and sheet.viewer is None:
        return ask_to_sign_in(request)
    if request.method == "POST" and sheet.viewer is not None and form.is_valid():
        try:
            actions.ask_question(campaign=sheet.campaign, author=sheet.viewer, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your question is with the team. You will be told of the answer."))
            return redirect("crowdfunding:questions", slug=slug)
    page = Paginator(queries.questions(sheet.campaign), PER_PAGE).get_page(request.GET.get("page"))
    may_ask = kernel.may(policy.ask, sheet.viewer, sheet.campaign)
    context = {"sheet": sheet, "tabs": sheet.tabs("questions"), "page": page, "form": form, "may_ask": may_ask}
    return render(request, "crowdfunding/questions.html", context, status=422 if form.errors else 200)


@require_GET
@same_for_passers_by
def backers(request: HttpRequest, slug: str) -> HttpResponse:
    """The curve and its forecast, where backers live, and those who want to be seen."""
    sheet = sheet_of(request, slug)
    wall = Paginator(queries.wall(sheet.campaign), PER_PAGE)
    wall.count = queries.wall_size(sheet.campaign)  # counted with the pledges, not by the page
    page = wall.get_page(request.GET.get("page"))
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("backers"),
        "curve": curve_of(sheet),
        "places": queries.places(sheet.campaign, least=LEAST_TOLD),
        "tiles": tiles_of(sheet),
        "page": page,
        "least": LEAST_TOLD,
    }
    return render(request, "crowdfunding/backers.html", context)


def tiles_of(sheet: Sheet) -> dict[str, Any]:
    """The map: a tile for each country, darker with more backers; countries elsewhere are counted beside it.

    Parcels tell the country. Counts below the least told are not shown.
    """
    rows = queries.countries(sheet.campaign)
    told = {code: n for code, n in rows.items() if n >= LEAST_TOLD}
    most = max(told.values(), default=0)
    drawn = [
        {
            "code": code, "x": column * 44, "y": row * 44, "n": told.get(code, 0), "name": countries.name_of(code),
            "shade": -(-told.get(code, 0) * 4 // most) if most else 0,
        }
        for code, column, row in TILES
    ]  # fmt: skip
    named = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"drawn": drawn, "rows": [(countries.name_of(code), n) for code, n in named]}


@require_GET
@same_for_passers_by
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What was promised at the opening, in plain words; and where the money is."""
    sheet = sheet_of(request, slug)
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("rules"),
        "money": queries.money(sheet.campaign),
        "zones": [(zone, _countries(zone.countries)) for zone in sheet.rules.zones],
        "amendments": sheet.campaign.amendments.select_related("author").order_by("-version"),
    }
    return render(request, "crowdfunding/rules.html", context)


def _countries(codes: tuple[str, ...]) -> str:
    return ", ".join(str(_("every other country")) if code == "*" else countries.name_of(code) for code in codes)


def told(sheet: Sheet) -> dict[str, str]:
    """The campaign in three short lines, for what is embedded and shared."""
    language = reader_language()
    raised = format_whole(sheet.raised, sheet.rules.unit, language)
    goal = format_whole(sheet.rules.goal, sheet.rules.unit, language)
    figure = _("%(raised)s of %(goal)s") % {"raised": raised, "goal": goal}
    people = ngettext("%(n)d backer", "%(n)d backers", sheet.backers) % {"n": sheet.backers}
    if sheet.is_closed:
        ends = _("funded") if sheet.succeeded else _("closed")
    else:
        ends = dates.remaining(sheet.phase.ends_at) if sheet.phase else _("soon")
    return {"figure": figure, "detail": f"{people} · {ends}"}


def for_all(sheet: Sheet) -> bool:
    """What is embedded elsewhere is read by anyone: only campaigns that visitors may see."""
    return readable_campaigns(None).filter(pk=sheet.campaign.pk, opened_at__isnull=False).exists()


@require_GET
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": ["'none'"], "form-action": ["'none'"]})  # type: ignore[arg-type]
@cache_control(public=True, max_age=300)
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """A small page for other sites' frames: no script, no cookie, nothing that follows anyone."""
    sheet = _embedded(request, slug)
    context = {"sheet": sheet, "told": told(sheet), "width": round(268 * min(sheet.per_cent, 100) / 100)}
    return render(request, "crowdfunding/widget.html", context)


@require_GET
@cache_control(public=True, max_age=300)
def widget_image(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a drawing, for pages that allow no frame."""
    sheet = _embedded(request, slug)
    context = {
        "sheet": sheet, "told": told(sheet), "width": round(268 * min(sheet.per_cent, 100) / 100),
        "colours": face().colours, "house_name": face().name, "title": _short(sheet.campaign.title),
    }  # fmt: skip
    return render(request, "crowdfunding/widget.svg", context, content_type="image/svg+xml")


def _short(title: str) -> str:
    return title if len(title) <= 34 else f"{title[:33].rstrip()}…"


@require_GET
@cache_control(public=True, max_age=300)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card shown where the campaign's address is shared."""
    sheet = _embedded(request, slug)
    shown, colours = told(sheet), face().colours
    drawn = cards.draw(
        cards.Card(
            house=face().name,
            title=sheet.campaign.title,
            figure=shown["figure"],
            detail=shown["detail"],
            share=sheet.per_cent / 100,
            main=colours.main,
            accent=colours.accent,
        )
    )
    return HttpResponse(drawn, content_type="image/png")


def _embedded(request: HttpRequest, slug: str) -> Sheet:
    """The campaign as any visitor sees it; never more, whoever's browser asks."""
    campaign = get_object_or_404(
        readable_campaigns(None).prefetch_related("phases"), slug=slug, opened_at__isnull=False
    )
    return Sheet(campaign, None)


@require_GET
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """How to show the campaign elsewhere: the frame, the drawing, the card."""
    sheet = sheet_of(request, slug)
    names = {"frame": "widget", "image": "widget-image", "card": "card", "page": "initiative"}
    links = {
        key: request.build_absolute_uri(reverse(f"crowdfunding:{name}", args=[slug])) for key, name in names.items()
    }
    return render(request, "crowdfunding/share.html", {"sheet": sheet, "links": links, "open": for_all(sheet)})

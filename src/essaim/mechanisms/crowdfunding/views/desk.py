"""The campaigns' desk: preparing, opening, running. Acts ask their own policies; the desk lets staff and hosts in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives import actions as initiatives
from essaim.initiatives.calendar_forms import offered_calendar
from essaim.initiatives.desk_views import DeskClosed, for_the_desk, hosted, person, tried
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative
from essaim.kit.parts import Tab
from essaim.mechanisms.crowdfunding import actions, policy, queries
from essaim.mechanisms.crowdfunding.forms.preparing import NewCampaignForm
from essaim.mechanisms.crowdfunding.models import BudgetLine, OfflineMoney, Pledge, Question
from essaim.mechanisms.crowdfunding.views.sheet import CampaignUnknown, Sheet
from essaim.people.queries import house


def desk_sheet(request: HttpRequest, slug: str) -> Sheet:
    """The campaign, for its team and for those who keep the books; backers' addresses are nobody else's business."""
    campaigns = queries.campaigns().select_related("community").prefetch_related("phases")
    campaign = campaigns.filter(slug=slug).first()
    if campaign is None:
        raise CampaignUnknown
    sheet = Sheet(campaign, person(request))
    if not (sheet.runs_it or policy.handle_money.test(person(request), campaign)):
        raise DeskClosed
    return sheet


def tabs(sheet: Sheet, here: str) -> list[Tab]:
    pages = [
        ("campaign", _("Overview")),
        ("text", _("Story")),
        ("tiers", pgettext("campaign", "Rewards")),
        ("plan", _("Plan")),
    ]
    pages += [("rules", _("Rules")), ("calendar", _("Calendar")), ("news", _("News")), ("pledges", _("Pledges"))]
    pages += [("after", _("Parcels")), ("money", _("Money"))]
    slug = [sheet.campaign.slug]
    return [Tab(label, reverse(f"crowdfunding-studio:{name}", args=slug), name == here) for name, label in pages]


def shown(request: HttpRequest, sheet: Sheet, here: str, template: str = "", /, **context: Any) -> HttpResponse:
    """A page of the campaign's desk; 422 when one of its forms was refused."""
    refused = any(_errors(part) for part in context.values())
    everything = {"sheet": sheet, "campaign": sheet.campaign, "tabs": tabs(sheet, here), **context}
    return render(request, f"crowdfunding/studio/{template or here}.html", everything, status=422 if refused else 200)


def _errors(part: Any) -> bool:
    errors = getattr(part, "errors", None)
    if isinstance(errors, list) and hasattr(part, "total_error_count"):
        return bool(part.total_error_count())
    return bool(errors)


@require_GET
@for_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """All campaigns: in preparation, running, over."""
    member = person(request)
    campaigns = queries.campaigns().select_related("community").prefetch_related("phases").order_by("-created_at")
    if not policy.handle_money.test(member, None):
        campaigns = campaigns.filter(community__in=hosted(member))
    sheets = [Sheet(campaign, member) for campaign in campaigns[:100]]
    groups = [
        (_("In preparation"), [sheet for sheet in sheets if sheet.campaign.opened_at is None]),
        (_("Open"), [sheet for sheet in sheets if sheet.campaign.opened_at and not sheet.is_closed]),
        (_("Over"), [sheet for sheet in sheets if sheet.campaign.opened_at and sheet.is_closed]),
    ]
    context = {"groups": groups, "may_draft": hosted(member).exists()}
    return render(request, "crowdfunding/studio/desk.html", context)


@require_http_methods(["GET", "POST"])
@for_the_desk
def new(request: HttpRequest) -> HttpResponse:
    """A new campaign from a preset, with its calendar from tomorrow; its legal mode is frozen from here on."""
    member, manifest = person(request), mechanism(queries.SLUG)
    form = NewCampaignForm(
        request.POST or None,
        communities=hosted(member).order_by("sort_key"),
        manifest=manifest,
        unit=house().currency,
    )
    if request.method == "POST" and form.is_valid():
        given, drafted = form.cleaned_data, list[Initiative]()
        preset = manifest.preset(given["preset"])

        def draft() -> None:
            rules = {**preset.rules, "goal": given["goal"], "unit": house().currency}
            if rules["optimum"]:
                rules["optimum"] = given["goal"] * 18 // 10
            campaign = initiatives.draft_initiative(
                actor=member,
                community=given["community"],
                mechanism_slug=manifest.slug,
                preset_slug=preset.slug,
                title=given["title"],
                summary=given["summary"],
                rules=rules,
            )
            initiatives.schedule(initiative=campaign, phases=offered_calendar(preset.phases), actor=member)
            drafted.append(campaign)

        if tried(request, draft, _("The campaign is drafted. Tell its story, add rewards, then open it."), form):
            return redirect("crowdfunding-studio:campaign", slug=drafted[0].slug)
    return render(request, "crowdfunding/studio/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_the_desk
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the campaign stands, what is left before opening, what waits; and the acts on the whole of it."""
    sheet = desk_sheet(request, slug)
    if request.method == "POST" and _whole_act(request, sheet):
        return redirect("crowdfunding-studio:campaign", slug=slug)
    return shown(request, sheet, "campaign", checklist=checklist(sheet), waiting=waiting(sheet))


def _whole_act(request: HttpRequest, sheet: Sheet) -> bool:
    act, actor, row = request.POST.get("act"), person(request), sheet.campaign
    if act == "open":
        tried(request, lambda: initiatives.open_initiative(initiative=row, actor=actor), _("The campaign is open."))
    if act == "close":
        tried(request, lambda: actions.close_campaign(campaign=row, actor=actor), _("The campaign is closed."))
    if act in ("halt", "resume"):
        chosen = initiatives.halt if act == "halt" else initiatives.resume
        reason = request.POST.get("reason", "").strip()
        said = _("The campaign is halted.") if act == "halt" else _("The campaign goes on.")
        tried(request, lambda: chosen(initiative=row, reason=reason, actor=actor), said)
    return True


def checklist(sheet: Sheet) -> list[dict[str, Any]]:
    """What opening asks for: each line with whether it is there and where to see to it."""
    row, rules = sheet.campaign, sheet.rules
    budget = sum(BudgetLine.objects.filter(campaign=row).values_list("amount", flat=True))
    tiers = list(queries.tiers(row).filter(withdrawn_at=None))
    dated = not rules.is_sale or all(tier.delivery_month for tier in tiers)
    lines = [
        (_("The story is told"), bool(row.brief.strip()), "text"),
        (_("The risks are told"), bool(sheet.row.risks.strip()), "text"),
        (_("The budget adds up to the goal"), budget == rules.goal, "plan"),
        (_("Rewards are there"), bool(tiers) or rules.gifts, "tiers"),
        (_("Each reward has its delivery month"), dated, "tiers"),
        (_("The calendar has its dates"), bool(sheet.phases), "calendar"),
    ]
    if not rules.is_sale:
        lines.append((_("The licensed partner is named"), rules.partner.complete, "rules"))
    slug = [row.slug]
    return [
        {"label": label, "ok": ok, "url": reverse(f"crowdfunding-studio:{page}", args=slug)}
        for label, ok, page in lines
    ]


def waiting(sheet: Sheet) -> list[tuple[int, str, str]]:
    """What waits for the team in this campaign: how many, what, where."""
    row = sheet.campaign
    unanswered = Question.objects.filter(initiative=row, answered_at=None, state=Question.State.PUBLISHED).count()
    unconfirmed = OfflineMoney.objects.filter(pledge__campaign=row, confirmed_at=None).count()
    failed = Pledge.objects.filter(campaign=row, state=Pledge.State.FAILED).count()
    by_hand = queries.refunds_by_hand().filter(pledge__campaign=row).count()
    slug = [row.slug]
    rows = [
        (unanswered, _("questions without an answer"), reverse("crowdfunding-studio:news", args=slug)),
        (
            unconfirmed,
            _("payments by hand to be confirmed"),
            reverse("crowdfunding-studio:pledges", args=slug) + "?state=unconfirmed",
        ),
        (failed, _("payments that failed"), reverse("crowdfunding-studio:pledges", args=slug) + "?state=failed"),
        (by_hand, _("refunds to be sent by hand"), reverse("crowdfunding-studio:money", args=slug)),
    ]
    return [line for line in rows if line[0]]

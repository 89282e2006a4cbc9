"""The campaigns' desk: preparing, opening, running. Acts ask their own policies; the desk lets staff and hosts in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives import actions as initiatives
from essaim.initiatives.desk_views import DeskClosed, calendar_part, for_the_desk, hosted, person, tried
from essaim.initiatives.forms import ReasonForm
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.kit.parts import Tab
from essaim.mechanisms.cheer import actions, exports, queries
from essaim.mechanisms.cheer.forms import desk as typed
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.rules import RulesForm
from essaim.mechanisms.cheer.sheets import CampaignUnknown, Sheet

FEWEST_CAMPS = 2


def desk_sheet(request: HttpRequest, slug: str) -> Sheet:
    """The campaign, for staff, for hosts of its community and for its moderators."""
    rows = Initiative.objects.filter(mechanism=queries.SLUG, slug=slug).select_related("community")
    campaign = rows.prefetch_related("phases__initiative").first()
    if campaign is None:
        raise CampaignUnknown
    sheet = Sheet(campaign, person(request))
    if not (person(request).is_staff or sheet.runs_it or sheet.moderates_it):
        raise DeskClosed
    return sheet


def tabs(sheet: Sheet, here: str) -> list[Tab]:
    pages = [("campaign", _("Overview")), ("text", _("Text")), ("camps", _("Camps")), ("rounds", _("Rounds"))]
    pages += [("rules", _("Rules")), ("messages", _("Messages")), ("light", _("The light"))]
    slug = [sheet.campaign.slug]
    return [Tab(label, reverse(f"cheer-studio:{name}", args=slug), name == here) for name, label in pages]


def shown(request: HttpRequest, sheet: Sheet, here: str, template: str = "", /, **context: Any) -> HttpResponse:
    """A page of the campaign's desk; 422 when one of its forms was refused."""
    refused = any(_refused(part) for part in context.values())
    everything = {"sheet": sheet, "campaign": sheet.campaign, "tabs": tabs(sheet, here), **context}
    return render(request, f"cheer/studio/{template or here}.html", everything, status=422 if refused else 200)


def _refused(part: Any) -> bool:
    if hasattr(part, "total_error_count"):
        return bool(part.is_bound and part.total_error_count())
    return bool(getattr(part, "errors", None))


@require_GET
@for_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """All campaigns: in preparation, open, over; with the messages that wait in each."""
    member = person(request)
    rows = Initiative.objects.filter(mechanism=queries.SLUG).select_related("community").order_by("-created_at")
    if not member.is_staff:
        rows = rows.filter(community__in=hosted(member))
    sheets = [Sheet(row, member) for row in rows.prefetch_related("phases__initiative")[:100]]
    groups = [
        (_("In preparation"), [sheet for sheet in sheets if sheet.campaign.opened_at is None]),
        (_("Open"), [sheet for sheet in sheets if sheet.campaign.opened_at and not sheet.is_closed]),
        (_("Over"), [sheet for sheet in sheets if sheet.campaign.opened_at and sheet.is_closed]),
    ]
    waiting = queries.waiting_by_campaign()
    for sheet in sheets:
        sheet.waiting = waiting.get(sheet.campaign.pk, 0)  # type: ignore[attr-defined]
    context = {"groups": groups, "may_draft": hosted(member).exists(), "nothing": not sheets}
    return render(request, "cheer/studio/desk.html", context)


@require_http_methods(["GET", "POST"])
@for_the_desk
def new(request: HttpRequest) -> HttpResponse:
    """A new campaign from a preset; its rounds are planned on the next pages."""
    member, manifest = person(request), mechanism(queries.SLUG)
    form = typed.NewCampaignForm(
        request.POST or None, communities=hosted(member).order_by("sort_key"), manifest=manifest
    )
    if request.method == "POST" and form.is_valid():
        given, drafted = form.cleaned_data, list[Initiative]()

        def draft() -> None:
            words = {name: given[name] for name in ("title", "summary", "brief", "community")}
            drafted.append(
                initiatives.draft_initiative(
                    actor=member, mechanism_slug=manifest.slug, preset_slug=given["preset"], **words
                )
            )

        if tried(request, draft, _("The campaign is drafted. Name its camps and rounds, then open it."), form):
            return redirect("cheer-studio:campaign", slug=drafted[0].slug)
    return render(request, "cheer/studio/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_the_desk
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the campaign stands, what is left before the opening, and the acts on the whole of it."""
    sheet = desk_sheet(request, slug)
    form = ReasonForm(request.POST if request.POST.get("act") in ("halt", "resume") else None)
    if request.method == "POST" and _whole_act(request, sheet, form):
        return redirect("cheer-studio:campaign", slug=slug)
    waiting = queries.waiting_by_campaign().get(sheet.campaign.pk, 0)
    came = queries.came_by_links(sheet.campaign)
    passes = queries.passes_given(sheet.campaign)
    return shown(
        request, sheet, "campaign", form=form, checklist=checklist(sheet), waiting=waiting, came=came, passes=passes
    )


def _whole_act(request: HttpRequest, sheet: Sheet, form: ReasonForm) -> bool:
    act, actor, row = request.POST.get("act"), person(request), sheet.campaign
    if act == "open":
        tried(request, lambda: initiatives.open_initiative(initiative=row, actor=actor), _("The campaign is open."))
        return True
    if act in ("halt", "resume") and form.is_valid():
        chosen = initiatives.halt if act == "halt" else initiatives.resume
        done = _("The campaign is halted.") if act == "halt" else _("The campaign goes on.")
        reason = form.cleaned_data["reason"]
        return tried(request, lambda: chosen(initiative=row, reason=reason, actor=actor), done, form)
    return False


def checklist(sheet: Sheet) -> list[dict[str, Any]]:
    """What opening asks for: each line with whether it is there and where to see to it."""
    lines = [
        (_("Two camps at least"), len(sheet.camps) >= FEWEST_CAMPS, "camps"),
        (_("The rounds have their dates"), bool(sheet.laps), "rounds"),
        (_("One sentence says what it is about"), bool(sheet.campaign.summary), "text"),
    ]
    slug = [sheet.campaign.slug]
    return [
        {"label": label, "ok": ok, "url": reverse(f"cheer-studio:{page}", args=slug)} for label, ok, page in lines
    ]


@require_http_methods(["GET", "POST"])
@for_the_desk
def text(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = desk_sheet(request, slug)
    row = sheet.campaign
    initial = {"title": row.title, "summary": row.summary, "brief": row.brief}
    form = typed.TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        write = lambda: initiatives.change_draft(initiative=row, actor=person(request), **given)  # noqa: E731
        if tried(request, write, _("Saved."), form):
            return redirect("cheer-studio:text", slug=slug)
    return shown(request, sheet, "text", form=form)


@require_http_methods(["GET", "POST"])
@for_the_desk
def camps(request: HttpRequest, slug: str) -> HttpResponse:
    """The camps, and a form for one more."""
    sheet = desk_sheet(request, slug)
    actor = person(request)
    if request.POST.get("remove", "").isdigit():
        gone = get_object_or_404(Camp, pk=request.POST["remove"], campaign=sheet.campaign)
        tried(request, lambda: actions.remove_camp(camp=gone, actor=actor), _("The camp is taken out."))
        return redirect("cheer-studio:camps", slug=slug)
    posting = request.method == "POST"
    form = typed.CampForm(request.POST if posting else None, request.FILES if posting else None)
    if posting and form.is_valid():
        given = form.cleaned_data
        add = lambda: actions.add_camp(campaign=sheet.campaign, actor=actor, **given)  # noqa: E731
        if tried(request, add, _("The camp is added."), form):
            return redirect("cheer-studio:camps", slug=slug)
    return shown(request, sheet, "camps", form=form)


@require_http_methods(["GET", "POST"])
@for_the_desk
def camp(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    sheet = desk_sheet(request, slug)
    found = get_object_or_404(Camp, pk=pk, campaign=sheet.campaign)
    posting = request.method == "POST"
    form = typed.CampForm(request.POST if posting else None, request.FILES if posting else None, camp=found)
    if posting and form.is_valid():
        given = form.cleaned_data
        change = lambda: actions.change_camp(camp=found, actor=person(request), **given)  # noqa: E731
        if tried(request, change, _("The camp is changed."), form):
            return redirect("cheer-studio:camps", slug=slug)
    return shown(request, sheet, "camps", "camp", form=form, camp=found)


@require_http_methods(["GET", "POST"])
@for_the_desk
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """Rounds to the second before the opening; afterwards their names, and moves with a public reason."""
    sheet = desk_sheet(request, slug)
    return _running(request, sheet) if sheet.campaign.opened_at else _planned(request, sheet)


def _planned(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    known = [
        {"title": lap.row.title, "starts_at": lap.phase.starts_at, "ends_at": lap.phase.ends_at} for lap in sheet.laps
    ]
    forms = typed.RoundFormSet(request.POST if request.method == "POST" else None, initial=known, prefix="rounds")
    if request.method == "POST" and forms.is_valid():
        rows = sorted(
            ((form.planned, form.cleaned_data["title"]) for form in forms if form.planned),
            key=lambda row: row[0].starts_at,
        )

        def write() -> None:
            plan = [planned for planned, _title in rows]
            written = initiatives.schedule(initiative=sheet.campaign, phases=plan, actor=person(request))
            for phase, (_plan, title) in zip(written, rows, strict=True):
                actions.name_round(phase=phase, actor=person(request), title=title)

        if tried(request, write, _("The rounds are saved.")):
            return redirect("cheer-studio:rounds", slug=sheet.campaign.slug)
    return shown(request, sheet, "rounds", rounds=forms)


def _running(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    again = redirect("cheer-studio:rounds", slug=sheet.campaign.slug)
    if request.POST.get("act") == "name":
        phase = get_object_or_404(Phase, pk=request.POST.get("phase"), initiative=sheet.campaign)
        form = typed.TitleForm(request.POST)
        if form.is_valid():
            title = form.cleaned_data["title"]
            name = lambda: actions.name_round(phase=phase, actor=person(request), title=title)  # noqa: E731
            tried(request, name, _("Saved."))
        return again
    part = calendar_part(request, sheet.campaign)
    if part is None:
        return again
    return shown(request, sheet, "rounds", "calendar", **part)


@require_http_methods(["GET", "POST"])
@for_the_desk
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules: free before the opening, by public amendment after."""
    sheet = desk_sheet(request, slug)
    row, posted = sheet.campaign, request.POST if request.method == "POST" else None
    form = RulesForm(posted, initial=row.rules)
    reason = ReasonForm(posted) if row.opened_at else None
    if posted is not None and form.is_valid() and (reason is None or reason.is_valid()):
        given, actor = form.cleaned_data, person(request)

        def write() -> None:
            if reason is None:
                initiatives.change_draft(initiative=row, actor=actor, rules=given)
            else:
                why = reason.cleaned_data["reason"]
                initiatives.amend_rules(initiative=row, rules=given, reason=why, actor=actor)

        if tried(request, write, _("The rules are saved."), form):
            return redirect("cheer-studio:rules", slug=slug)
    return shown(request, sheet, "rules", form=form, reason=reason)


@require_GET
@for_the_desk
def export(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    sheet = desk_sheet(request, slug)
    if name not in exports.EXPORTS:
        raise CampaignUnknown
    file, content = exports.EXPORTS[name](sheet.campaign)
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )

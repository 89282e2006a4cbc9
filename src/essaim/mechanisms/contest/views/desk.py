"""The contest's desk: preparing, opening, running. Every role of the house reads; acts ask their own policies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives import actions as initiatives
from essaim.initiatives.calendar_forms import offered_calendar
from essaim.initiatives.desk_views import DeskClosed, calendar_part, for_the_desk, hosted, person, tried
from essaim.initiatives.forms import ReasonForm
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative
from essaim.kit.parts import Tab
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import Condition
from essaim.mechanisms.contest.forms.desk import (
    FundForm,
    JurorForm,
    NewContestForm,
    TextForm,
)
from essaim.mechanisms.contest.forms.rules import rules_forms
from essaim.mechanisms.contest.models import Funding, JurySeat, RungReached
from essaim.mechanisms.contest.views.pages import budget_line
from essaim.mechanisms.contest.views.sheet import ContestUnknown, Sheet


def desk_sheet(request: HttpRequest, slug: str) -> Sheet:
    """The contest, for staff and for hosts of its own community."""
    contests = queries.contests().select_related("community").prefetch_related("phases")
    contest = contests.filter(slug=slug).first()
    if contest is None:
        raise ContestUnknown
    sheet = Sheet(contest, person(request))
    if not (person(request).is_staff or sheet.runs_it):
        raise DeskClosed
    return sheet


def tabs(sheet: Sheet, here: str) -> list[Tab]:
    pages = [("contest", _("Overview")), ("text", _("Text")), ("rules", _("Rules")), ("calendar", _("Calendar"))]
    pages += [("jury", _("Jury")), ("money", _("Money")), ("ideas", _("Ideas"))]
    return [
        Tab(label, reverse(f"contest-studio:{name}", args=[sheet.contest.slug]), name == here)
        for name, label in pages
    ]


def shown(request: HttpRequest, sheet: Sheet, here: str, **context: Any) -> HttpResponse:
    """A page of the contest's desk; 422 when one of its forms was refused."""
    refused = any(getattr(part, "errors", None) for part in context.values())
    everything = {"sheet": sheet, "contest": sheet.contest, "tabs": tabs(sheet, here), **context}
    return render(request, f"contest/studio/{here}.html", everything, status=422 if refused else 200)


@require_GET
@for_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """All contests: in preparation, running, closed."""
    member = person(request)
    contests = queries.contests().select_related("community").prefetch_related("phases").order_by("-created_at")
    if not member.is_staff:
        contests = contests.filter(community__in=hosted(member))
    sheets = [Sheet(contest, member) for contest in contests[:200]]
    groups = [
        (_("In preparation"), [sheet for sheet in sheets if sheet.contest.opened_at is None]),
        (_("Open"), [sheet for sheet in sheets if sheet.contest.opened_at and not sheet.is_closed]),
        (_("Closed"), [sheet for sheet in sheets if sheet.is_closed]),
    ]
    may_draft = hosted(member).exists()
    return render(request, "contest/studio/desk.html", {"groups": groups, "may_draft": may_draft})


@require_http_methods(["GET", "POST"])
@for_the_desk
def new(request: HttpRequest) -> HttpResponse:
    """A new contest from a preset, with the preset's calendar from tomorrow."""
    member, manifest = person(request), mechanism(queries.SLUG)
    form = NewContestForm(request.POST or None, communities=hosted(member).order_by("sort_key"), manifest=manifest)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        preset = manifest.preset(given["preset"])
        drafted: list[Initiative] = []

        def draft() -> None:
            contest = initiatives.draft_initiative(
                actor=member,
                community=given["community"],
                mechanism_slug=manifest.slug,
                preset_slug=preset.slug,
                title=given["title"],
                summary=given["summary"],
                brief=given["brief"],
            )
            initiatives.schedule(initiative=contest, phases=offered_calendar(preset.phases), actor=member)
            drafted.append(contest)

        if tried(request, draft, _("The contest is drafted. Look at its rules and calendar, then open it."), form):
            return redirect("contest-studio:contest", slug=drafted[0].slug)
    return render(request, "contest/studio/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_the_desk
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the contest stands, what is left before opening, and the acts on the whole of it."""
    sheet = desk_sheet(request, slug)
    form = ReasonForm(request.POST if request.POST.get("act") in ("halt", "resume") else None)
    if request.method == "POST" and _whole_act(request, sheet, form):
        return redirect("contest-studio:contest", slug=slug)
    figures = [(queries.ideas(sheet.contest).count(), _("ideas")), (queries.voter_count(sheet.contest), _("voters"))]
    return shown(
        request, sheet, "contest", form=form, figures=figures, checklist=checklist(sheet),
        alarms=queries.open_alarms(sheet.contest), box=queries.box_of(sheet.contest),
        voting_over=bool(sheet.contest.opened_at) and queries.voting_over(sheet.contest),
    )  # fmt: skip


def _whole_act(request: HttpRequest, sheet: Sheet, form: ReasonForm) -> bool:
    act, actor, row = request.POST.get("act"), person(request), sheet.contest
    if act == "open":
        return (
            tried(
                request, lambda: initiatives.open_initiative(initiative=row, actor=actor), _("The contest is open.")
            )
            or True
        )
    if act == "seal":
        done = _("The count is sealed and published.")
        return tried(request, lambda: actions.close_contest(contest=row, actor=actor), done) or True
    if act in ("halt", "resume") and form.is_valid():
        chosen = initiatives.halt if act == "halt" else initiatives.resume
        done = _("The contest is halted.") if act == "halt" else _("The contest goes on.")
        reason = form.cleaned_data["reason"]
        return tried(request, lambda: chosen(initiative=row, reason=reason, actor=actor), done, form)
    return False


def checklist(sheet: Sheet) -> list[dict[str, Any]]:
    """What opening asks for: each line with whether it is there and where to see to it."""
    rules, row = sheet.rules, sheet.contest
    jurors = queries.jury(row).count()
    needed = max((rung.quorum for rung in rules.rungs if rung.condition is Condition.JURY), default=0)
    needed = max(needed, 1 if rules.jury_weight else 0)
    return [
        {"label": _("The brief says what you look for"), "ok": bool(row.brief.strip()), "page": "text"},
        {"label": _("The calendar has its dates"), "ok": bool(sheet.phases), "page": "calendar"},
        {"label": _("The jury is named"), "ok": jurors >= needed, "page": "jury"},
        {"label": _("The money is set aside"), "ok": not queries.shortfall(row, rules), "page": "money"},
    ]


@require_http_methods(["GET", "POST"])
@for_the_desk
def text(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = desk_sheet(request, slug)
    row = sheet.contest
    initial = {"title": row.title, "summary": row.summary, "brief": row.brief}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(
            request,
            lambda: initiatives.change_draft(initiative=row, actor=person(request), **given),
            _("Saved."),
            form,
        ):
            return redirect("contest-studio:text", slug=slug)
    return shown(request, sheet, "text", form=form)


@require_http_methods(["GET", "POST"])
@for_the_desk
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of the rules; free before opening, by public amendment after."""
    sheet = desk_sheet(request, slug)
    posted = request.POST if request.method == "POST" else None
    forms = rules_forms(posted, sheet.contest.rules)
    reason = ReasonForm(posted) if sheet.contest.opened_at else None
    if (
        posted is not None
        and all([forms.is_valid(), reason is None or reason.is_valid()])
        and tried(
            request,
            lambda: _write_rules(request, sheet, forms.frozen(), reason),
            _("The rules are saved."),
            forms.settings,
        )
    ):
        return redirect("contest-studio:rules", slug=slug)
    return shown(request, sheet, "rules", forms=forms, reason=reason)


def _write_rules(request: HttpRequest, sheet: Sheet, frozen: dict[str, Any], reason: ReasonForm | None) -> None:
    actor, row = person(request), sheet.contest
    if reason is None:
        initiatives.change_draft(initiative=row, actor=actor, rules=frozen)
    else:
        initiatives.amend_rules(initiative=row, rules=frozen, reason=reason.cleaned_data["reason"], actor=actor)


@require_http_methods(["GET", "POST"])
@for_the_desk
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Dates to the minute before opening; afterwards a phase is extended or closed early, with a public reason."""
    sheet = desk_sheet(request, slug)
    part = calendar_part(request, sheet.contest)
    if part is None:
        return redirect("contest-studio:calendar", slug=slug)
    return shown(request, sheet, "calendar", **part)


@require_http_methods(["GET", "POST"])
@for_the_desk
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """Who judges; named while the contest is prepared."""
    sheet = desk_sheet(request, slug)
    form = JurorForm(request.POST if "member" in request.POST else None)
    actor, row = person(request), sheet.contest
    if "unseat" in request.POST:
        seat = get_object_or_404(JurySeat.objects.select_related("member"), pk=request.POST["unseat"], contest=row)
        tried(
            request,
            lambda: actions.unseat_juror(contest=row, member=seat.member, actor=actor),
            _("The seat is free."),
        )
        return redirect("contest-studio:jury", slug=slug)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["member"]
        done = _("%(name)s sits in the jury.") % {"name": member}
        if tried(request, lambda: actions.seat_juror(contest=row, member=member, actor=actor), done, form):
            return redirect("contest-studio:jury", slug=slug)
    return shown(request, sheet, "jury", form=form, seats=queries.jury(row))


@require_http_methods(["GET", "POST"])
@for_the_desk
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """What the rungs can cost, what is set aside, what was paid."""
    sheet = desk_sheet(request, slug)
    row, actor = sheet.contest, person(request)
    gaps = queries.shortfall(row, sheet.rules)
    missing = next((needed - held for needed, held in gaps.values()), 0)
    form = FundForm(request.POST if "amount" in request.POST else None, initial={"amount": missing or None})
    if "leftover" in request.POST:
        tried(
            request,
            lambda: actions.return_leftover(contest=row, treasurer=actor),
            _("What was left is back with the house."),
        )
        return redirect("contest-studio:money", slug=slug)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(
            request,
            lambda: actions.fund_contest(contest=row, treasurer=actor, amount=given["amount"], key=given["key"]),
            _("The money is set aside."),
            form,
        ):
            return redirect("contest-studio:money", slug=slug)
    budget = [budget_line(sheet, unit, most) for unit, most in sheet.rules.budget.items()]
    funded = Funding.objects.filter(contest=row).select_related("funded_by").order_by("-funded_at")
    return shown(
        request, sheet, "money", form=form, budget=budget, funded=funded, gaps=gaps,
        paid=_paid(sheet), over=sheet.is_closed,
    )  # fmt: skip


def _paid(sheet: Sheet) -> Any:
    rows = RungReached.objects.filter(idea__contest=sheet.contest, amount__gt=0)
    return rows.select_related("idea__contest", "decided_by")

"""The desk before the opening: story, rules, calendar, plan, rewards; afterwards what of them may still change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives import actions as initiatives
from essaim.initiatives.desk_views import calendar_part, for_the_desk, person, tried
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.forms import lists as listed
from essaim.mechanisms.crowdfunding.forms import preparing as typed
from essaim.mechanisms.crowdfunding.models import BudgetLine, TeamMember, Tier
from essaim.mechanisms.crowdfunding.views.desk import desk_sheet, shown
from essaim.mechanisms.crowdfunding.views.desk_pictures import pictured, pictures, removed
from essaim.mechanisms.crowdfunding.views.sheet import Sheet

FROZEN = ("title", "summary", "brief")
"""What of the story stays as it was at the opening."""


@require_http_methods(["GET", "POST"])
@for_the_desk
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The story, the risks and the picture."""
    sheet = desk_sheet(request, slug)
    row, kept = sheet.campaign, sheet.row
    initial = {"title": row.title, "summary": row.summary, "brief": row.brief, "risks": kept.risks}
    initial["cover_text"] = kept.cover_text
    if request.method == "POST" and removed(request, sheet):
        return redirect("crowdfunding-studio:text", slug=slug)

    def made(words: Any, files: Any) -> typed.StoryForm:
        form = typed.StoryForm(words, files, initial=initial)
        for name in FROZEN if row.opened_at is not None else ():
            del form.fields[name]
        return form

    form = pictured(request, sheet, made, "brief") if request.method == "POST" else made(None, None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def write() -> None:
            if row.opened_at is None:
                words = {name: given[name] for name in FROZEN}
                initiatives.change_draft(initiative=row, actor=person(request), **words)
            actions.describe_campaign(
                campaign=row, actor=person(request), risks=given["risks"], cover=given["cover"],
                cover_text=given["cover_text"],
            )  # fmt: skip

        if tried(request, write, _("Saved."), form):
            return redirect("crowdfunding-studio:text", slug=slug)
    return shown(request, sheet, "text", form=form, pictures=pictures(sheet))


@require_http_methods(["GET", "POST"])
@for_the_desk
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of the rules; free before opening, by public amendment after, save what people pledged on."""
    sheet = desk_sheet(request, slug)
    row, posted = sheet.campaign, request.POST if request.method == "POST" else None
    form = typed.DeskRulesForm(posted, rules=sheet.rules, opened=row.opened_at is not None)
    reason = request.POST.get("reason", "").strip()
    if posted is not None and form.is_valid():
        changed, actor = form.changed(row.rules), person(request)

        def write() -> None:
            if row.opened_at is None:
                initiatives.change_draft(initiative=row, actor=actor, rules=changed)
            else:
                initiatives.amend_rules(initiative=row, rules=changed, reason=reason, actor=actor)

        if tried(request, write, _("The rules are saved."), form):
            return redirect("crowdfunding-studio:rules", slug=slug)
    return shown(request, sheet, "rules", form=form, reason=reason)


@require_http_methods(["GET", "POST"])
@for_the_desk
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Dates to the minute before opening; afterwards a phase is extended or closed early, with a public reason."""
    sheet = desk_sheet(request, slug)
    part = calendar_part(request, sheet.campaign)
    if part is None:
        return redirect("crowdfunding-studio:calendar", slug=slug)
    return shown(request, sheet, "calendar", **part)


@require_http_methods(["GET", "POST"])
@for_the_desk
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Budget, team, stretch goals: each list is saved on its own."""
    sheet = desk_sheet(request, slug)
    lists = {name: _list(request, sheet, name) for name in ("budget", "team", "stretch")}
    asked = request.POST.get("list", "")
    if request.method == "POST" and asked in lists and lists[asked].is_valid():
        rows = listed.kept(lists[asked])
        if tried(request, lambda: _save_list(request, sheet, asked, rows), _("Saved.")):
            return redirect(f"{reverse('crowdfunding-studio:plan', args=[slug])}#{asked}")
    return shown(request, sheet, "plan", **lists)


def _list(request: HttpRequest, sheet: Sheet, name: str) -> Any:
    """One of the three lists of the plan, filled with what was typed when it is the one posted."""
    posted = request.POST if request.method == "POST" and request.POST.get("list") == name else None
    row = sheet.campaign
    if name == "budget":
        lines = BudgetLine.objects.filter(campaign=row).values("label", "amount")
        return listed.BudgetFormSet(posted, prefix=name, initial=list(lines))
    if name == "team":
        people = TeamMember.objects.filter(campaign=row).select_related("member")
        known = [
            {"name": one.name, "role": one.role, "member": one.member.handle if one.member else ""} for one in people
        ]
        return listed.TeamFormSet(posted, prefix=name, initial=known)
    goals = queries.stretch_goals(row).filter(reached_at=None).values("amount", "title", "description")
    return listed.StretchFormSet(posted, prefix=name, initial=list(goals))


def _save_list(request: HttpRequest, sheet: Sheet, name: str, rows: list[Any]) -> None:
    actor, row = person(request), sheet.campaign
    if name == "budget":
        lines = [(form.cleaned_data["label"], form.cleaned_data["amount"]) for form in rows]
        actions.set_budget(campaign=row, actor=actor, lines=lines)
    elif name == "team":
        actions.set_team(campaign=row, actor=actor, people=[actions.Person(*each) for each in listed.people(rows)])
    else:
        given = [form.cleaned_data for form in rows]
        goals = [actions.Stretch(each["amount"], each["title"], each["description"]) for each in given]
        actions.set_stretch_goals(campaign=row, actor=actor, goals=goals)


@require_http_methods(["GET", "POST"])
@for_the_desk
def tiers(request: HttpRequest, slug: str) -> HttpResponse:
    """The rewards and extras, those withdrawn too."""
    sheet = desk_sheet(request, slug)
    if request.method == "POST" and request.POST.get("withdraw", "").isdigit():
        tier = get_object_or_404(Tier, pk=request.POST["withdraw"], campaign=sheet.campaign)
        tried(
            request,
            lambda: actions.withdraw_tier(tier=tier, actor=person(request)),
            _("It is no longer offered; those who have it keep it."),
        )
        return redirect("crowdfunding-studio:tiers", slug=slug)
    gone = queries.tiers(sheet.campaign).exclude(withdrawn_at=None)
    return shown(request, sheet, "tiers", offers=sheet.offers, gone=gone)


@require_http_methods(["GET", "POST"])
@for_the_desk
def tier(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """One reward with its options."""
    sheet = desk_sheet(request, slug)
    found = get_object_or_404(Tier, pk=pk, campaign=sheet.campaign) if pk else None
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = typed.TierForm(*posted, rules=sheet.rules, tier=found)
    known = [listed.option_initial(option) for option in found.options] if found else []
    options = listed.OptionFormSet(posted[0], prefix="options", initial=known)
    if request.method == "POST" and all([form.is_valid(), options.is_valid()]):
        fields = {**form.fields_given(), "options": [each.option() for each in listed.kept(options)]}

        def write() -> None:
            if found is None:
                actions.add_tier(campaign=sheet.campaign, actor=person(request), **fields)
            else:
                actions.change_tier(tier=found, actor=person(request), **fields)

        if tried(request, write, _("The reward is saved."), form):
            return redirect("crowdfunding-studio:tiers", slug=slug)
    return shown(request, sheet, "tiers", "tier", form=form, options=options, tier=found)

"""The jury's grid and the test panel's sheet."""

from __future__ import annotations

from statistics import mean
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit.errors import Forbidden, Refusal
from essaim.mechanisms.contest import actions, policy, queries
from essaim.mechanisms.contest.domain.errors import NotOnPanel
from essaim.mechanisms.contest.domain.rules import Condition, Rung
from essaim.mechanisms.contest.forms.ideas import ScoreForm
from essaim.mechanisms.contest.models import Idea, JuryScore, PanelTest
from essaim.mechanisms.contest.views.listing import sentence
from essaim.mechanisms.contest.views.sheet import ContestUnknown, Sheet, sheet_of
from essaim.mechanisms.contest.views.submit import published


@require_GET
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """Every idea with one's own score; the others' scores of an idea are shown once one has given one's own."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    _refuse_outsiders(sheet)
    lines = [_line(sheet, idea) for idea in _ideas(sheet)]
    todo = sum(1 for line in lines if line["own"] is None and not line["is_mine"])
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("jury"),
        "lines": sorted(lines, key=lambda line: line["own"] is not None),
        "todo": todo,
        "rung": _jury_rung(sheet),
        "scoring": sheet.opens("score_idea"),
        "deciding": sheet.opens("decide_potential"),
    }
    return render(request, "contest/jury.html", context)


def _refuse_outsiders(sheet: Sheet) -> None:
    if not (sheet.sits_in_jury or sheet.runs_it):
        raise policy.NotInJury


def _ideas(sheet: Sheet) -> Any:
    return queries.ideas(sheet.contest).prefetch_related("jury_scores").order_by("number")


def _jury_rung(sheet: Sheet) -> Rung | None:
    return next((rung for rung in sheet.rules.rungs if rung.condition is Condition.JURY), None)


def _line(sheet: Sheet, idea: Idea) -> dict[str, Any]:
    viewer, rung = sheet.viewer, _jury_rung(sheet)
    scores = list(idea.jury_scores.all())
    own = next((score for score in scores if viewer is not None and score.juror_id == viewer.pk), None)
    given = [score.score for score in scores]
    enough = rung is not None and len(given) >= rung.quorum and sum(given) >= rung.threshold * len(given)
    return {
        "idea": idea,
        "sentence": sentence(idea),
        "own": own,
        "is_mine": any(row.member_id == getattr(viewer, "pk", None) for row in idea.authorships.all()),
        "count": len(given),
        "mean": mean(given) if given and (own is not None or not sheet.sits_in_jury) else None,
        "enough": enough,
        "reached": rung is not None and any(row.rung == rung.slug for row in idea.rungs.all()),
    }


@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One idea before the jury: its story, one's score and reasons, then what the others gave."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    _refuse_outsiders(sheet)
    idea = published(sheet, number)
    own = JuryScore.objects.filter(idea=idea, juror=sheet.viewer).first()
    initial = {"score": own.score, "comment": own.comment} if own else {}
    form = ScoreForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.score_idea(idea=idea, juror=sheet.viewer, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your score is kept; you can change it while the jury sits."))
            return redirect("contest:jury", slug=slug)
    others = JuryScore.objects.filter(idea=idea).exclude(juror=sheet.viewer).select_related("juror")
    context = {
        "sheet": sheet,
        "idea": idea,
        "form": form,
        "own": own,
        "others": others if own or not sheet.sits_in_jury else None,
        "scoring": sheet.opens("score_idea"),
    }
    return render(request, "contest/score.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The jury declares the rung reached; its award is paid at once."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    idea = published(sheet, number)
    try:
        row = actions.decide_potential(idea=idea, actor=sheet.viewer, rung=request.POST.get("rung", ""))
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("“%(idea)s” stands on the rung “%(rung)s”; its award is paid.")
        if not row.amount:
            told = _("“%(idea)s” stands on the rung “%(rung)s”.")
        messages.success(request, told % {"idea": idea.title, "rung": _(sheet.rules.rung(row.rung).name)})
    return redirect("contest:jury", slug=slug)


@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, slug: str, test: int) -> HttpResponse:
    """The sheet of a tester: what is tested, how it went."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    tested = PanelTest.objects.filter(pk=test, idea__contest=sheet.contest).select_related("idea__contest").first()
    if tested is None:
        raise ContestUnknown
    seat = tested.seats.filter(member=sheet.viewer).first()
    if seat is None:
        raise NotOnPanel
    initial = {"score": seat.score, "comment": seat.comment}
    form = ScoreForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.score_test(test=tested, member=sheet.viewer, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. You can correct your result until the test is closed."))
            return redirect("contest:panel", slug=slug, test=test)
    context = {"sheet": sheet, "test": tested, "idea": tested.idea, "seat": seat, "form": form}
    return render(request, "contest/panel.html", context, status=422 if form.errors else 200)

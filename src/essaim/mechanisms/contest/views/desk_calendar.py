"""The contest's calendar at the desk: its dates before opening; afterwards its moves, each with a public reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives import actions as initiatives
from essaim.initiatives.calendar_forms import CalendarForm, Moves, offered_calendar
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.mechanism import mechanism
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.views.desk import desk_sheet, for_the_desk, person, shown, tried
from essaim.mechanisms.contest.views.sheet import Sheet


@require_http_methods(["GET", "POST"])
@for_the_desk
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = desk_sheet(request, slug)
    return _moved(request, sheet) if sheet.contest.opened_at else _planned(request, sheet)


def _planned(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    manifest = mechanism(queries.SLUG)
    planned = [PlannedPhase(phase.kind, phase.starts_at, phase.ends_at) for phase in sheet.phases]
    if not planned:
        preset = sheet.contest.preset or manifest.presets[0].slug
        planned = offered_calendar(manifest.preset(preset).phases)
    names = {kind.slug: kind.name for kind in manifest.phase_types}
    form = CalendarForm(request.POST if request.method == "POST" else None, planned=planned, names=names)

    def write() -> object:
        return initiatives.schedule(initiative=sheet.contest, phases=form.planned(), actor=person(request))

    if request.method == "POST" and form.is_valid() and tried(request, write, _("The calendar is saved."), form):
        return redirect("contest-studio:calendar", slug=sheet.contest.slug)
    return shown(request, sheet, "calendar", form=form)


def _moved(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    moves = [Moves(phase, sheet.phases, sent) for phase in sheet.phases]
    move = next((move for move in moves if move.sent), None)
    if move is not None and move.sent is not None and move.sent.is_valid():
        done = _("The phase is closed; everyone can see why.")
        if move.sent is move.extend:
            done = _("The phase is extended; everyone can see why.")
        if tried(request, lambda: move.act(person(request)), done, move.sent):
            return redirect("contest-studio:calendar", slug=sheet.contest.slug)
    return shown(request, sheet, "calendar", moves=moves, form=move and move.sent)

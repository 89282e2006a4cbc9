"""What the desks of all mechanisms have in common: who enters, how an act is tried, and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from essaim.communities.models import Community, Membership
from essaim.initiatives import actions
from essaim.initiatives.calendar_forms import CalendarForm, Moves, offered_calendar
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit.errors import Forbidden, Refusal, gettext_noop
from essaim.people.models import Member
from essaim.people.policy import is_manager


class DeskClosed(Forbidden):
    cause = gettext_noop("This desk is for those who run what stands on it.")
    remedy = gettext_noop("Ask an owner of the house for a role, or a host of the community.")


def person(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def for_the_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Staff of the house and hosts of communities; anyone else is told why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Member):
            return ask_to_sign_in(request)
        if not (request.user.is_staff or hosted(request.user).exists()):
            raise DeskClosed
        return view(request, *args, **kwargs)

    return guarded


def hosted(member: Member) -> QuerySet[Community]:
    """Where the member may run initiatives: everywhere for managers, else the communities she hosts."""
    if is_manager.test(member):
        return Community.objects.all()
    return Community.objects.filter(
        memberships__member=member, memberships__role=Membership.Role.HOST, memberships__state=Membership.State.ACTIVE
    )


def tried(request: HttpRequest, act: Callable[[], Any], said: str, form: Any = None) -> bool:
    """Do the act; a refusal goes into the form, or above the page when there is none."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def calendar_part(request: HttpRequest, initiative: Initiative) -> dict[str, Any] | None:
    """What the calendar's page shows (`initiatives/calendar.html`): dates to the minute before the opening, moves
    with a public reason after it. None when what was sent is done."""
    phases = list(initiative.phases.all())
    return _moved(request, phases) if initiative.opened_at else _planned(request, initiative, phases)


def _planned(request: HttpRequest, initiative: Initiative, phases: Sequence[Phase]) -> dict[str, Any] | None:
    manifest = mechanism(initiative.mechanism)
    planned = [PlannedPhase(phase.kind, phase.starts_at, phase.ends_at) for phase in phases]
    if not planned:
        planned = offered_calendar(manifest.preset(initiative.preset or manifest.presets[0].slug).phases)
    names = {kind.slug: kind.name for kind in manifest.phase_types}
    form = CalendarForm(request.POST if request.method == "POST" else None, planned=planned, names=names)

    def write() -> object:
        return actions.schedule(initiative=initiative, phases=form.planned(), actor=person(request))

    done = form.is_valid() and tried(request, write, _("The calendar is saved."), form)
    return None if done else {"form": form}


def _moved(request: HttpRequest, phases: Sequence[Phase]) -> dict[str, Any] | None:
    moves = [Moves(phase, phases, request.POST if request.method == "POST" else None) for phase in phases]
    move = next((move for move in moves if move.sent), None)
    if move is not None and move.sent is not None and move.sent.is_valid():
        said = _("The phase is closed; everyone can see why.")
        if move.sent is move.extend:
            said = _("The phase is extended; everyone can see why.")
        if tried(request, lambda: move.act(person(request)), said, move.sent):
            return None
    return {"moves": moves, "form": move and move.sent}

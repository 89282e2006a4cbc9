"""The calendar: phases are planned, extended, closed early; the clock takes note of what began and ended."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from essaim.activity.record import record
from essaim.initiatives import domain, policy
from essaim.initiatives.actions.life import _public_reason, lock
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.initiatives.verbs import (
    InitiativeClosed,
    InitiativeScheduled,
    PhaseAdvanced,
    PhaseBegun,
    PhaseClosedEarly,
    PhaseEnded,
    PhaseExtended,
    PhaseMoved,
)
from essaim.kit import clock
from essaim.people.models import Member

log = logging.getLogger(__name__)


@transaction.atomic
def schedule(*, initiative: Initiative, phases: Sequence[PlannedPhase], actor: Member) -> list[Phase]:
    """Write the whole calendar of an initiative not opened yet, in place of the one before."""
    initiative = lock(initiative)
    allow(policy.run_initiative, actor, initiative)
    if initiative.opened_at is not None:
        raise domain.AlreadyOpen
    kinds = frozenset(kind.slug for kind in mechanism(initiative.mechanism).phase_types)
    domain.check_schedule(phases, kinds)
    initiative.phases.all().delete()
    written = Phase.objects.bulk_create(
        Phase(initiative=initiative, kind=plan.kind, position=n, starts_at=plan.starts_at, ends_at=plan.ends_at)
        for n, plan in enumerate(phases)
    )
    record(InitiativeScheduled(len(written)), actor=actor, object=initiative, initiative=initiative)
    return written


@transaction.atomic
def extend_phase(
    *, phase: Phase, ends_at: datetime, reason: str, actor: Member, move_following: bool = False
) -> Phase:
    """Move the end of a phase that is not over to a later moment; in public.

    The new end comes before the next phase starts, unless the phases that follow move by as much.
    """
    initiative, phase = _locked(phase)
    allow(policy.run_initiative & policy.is_opened, actor, initiative)
    reason = _public_reason(reason)
    _refuse_over(phase)
    if ends_at <= phase.ends_at:
        raise domain.NotExtended
    following = list(initiative.phases.filter(position__gt=phase.position))
    if not move_following and any(later.starts_at < ends_at for later in following):
        raise domain.NextPhaseInTheWay
    before = phase.ends_at
    _move_end(phase, ends_at, reason, actor)
    extended = PhaseExtended(
        phase.kind, _phase_name(initiative, phase), before.isoformat(), ends_at.isoformat(), reason
    )
    record(extended, actor=actor, object=initiative, initiative=initiative)
    for later in following if move_following else ():
        _put_off(initiative, later, ends_at - before, reason, actor)
    return phase


def _put_off(initiative: Initiative, phase: Phase, by: timedelta, reason: str, actor: Member) -> None:
    """Move a phase that has not begun, whole, to later; it lasts as long as before."""
    planned = phase.starts_at
    phase.planned_start, phase.starts_at = phase.planned_start or phase.starts_at, phase.starts_at + by
    phase.save(update_fields=["starts_at", "planned_start"])
    _move_end(phase, phase.ends_at + by, reason, actor)
    moved = PhaseMoved(
        phase.kind, _phase_name(initiative, phase), planned.isoformat(), phase.starts_at.isoformat(), reason
    )
    record(moved, actor=actor, object=initiative, initiative=initiative)


@transaction.atomic
def close_phase_early(*, phase: Phase, reason: str, actor: Member, open_next: bool = True) -> Phase:
    """End a running phase now, and open the next one at once, unless it keeps its planned day; in public."""
    initiative, phase = _locked(phase)
    allow(policy.run_initiative & policy.is_opened, actor, initiative)
    reason = _public_reason(reason)
    _refuse_over(phase)
    now, before = clock.now(), phase.ends_at
    if phase.starts_at > now:
        raise domain.PhaseNotBegun
    _move_end(phase, now, reason, actor)
    closed = PhaseClosedEarly(phase.kind, _phase_name(initiative, phase), before.isoformat(), reason)
    record(closed, actor=actor, object=initiative, initiative=initiative)
    following = domain.upcoming(initiative.phases.all(), now) if open_next else None
    if following is not None:
        _bring_forward(initiative, following, reason, actor)
    return phase


def _bring_forward(initiative: Initiative, phase: Phase, reason: str, actor: Member) -> None:
    """Start a phase now; its end stays, for it was announced."""
    planned = phase.planned_start or phase.starts_at
    phase.planned_start, phase.starts_at = planned, clock.now()
    phase.change_reason, phase.changed_by = reason, actor
    phase.save(update_fields=["starts_at", "planned_start", "change_reason", "changed_by"])
    advanced = PhaseAdvanced(phase.kind, _phase_name(initiative, phase), planned.isoformat(), reason)
    record(advanced, actor=actor, object=initiative, initiative=initiative)


def turn_phases() -> int:
    """Take note of every phase that began or ended since the last turn; how many notes were taken.

    Each turn runs once, under the initiative's lock, in a transaction of its own together with the mechanism's
    hook: a hook that fails is logged and tried again at the next turn, and holds up no other initiative.
    """
    now = clock.now()
    due = Phase.objects.filter(initiative__opened_at__isnull=False, initiative__halted_at__isnull=True)
    beginning = due.filter(starts_at__lte=now, begun_at__isnull=True)
    ending = due.filter(ends_at__lte=now, ended_at__isnull=True)
    initiatives = Initiative.objects.filter(phases__in=beginning | ending).distinct().order_by("pk")
    taken = 0
    for initiative in initiatives:
        try:
            taken += _turn(initiative)
        except Exception:
            log.exception("The calendar of initiative %s could not turn", initiative.slug)
    return taken


@transaction.atomic
def _turn(initiative: Initiative) -> int:
    initiative, now, taken = lock(initiative), clock.now(), 0
    if initiative.halted_at is not None:
        return 0
    for phase in initiative.phases.all():
        if phase.begun_at is None and phase.starts_at <= now:
            _begin(initiative, phase, now)
            taken += 1
        if phase.ended_at is None and phase.ends_at <= now:
            _end(initiative, phase, now)
            taken += 1
    if initiative.closed_at is None and not initiative.phases.filter(ended_at__isnull=True).exists():
        Initiative.objects.filter(pk=initiative.pk).update(closed_at=now)
        record(InitiativeClosed(initiative.mechanism), actor=None, object=initiative, initiative=initiative)
    return taken


def _begin(initiative: Initiative, phase: Phase, now: datetime) -> None:
    manifest = mechanism(initiative.mechanism)
    phase.begun_at = now
    phase.save(update_fields=["begun_at"])
    begun = PhaseBegun(phase.kind, _phase_name(initiative, phase), phase.ends_at.isoformat())
    record(begun, actor=None, object=initiative, initiative=initiative)
    if manifest.on_phase_start is not None:
        manifest.on_phase_start(initiative, phase)


def _end(initiative: Initiative, phase: Phase, now: datetime) -> None:
    manifest = mechanism(initiative.mechanism)
    phase.ended_at = now
    phase.save(update_fields=["ended_at"])
    ended = PhaseEnded(phase.kind, _phase_name(initiative, phase))
    record(ended, actor=None, object=initiative, initiative=initiative)
    if manifest.on_phase_end is not None:
        manifest.on_phase_end(initiative, phase)


def _phase_name(initiative: Initiative, phase: Phase) -> str:
    """The name's catalogue key: payloads hold no language; the sentence translates it when it is told."""
    with translation.override("en"):
        return str(mechanism(initiative.mechanism).phase_type(phase.kind).name)


def _locked(phase: Phase) -> tuple[Initiative, Phase]:
    initiative = lock(phase.initiative)
    return initiative, initiative.phases.get(pk=phase.pk)


def _refuse_over(phase: Phase) -> None:
    if phase.ends_at <= clock.now():
        raise domain.PhaseOver


def _move_end(phase: Phase, ends_at: datetime, reason: str, actor: Member) -> None:
    phase.planned_end = phase.planned_end or phase.ends_at
    phase.ends_at, phase.change_reason, phase.changed_by = ends_at, reason, actor
    phase.save(update_fields=["ends_at", "planned_end", "change_reason", "changed_by"])

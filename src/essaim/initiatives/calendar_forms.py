"""The calendar of an initiative, typed at its desk: before opening, and moved with a reason after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.actions import close_phase_early, extend_phase
from essaim.initiatives.domain import PlannedPhase, upcoming
from essaim.initiatives.fields import MomentField
from essaim.initiatives.forms import ReasonForm
from essaim.initiatives.models import Phase
from essaim.initiatives.queries import phase_type
from essaim.kit import clock
from essaim.kit.dates import when
from essaim.people.models import Member


class CalendarForm(forms.Form):
    """The phases of a contest in order: when each starts and ends."""

    def __init__(self, data: Any = None, *, planned: Sequence[PlannedPhase], names: dict[str, Any]) -> None:
        super().__init__(data)
        self.kinds = [phase.kind for phase in planned]
        self.names = names
        for n, phase in enumerate(planned):
            self.fields[f"starts_{n}"] = MomentField(label=_("Starts"), initial=_local(phase.starts_at))
            self.fields[f"ends_{n}"] = MomentField(label=_("Ends"), initial=_local(phase.ends_at))

    def lines(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        return [(self.names[kind], self[f"starts_{n}"], self[f"ends_{n}"]) for n, kind in enumerate(self.kinds)]

    def planned(self) -> list[PlannedPhase]:
        given = self.cleaned_data
        return [PlannedPhase(kind, given[f"starts_{n}"], given[f"ends_{n}"]) for n, kind in enumerate(self.kinds)]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(microsecond=0)


def offered_calendar(phases: Sequence[tuple[str, int]]) -> list[PlannedPhase]:
    """The preset's phases one after another, from tomorrow midnight."""
    starts = _local(clock.now()).replace(hour=0, minute=0, second=0) + timedelta(days=1)
    planned = []
    for kind, days in phases:
        planned.append(PlannedPhase(kind, starts, starts + timedelta(days=days)))
        starts = planned[-1].ends_at
    return planned


class ExtendForm(ReasonForm):
    """A later end, what becomes of the phases that follow, and why."""

    ends_at = MomentField(label=_("New end"))
    following = forms.ChoiceField(
        label=_("The phases that follow"),
        choices=[("keep", _("keep their days")), ("move", _("move by as much"))],
        widget=forms.RadioSelect,
    )
    field_order = ("ends_at", "following", "reason")

    def __init__(self, data: Any = None, *, phase: Phase, following: Phase | None, **options: Any) -> None:
        super().__init__(data, **options)
        if following is None:
            del self.fields["following"]
        else:
            self.fields["following"].initial = "move" if following.starts_at == phase.ends_at else "keep"

    @property
    def moves_following(self) -> bool:
        return self.cleaned_data.get("following") == "move"


class CloseForm(ReasonForm):
    """An end now, what becomes of the phase that follows, and why."""

    next_phase = forms.ChoiceField(widget=forms.RadioSelect, initial="now")
    field_order = ("next_phase", "reason")

    def __init__(self, data: Any = None, *, following: Phase | None, **options: Any) -> None:
        super().__init__(data, **options)
        if following is None:
            del self.fields["next_phase"]
            return
        field = self.fields["next_phase"]
        field.label = gettext("The next phase, “%(name)s”") % {"name": phase_type(following).name}
        days = {"start": when(following.starts_at), "end": when(following.ends_at)}
        field.choices = [  # type: ignore[attr-defined]
            ("now", gettext("opens at once, and ends on %(end)s as planned") % days),
            ("planned", gettext("opens on its planned day, %(start)s") % days),
        ]

    @property
    def opens_next(self) -> bool:
        """At once, unless its planned day was asked for."""
        return self.cleaned_data.get("next_phase") != "planned"


class Moves:
    """A phase of an opened initiative with the forms that move it; the one that was sent is bound."""

    def __init__(self, phase: Phase, phases: Sequence[Phase], sent: Mapping[str, Any] | None) -> None:
        now = clock.now()
        self.phase, self.name = phase, phase_type(phase).name
        act = sent.get("act") if sent is not None and sent.get("phase") == str(phase.pk) else None
        self.is_over = phase.ends_at <= now
        self.runs = phase.starts_at <= now and not self.is_over
        self.extend = ExtendForm(
            sent if act == "extend" else None,
            phase=phase,
            following=next((later for later in phases if later.position > phase.position), None),
            auto_id=f"id_{phase.pk}_extend_%s",
        )
        self.close = CloseForm(
            sent if act == "close" else None,
            following=upcoming(phases, now) if self.runs else None,
            auto_id=f"id_{phase.pk}_close_%s",
        )

    @property
    def sent(self) -> ExtendForm | CloseForm | None:
        return next((form for form in (self.extend, self.close) if form.is_bound), None)

    def act(self, actor: Member) -> None:
        """What the form that was sent, and is valid, asks for."""
        reason = self.sent.cleaned_data["reason"] if self.sent else ""
        if self.sent is self.close:
            close_phase_early(phase=self.phase, reason=reason, actor=actor, open_next=self.close.opens_next)
        else:
            extend_phase(
                phase=self.phase,
                ends_at=self.extend.cleaned_data["ends_at"],
                reason=reason,
                actor=actor,
                move_following=self.extend.moves_following,
            )

"""The calendar of an initiative, typed at its desk: before opening, and moved with a reason after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.fields import MomentField
from essaim.kit import clock


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
    return timezone.localtime(moment).replace(second=0, microsecond=0)


def offered_calendar(phases: Sequence[tuple[str, int]]) -> list[PlannedPhase]:
    """The preset's phases one after another, from tomorrow midnight."""
    starts = _local(clock.now()).replace(hour=0, minute=0) + timedelta(days=1)
    planned = []
    for kind, days in phases:
        planned.append(PlannedPhase(kind, starts, starts + timedelta(days=days)))
        starts = planned[-1].ends_at
    return planned


class ExtendForm(forms.Form):
    """A later end, and why."""

    ends_at = MomentField(label=_("New end"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        help_text=_("It will be public."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

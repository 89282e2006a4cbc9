"""What those who run a contest type at their desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.mechanism import Mechanism
from essaim.kit import clock
from essaim.mechanisms.contest.forms.fields import MoneyField, PercentField
from essaim.mechanisms.contest.models import Idea, OfficialAnswer
from essaim.people.models import Member
from essaim.people.queries import find_member

LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A moment picked in the browser's own way, in the house's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    input_formats = (LOCAL, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")


class MemberField(forms.CharField):
    """A member, by handle."""

    def clean(self, value: Any) -> Member | None:
        typed = super().clean(value).strip().removeprefix("@")
        if not typed:
            return None
        member = find_member(typed)
        if member is None:
            raise forms.ValidationError(_("Nobody here answers to this handle. Check it on the person's page."))
        return member


class MembersField(forms.CharField):
    """Several members, by handle, separated by commas, spaces or lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Member]:
        typed = super().clean(value).replace(",", " ").split()
        found = {name: find_member(name.removeprefix("@")) for name in typed}
        unknown = [name for name, member in found.items() if member is None]
        if unknown:
            raise forms.ValidationError(
                _("Nobody here answers to: %(names)s.") % {"names": ", ".join(unknown)}, code="unknown"
            )
        return [member for member in found.values() if member is not None]


class TextForm(forms.Form):
    """What the contest asks."""

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=240,
        required=False,
        help_text=_("Stands on cards and in search engines."),
    )
    brief = forms.CharField(
        label=_("The brief"),
        required=False,
        max_length=20_000,
        help_text=_("What you look for, why, what is possible and what is not. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class NewContestForm(TextForm):
    """A contest from a preset."""

    community = forms.ModelChoiceField(
        label=_("In which community"), queryset=Community.objects.none(), empty_label=None
    )
    preset = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    field_order = ("preset", "community", "title", "summary", "brief")

    def __init__(self, *args: Any, communities: Any, manifest: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]
        choices = [(preset.slug, f"{preset.name} – {preset.summary}") for preset in manifest.presets]
        self.fields["preset"].choices = choices  # type: ignore[attr-defined]
        self.fields["preset"].initial = choices[0][0]


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


class FundForm(forms.Form):
    """House money set aside for the awards. The key makes the same form fund once."""

    amount = MoneyField(label=_("Amount to set aside"))
    key = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": str(uuid4()), **(initial or {})})


class JurorForm(forms.Form):
    member = MemberField(label=_("Handle of the member"), max_length=31)


class AnswerForm(forms.Form):
    """What the house answers."""

    verdict = forms.ChoiceField(
        label=_("The house says"), choices=OfficialAnswer.Verdict.choices, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=_("The answer"),
        max_length=10_000,
        help_text=_("Public, dated and signed. Say what you will do and when, or why not."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class MergeForm(forms.Form):
    """Into which idea, and which part its authors bring."""

    kept = forms.ModelChoiceField(label=_("Into which idea"), queryset=Idea.objects.none(), empty_label=None)
    carried = PercentField(
        label=_("Part of the merged idea's authors, in %"),
        required=False,
        help_text=_("Empty: every idea merged so far weighs the same."),
    )

    def __init__(self, *args: Any, ideas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = ideas  # type: ignore[attr-defined]


class PanelForm(forms.Form):
    """Who tests the idea."""

    panel = MembersField(
        label=_("Handles of the testers"),
        max_length=4_000,
        help_text=_("Separated by commas or spaces; authors do not sit."),
    )


class LaunchForm(forms.Form):
    """The product an idea becomes."""

    name = forms.CharField(label=_("Name of the product"), max_length=120)
    summary = forms.CharField(label=_("In one sentence"), max_length=240, required=False)


class NoteForm(forms.Form):
    """What was found when an alarm was looked at."""

    note = forms.CharField(
        label=_("What you found"),
        max_length=1_000,
        help_text=_("It will be public."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

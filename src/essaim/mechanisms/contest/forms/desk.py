"""What those who run a contest type at their desk."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.initiatives import desk_forms
from essaim.initiatives.fields import MemberField, MembersField, MoneyField, PercentField
from essaim.mechanisms.contest.models import Idea, OfficialAnswer


class TextForm(desk_forms.TextForm):
    """What the contest asks."""

    brief = forms.CharField(
        label=_("The brief"),
        required=False,
        max_length=20_000,
        help_text=_("What you look for, why, what is possible and what is not. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class NewContestForm(TextForm, desk_forms.NewInitiativeForm):
    """A contest from a preset."""


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

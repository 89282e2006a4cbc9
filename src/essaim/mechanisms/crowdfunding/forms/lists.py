"""Lists the team types row by row: options, budget, team, stretch goals, questions to backers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.initiatives.fields import CountField, MemberField, MoneyField
from essaim.mechanisms.crowdfunding.domain.tiers import CAPITALS, FIGURES, LETTERS, OptionKind
from essaim.mechanisms.crowdfunding.forms.fields import AREA
from essaim.people.models import Member


class OptionForm(forms.Form):
    """Something the backer decides about a reward."""

    KINDS = [
        (OptionKind.CHOICE, _("one of several")),
        (OptionKind.TEXT, _("a few words")),
        (OptionKind.ENGRAVING, _("a text to be engraved, read over by its giver")),
    ]
    label = forms.CharField(label=_("What is asked"), max_length=60)
    kind = forms.ChoiceField(label=_("It is"), choices=KINDS, initial=OptionKind.CHOICE)
    choices = forms.CharField(
        label=_("The choices, one a line"), max_length=1_000, required=False, widget=forms.Textarea(AREA)
    )
    longest = CountField(label=_("At most how many characters"), initial=30)
    allowed = forms.ChoiceField(label=_("Characters it may hold"), required=False)
    required = forms.BooleanField(label=_("An answer is needed"), required=False, initial=True)
    slug = forms.SlugField(required=False, widget=forms.HiddenInput)

    ALPHABETS = [
        (LETTERS, _("letters, accents, figures, simple signs")),
        (CAPITALS, _("capitals, figures, simple signs")),
        (FIGURES, _("figures and dates")),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = self.initial.get("allowed", LETTERS)
        kept = [] if own in dict(self.ALPHABETS) else [(own, own)]
        self.fields["allowed"].choices = [*self.ALPHABETS, *kept]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == OptionKind.CHOICE and len(self._choices(cleaned)) < 2:
            self.add_error("choices", _("Write at least two choices."))
        return cleaned

    def _choices(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [line.strip() for line in cleaned.get("choices", "").splitlines() if line.strip()]

    def option(self) -> dict[str, Any]:
        """As the tier keeps it."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            "slug": given["slug"] or slugify(given["label"])[:40] or "option",
            "label": given["label"],
            "kind": str(given["kind"]),
            "required": given["required"],
        }
        if given["kind"] == OptionKind.CHOICE:
            return {**found, "choices": self._choices(given)}
        return {**found, "longest": given["longest"] or 30, "allowed": given["allowed"] or LETTERS}


def option_initial(option: Mapping[str, Any]) -> dict[str, Any]:
    return {**option, "choices": "\n".join(option.get("choices", ()))}


class BudgetForm(forms.Form):
    label = forms.CharField(label=_("What it pays"), max_length=120)
    amount = MoneyField(label=_("Amount"))


class PersonForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    role = forms.CharField(label=_("Role"), max_length=120, required=False)
    member = MemberField(label=_("Handle, if a member"), max_length=31, required=False)


class StretchForm(forms.Form):
    amount = MoneyField(label=_("From"))
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(label=_("What happens then"), max_length=500, required=False)


class QuestionForm(forms.Form):
    """A question put to backers after the campaign."""

    label = forms.CharField(label=_("Question"), max_length=120)
    choices = forms.CharField(
        label=_("The choices, one a line"),
        max_length=1_000,
        required=False,
        help_text=_("Empty: they write a few words."),
        widget=forms.Textarea(AREA),
    )
    slug = forms.SlugField(required=False, widget=forms.HiddenInput)

    def question(self) -> dict[str, Any]:
        given = self.cleaned_data
        choices = [line.strip() for line in given["choices"].splitlines() if line.strip()]
        return {
            "slug": given["slug"] or slugify(given["label"])[:40] or "question",
            "label": given["label"],
            "choices": choices,
        }


def formset(form: type[forms.Form], *, most: int = 30) -> Any:
    return forms.formset_factory(form, extra=2, max_num=most, can_delete=True)


OptionFormSet = forms.formset_factory(OptionForm, extra=1, max_num=8, can_delete=True)
BudgetFormSet = formset(BudgetForm)
TeamFormSet = formset(PersonForm)
StretchFormSet = formset(StretchForm, most=12)
SurveyFormSet = formset(QuestionForm, most=12)


def kept(forms_: Any) -> list[Any]:
    """The forms that stand: those that were there, and extra ones once something was typed in them."""
    typed = [form for form in forms_.extra_forms if form.has_changed()]
    return [form for form in (*forms_.initial_forms, *typed) if form not in forms_.deleted_forms]


def people(forms_: Sequence[Any]) -> list[tuple[str, str, Member | None]]:
    """Name, role and account of each person typed."""
    return [(form.cleaned_data["name"], form.cleaned_data["role"], form.cleaned_data["member"]) for form in forms_]

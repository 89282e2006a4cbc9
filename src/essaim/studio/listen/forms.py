"""What is asked on the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.models import Initiative


class ProposalForm(forms.Form):
    """The suggestion in the house's words, and where it goes."""

    initiative = forms.TypedChoiceField(label=_("Where it goes"), coerce=int)
    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(label=_("The idea"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, data: Any = None, *, taking: list[Initiative], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.taking = {one.pk: one for one in taking}
        choices = [(one.pk, f"{one.title} – {one.community.name}") for one in taking]
        self.fields["initiative"].choices = choices  # type: ignore[attr-defined]

    def act(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "initiative": self.taking[given["initiative"]]}

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import VOCABULARY


def event_choices() -> list[tuple[str, str]]:
    return sorted((type_.slug, type_.slug) for type_ in VOCABULARY if type_.public or type_.staff)


class EndpointForm(forms.Form):
    url = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https", help_text=_("It receives signed POST requests.")
    )
    events = forms.MultipleChoiceField(
        label=_("Activities"),
        choices=event_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everything public."),
    )

"""What supporters type: a cheer with a few words, an address for a pass, whether their name stands on their card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.mechanisms.cheer.domain import MESSAGE_LENGTH
from essaim.mechanisms.cheer.models import Camp


class CheerForm(forms.Form):
    """A camp and a few words."""

    camp = forms.ModelChoiceField(
        queryset=Camp.objects.none(),
        to_field_name="slug",
        empty_label=None,
        label=_("Your camp"),
        error_messages={
            "required": _("No camp is chosen. Choose yours."),
            "invalid_choice": _("This camp does not take part."),
        },
    )
    words = forms.CharField(
        label=_("A few words for the wall"),
        required=False,
        help_text=_("A moderator reads them first."),
        widget=forms.TextInput(
            attrs={"data-counter": "words-count", "data-most": str(MESSAGE_LENGTH), "autocomplete": "off"}
        ),
    )

    def __init__(self, data: Any = None, *, camps: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["camp"].queryset = camps  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("One letter with your pass, and no other. The address is not kept."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NameForm(forms.Form):
    named = forms.BooleanField(label=_("My first name stands on my card"), required=False)

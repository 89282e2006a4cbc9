"""What is asked of the one who adds a place to listen to."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from essaim.listening.kinds import SourceKind
from essaim.listening.models import Source
from essaim.listening.sources import domain

MOST_LIST_BYTES = 10_000_000


class SettingsForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, required=False, help_text=_("Empty: its address."))
    every_minutes = forms.IntegerField(
        label=_("Minutes between visits"),
        initial=60,
        min_value=domain.LEAST_MINUTES,
        max_value=domain.MOST_MINUTES,
    )
    retention_days = forms.IntegerField(
        label=_("Days kept"),
        initial=90,
        min_value=1,
        max_value=domain.MOST_DAYS,
        help_text=_("What was said goes after that many days; shorter is kinder to those who said it."),
    )
    no_matching = forms.BooleanField(
        label=_("Its rules forbid to match people"),
        required=False,
        help_text=_("Members are not asked whether they are one of its authors, and cannot join one to themselves."),
    )


class NewSourceForm(SettingsForm):
    address = forms.CharField(label=_("Address"), max_length=domain.MOST_CHARACTERS)
    field_order = ("address", "name", "every_minutes", "retention_days", "no_matching")

    def __init__(self, *args: Any, kind: SourceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = str(kind.address_label)
        self.fields["address"].help_text = _("For example %(example)s") % {"example": kind.example}
        if kind.pushed:
            del self.fields["every_minutes"]


class BackfillForm(forms.Form):
    since = forms.DateField(
        label=_("Back to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: as far as the place gives it."),
    )


class ListForm(forms.Form):
    list = forms.FileField(label=_("List of feeds (OPML)"), help_text=_("Any feed reader exports one."))
    every_minutes = SettingsForm.base_fields["every_minutes"]
    retention_days = SettingsForm.base_fields["retention_days"]

    def clean_list(self) -> Any:
        sent = self.cleaned_data["list"]
        if sent.size > MOST_LIST_BYTES:
            raise forms.ValidationError(_("This list is larger than 10 MB. Split it in two."))
        return sent


class QuietForm(forms.Form):
    host = forms.CharField(label=_("Site"), max_length=253, help_text=_("Its subdomains are meant too."))
    reason = forms.CharField(label=_("Who asked, and how"), max_length=300, required=False)


def options_form(kind: SourceKind, posted: Any = None, source: Source | None = None) -> forms.Form | None:
    """What the kind asks for beyond the address."""
    if kind.options_form is None:
        return None
    return kind.options_form(posted, prefix="options", initial=source.options if source else None)


def options_of(form: forms.Form | None) -> dict[str, Any]:
    """As they are kept: plain JSON."""
    return json.loads(json.dumps(form.cleaned_data, cls=DjangoJSONEncoder)) if form is not None else {}

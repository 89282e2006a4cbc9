"""What the team types to begin an initiative of any kind, and to say what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community
from essaim.initiatives.mechanism import Mechanism


class TextForm(forms.Form):
    """What an initiative is called. How its story is asked for is each mechanism's own."""

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=240,
        required=False,
        help_text=_("Stands on cards and in search engines."),
    )


class NewInitiativeForm(TextForm):
    """An initiative from a preset of its mechanism, in one of the communities given."""

    community = forms.ModelChoiceField(
        label=_("In which community"), queryset=Community.objects.none(), empty_label=None
    )
    preset = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    field_order = ("preset", "community", "title", "summary")

    def __init__(self, *args: Any, communities: Any, manifest: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]
        choices = [(preset.slug, f"{preset.name} – {preset.summary}") for preset in manifest.presets]
        self.fields["preset"].choices = choices  # type: ignore[attr-defined]
        self.fields["preset"].initial = choices[0][0]

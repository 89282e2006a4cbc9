"""What a member says when he claims an account elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.listening.voices.queries import platforms


class ClaimForm(forms.Form):
    platform = forms.ChoiceField(label=_("Where"))
    handle = forms.CharField(
        label=_("Your name there"),
        max_length=200,
        help_text=_("As others write it to you, such as @ada@mastodon.example."),
    )
    evidence = forms.URLField(
        label=_("Address of your page there"),
        required=False,
        assume_scheme="https",
        help_text=_(
            "Only if your profile there links to your page here with rel=me. Without it you are given a code to post."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = [(name, name) for name in platforms()]  # type: ignore[attr-defined]

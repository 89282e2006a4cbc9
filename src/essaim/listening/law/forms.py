"""What an author says who wants to be left alone, and what the team answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoForm(forms.Form):
    platform = forms.CharField(
        label=_("Where you write"),
        max_length=40,
        help_text=_("The name of the network or site: mastodon, bluesky, a forum’s address…"),
    )
    handle = forms.CharField(label=_("Your name there"), max_length=200)


class ProofForm(WhoForm):
    page = forms.URLField(
        label=_("Address of your page there"),
        required=False,
        assume_scheme="https",
        help_text=_("Leave it empty if you posted the code as a message we may already have heard."),
    )
    ticket = forms.CharField(widget=forms.HiddenInput)


class PleaForm(WhoForm):
    words = forms.CharField(
        label=_("What would show us that it is you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whatever you like; nothing is required. No identity papers, please."),
    )
    reply_to = forms.EmailField(
        label=_("Where to tell you the answer"),
        required=False,
        help_text=_("Used for this and deleted once it is decided."),
    )


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, told to the person"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

"""Mastodon as a place to listen to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.connectors.mastodon.read import answer, read
from essaim.listening.kinds import SourceKind


class Options(forms.Form):
    all_public = forms.BooleanField(
        label=_("our own server or account"),
        help_text=_("Reads all who write in public, also those who do not let search engines index them."),
        required=False,
    )


SOURCES = (
    SourceKind(
        slug="mastodon",
        name=_("Mastodon"),
        summary=_("A tag, an account or a list of a Mastodon server."),
        icon="people",
        address_label=_("address of the tag, account or list"),
        example="https://mastodon.example/tags/bread",
        legal_basis=_(
            "Legitimate interest in what is said in public about us; only authors whose settings let their posts be "
            "indexed."
        ),
        deletion=_("Posts are asked for again, twenty a visit; what is missing there goes from here."),
        per_hour=600,
        read=read,
        options_form=Options,
        answer=answer,
        heed_robots=False,
    ),
)

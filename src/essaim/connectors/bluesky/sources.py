"""Bluesky as places to listen to: a search asked again and again, or the stream of everything."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.connectors.bluesky import read, stream
from essaim.listening.kinds import SourceKind

LEGAL_BASIS = _(
    "Legitimate interest in what is said in public about us; only authors who show their posts to everybody."
)


class SearchOptions(forms.Form):
    server = forms.URLField(
        label=_("server"),
        help_text=_("Where the house has its account; without one, the largest server is asked."),
        required=False,
        assume_scheme="https",
    )


class StreamOptions(forms.Form):
    words = forms.CharField(
        label=_("words to listen for"),
        help_text=_("Separated by commas. Answers to what was heard, and reposts and likes of it, are kept as well."),
        max_length=1000,
    )


SOURCES = (
    SourceKind(
        slug="bluesky",
        name=_("Bluesky, a search"),
        summary=_("Posts with certain words, from the newest back to what is known."),
        icon="people",
        address_label=_("words to search for"),
        example="crêpes bretonnes",
        legal_basis=LEGAL_BASIS,
        deletion=_(
            "Posts are asked for again, twenty-five a visit; what is missing there goes from here. Nobody can change "
            "the words of a post there."
        ),
        per_hour=1_000,
        read=read.read,
        options_form=SearchOptions,
        answer=read.answer,
        heed_robots=False,
    ),
    SourceKind(
        slug="bluesky-stream",
        name=_("Bluesky, the stream"),
        summary=_("All of Bluesky as it is written (Jetstream); what concerns us is kept."),
        icon="people",
        address_label=_("address of the stream"),
        example="wss://jetstream2.us-east.bsky.network/subscribe",
        legal_basis=LEGAL_BASIS,
        deletion=_(
            "The stream tells what is deleted: it goes from here at the next visit. Nobody can change the words of a "
            "post there."
        ),
        per_hour=60,
        read=stream.read,
        options_form=StreamOptions,
        answer=read.answer,
        heed_robots=False,
    ),
)

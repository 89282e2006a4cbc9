"""ActivityPub outboxes as places to listen to, and archives as files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.connectors.activitystreams.read import read, read_file
from essaim.listening.kinds import FileKind, SourceKind


class Options(forms.Form):
    all_public = forms.BooleanField(
        label=_("our own account"),
        help_text=_("Reads it even though it does not let search engines index it."),
        required=False,
    )


SOURCES = (
    SourceKind(
        slug="activitypub",
        name=_("ActivityPub"),
        summary=_("What one author of the fediverse publishes: PeerTube, Pixelfed, WordPress, Lemmy and others."),
        icon="people",
        address_label=_("address of the author or of his outbox"),
        example="https://videos.example/accounts/baker",
        legal_basis=_(
            "Legitimate interest in what is said in public about us; not of authors who refuse to be indexed."
        ),
        deletion=_("Deletions in the outbox are followed; twenty posts a visit are asked for again."),
        per_hour=600,
        read=read,
        options_form=Options,
        heed_robots=False,
    ),
)
FILES = (
    FileKind(
        slug="activitystreams",
        name=_("Archive in ActivityStreams (JSON or ZIP)"),
        read=read_file,
        suffixes=(".json", ".jsonld", ".zip"),
    ),
)

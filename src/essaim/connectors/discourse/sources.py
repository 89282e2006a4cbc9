"""Discourse as a place to listen to, and its saved topics as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.connectors.discourse.forum import read, read_file
from essaim.listening.kinds import FileKind, SourceKind

SOURCES = (
    SourceKind(
        slug="discourse",
        name=_("Discourse"),
        summary=_("A forum, one of its categories or tags, or a single topic, through its public pages."),
        icon="comment",
        address_label=_("address of the forum, category, tag or topic"),
        example="https://forum.example/c/recipes/5",
        legal_basis=_("Legitimate interest in what is said in public about us; only what anybody reads there."),
        deletion=_("Topics are read again: a post that is no longer in its topic goes from here."),
        per_hour=300,
        read=read,
    ),
)
FILES = (
    FileKind(
        slug="discourse",
        name=_("Topics of a Discourse forum, saved as JSON"),
        read=read_file,
        suffixes=(".json", ".zip"),
        options={"site": "the forum's host, when the topics do not tell it"},
    ),
)

"""Tables as a kind of file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.connectors.tables.reading import read_file
from essaim.listening.kinds import FileKind

FILES = (
    FileKind(
        slug="table",
        name=_("Table (CSV, JSON Lines, XLSX)"),
        read=read_file,
        suffixes=(".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".xlsx", ".xlsm"),
        options={"mapping": "the name of a mapping; without it the columns are guessed"},
    ),
)

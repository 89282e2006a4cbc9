"""Letters as a place to listen to, and as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.connectors.maildrop.read import read, read_file
from essaim.listening.kinds import FileKind, SourceKind

SOURCES = (
    SourceKind(
        slug="mail",
        name=_("Letters"),
        summary=_("A folder into which your mail server lets letters fall: Maildir, mbox or .eml files."),
        icon="mail",
        address_label=_("folder"),
        example="/var/mail/listen",
        legal_basis=_("Legitimate interest in reading what people write to us; nobody's address is shown or kept."),
        deletion=_("On demand; a letter taken out of the folder stays until its time is over."),
        per_hour=3_600,
        read=read,
    ),
)
FILES = (
    FileKind(
        slug="mail",
        name=_("Letters (Maildir, mbox or .eml)"),
        read=read_file,
        suffixes=("", ".mbox", ".eml"),
    ),
)

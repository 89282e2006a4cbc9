"""The dump of a Stack Exchange site as a kind of file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.connectors.stackexchange.read import read
from essaim.listening.kinds import FileKind

FILES = (
    FileKind(
        slug="stackexchange",
        name=_("Dump of a Stack Exchange site (folder of XML)"),
        read=read,
        suffixes=(".xml",),
        options={"site": "which site it is; the name of the folder stands for it"},
    ),
)

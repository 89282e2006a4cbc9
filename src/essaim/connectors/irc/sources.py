"""Chat logs as a kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from essaim.connectors.irc.read import day_of, read
from essaim.listening.files import contents
from essaim.listening.kinds import FileKind
from essaim.listening.post import Post, Refused

ASIDE = (".annotation.txt", ".ascii.txt", ".tok.txt")
"""What annotated collections keep beside a log, of the same log."""


def read_file(path: Path, channel: str = "irc", day: str = "", zone: str = "UTC") -> Iterator[Post | Refused]:
    """Every log under the path. Its day is the one given, else its name tells it, else when it was last changed."""
    changed = datetime.fromtimestamp(path.stat().st_mtime)
    for name, content in contents(path, ".txt", ".log"):
        if name.endswith(ASIDE):
            continue
        begun = datetime.fromisoformat(day) if day else day_of(name) or changed
        midnight = begun.replace(hour=0, minute=0, second=0, microsecond=0)
        text = content.decode("utf-8", "replace").replace("\0", "")
        yield from read(text, name=name, channel=channel, day=midnight, zone=ZoneInfo(zone))


FILES = (
    FileKind(
        slug="irc",
        name=_("Chat log (IRC)"),
        read=read_file,
        suffixes=(".txt", ".log", ".zip"),
        options={
            "channel": "the channel's name",
            "day": "the day of a log whose name does not tell it (2026-03-01)",
            "zone": "the clock's time zone (Europe/Paris)",
        },
    ),
)

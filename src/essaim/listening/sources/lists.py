"""A list of feeds taken in: each entry becomes a source, or is refused with its line and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from essaim.kit.errors import Refusal
from essaim.listening.models import Source
from essaim.listening.sources.actions import add_source
from essaim.listening.sources.opml import Listed, read_list, write_list
from essaim.listening.sources.refusals import ListTooLong
from essaim.people.models import Member

KIND = "feed"
MOST_FEEDS = 5_000


@dataclass(frozen=True)
class Line:
    """What became of one entry."""

    number: int
    name: str
    note: str
    source: Source | None = None


def take_list(body: bytes, *, actor: Member, every_minutes: int, retention_days: int) -> list[Line]:
    """Each accepted entry in an act of its own: one that is refused keeps no other from coming in."""
    entries = list(read_list(body))
    if len(entries) > MOST_FEEDS:
        raise ListTooLong(most=MOST_FEEDS)
    lines = []
    for entry in entries:
        if not isinstance(entry, Listed):
            lines.append(Line(entry.line, entry.text, _(entry.reason)))
            continue
        try:
            source = add_source(
                kind=KIND,
                address=entry.url,
                name=entry.title,
                actor=actor,
                every_minutes=every_minutes,
                retention_days=retention_days,
            )
        except Refusal as refusal:
            lines.append(Line(entry.line, entry.title, str(refusal)))
        else:
            lines.append(Line(entry.line, source.name, _(entry.mended) if entry.mended else "", source))
    return lines


def list_of_feeds(title: str) -> str:
    """All feeds listened to, as OPML 2.0."""
    feeds = Source.objects.filter(kind=KIND, removed_at=None).order_by("name", "pk")
    return write_list(title, feeds.values_list("name", "address"))

"""Mentions to read, as intake would have stored them."""

from __future__ import annotations

from essaim.kit import clock
from essaim.listening.models import Mention, Source


def said(*texts: str, **columns: object) -> list[int]:
    """The numbers of new mentions with these texts."""
    source, _made = Source.objects.get_or_create(kind="file", address="test", name="Test")
    given = {"platform": "test", "published_at": clock.now(), **columns}
    return [Mention.objects.create(source=source, text=text, **given).pk for text in texts]

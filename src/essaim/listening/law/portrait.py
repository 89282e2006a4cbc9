"""All that is kept about a voice, for the one who asks (GDPR art. 15)."""

from __future__ import annotations

from typing import Any

from essaim.listening.models import Look, Mention, Voice
from essaim.listening.voices.keys import open_handle
from essaim.listening.voices.queries import claims_in_force

FIELDS = (
    "id", "published_at", "received_at", "platform", "url", "tie", "title", "text", "language", "reactions", "reach",
    "tags", "labels", "source__name",
)  # fmt: skip


def portrait_of(voice: Voice) -> dict[str, Any]:
    """The voice, its mentions, who has claimed it, and how often the team looked."""
    return {
        "platform": voice.platform,
        "handle": open_handle(voice),
        "pseudonym": voice.pseudonym,
        "handle_kept_until": voice.handle_until,
        "first_heard": voice.first_at,
        "last_heard": voice.last_at,
        "claimed": claims_in_force().filter(voice=voice).exists(),
        "looked_at_by_the_team": Look.objects.filter(voice_id=voice.pk).count(),
        "mentions": list(Mention.objects.filter(voice=voice).order_by("published_at", "id").values(*FIELDS)),
        "named_in": Mention.objects.filter(names__contains=[voice.pk]).count(),
    }

"""What is kept about a member's voices: shown to him in his archive, and let go with him."""

from __future__ import annotations

from typing import Any

from essaim.listening.models import Claim, Mention, Suggestion, Unmatched
from essaim.listening.voices.queries import voices_of
from essaim.people import rights
from essaim.people.models import Member


def claims(member: Member) -> list[dict[str, Any]]:
    rows = Claim.objects.filter(member=member).select_related("voice").order_by("pk")
    return [
        {
            "platform": row.voice.platform,
            "voice": row.voice.pseudonym,
            "proof": row.proof,
            "evidence": row.evidence,
            "asked_at": row.asked_at,
            "proved_at": row.proved_at,
            "ended_at": row.ended_at,
        }
        for row in rows
    ]


def matching(member: Member) -> list[dict[str, Any]]:
    """That he does not want to be asked about accounts elsewhere, if so."""
    return [{"since": row.at} for row in Unmatched.objects.filter(member=member)]


def mentions(member: Member) -> list[dict[str, Any]]:
    """What he said elsewhere, as it is kept here."""
    names = ("platform", "published_at", "url", "tie", "title", "text", "language")
    return list(Mention.objects.filter(voice__in=voices_of(member)).order_by("published_at", "pk").values(*names))


def forget(member: Member) -> None:
    """The tie between the member and his voices goes; what they said in public stays under its pseudonym."""
    Claim.objects.filter(member=member).delete()
    Suggestion.objects.filter(member=member).delete()
    Unmatched.objects.filter(member=member).delete()


def register_all() -> None:
    rights.register("voices", portrait=claims, erase=forget)
    rights.register("not_matched", portrait=matching)
    rights.register("mentions_elsewhere", portrait=mentions)

"""What a campaign's tables hold about a member: his to take away, and forgotten when he goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.mechanisms.cheer.models import Cheer, CheerMessage, PersonalLink
from essaim.mechanisms.cheer.queries import supporter_key
from essaim.people.models import Member


def portrait(member: Member) -> Sequence[Mapping[str, Any]]:
    """Each cheer with its message and what became of it; each link with how many came through it."""
    key = supporter_key(member)
    cheers = Cheer.objects.filter(supporter=key).order_by("pk")
    names = ("campaign__slug", "camp__slug", "cast_at", "changed_at", "message__words", "message__state")
    rows: list[Mapping[str, Any]] = [
        {"what": "cheer", **row} for row in cheers.values(*names, "message__reason", "message__decided_at")
    ]
    links = PersonalLink.objects.filter(supporter=key).order_by("pk")
    kept = links.values("campaign__slug", "token", "named", "came", "cheered", "made_at")
    return rows + [{"what": "link", **row} for row in kept]


def erase(member: Member) -> None:
    """Words and links go; that somebody cheered, for whom and when, stays in the count under a number."""
    key = supporter_key(member)
    CheerMessage.objects.filter(cheer__supporter=key).delete()
    PersonalLink.objects.filter(supporter=key).delete()

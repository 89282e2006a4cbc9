"""What notices keep about a member, and how it goes when he goes."""

from __future__ import annotations

from typing import Any

from essaim.people import rights
from essaim.people.models import Member
from essaim.projectors.notices.models import Letter, Notice, Pending, Preference, Seen


def notice_preferences(member: Member) -> list[dict[str, Any]]:
    chosen = Preference.objects.filter(member=member).order_by("topic")
    return [{"topic": row.topic, "frequency": row.frequency} for row in chosen]


def letters(member: Member) -> list[dict[str, Any]]:
    fields = ("message_id", "frequency", "topic", "state", "written_at", "sent_at")
    return list(Letter.objects.filter(member=member).order_by("pk").values(*fields))


def forget(member: Member) -> None:
    """Notices and preferences go. Letters stay as the proof of what was sent; they hold no text and no address."""
    for model in (Notice, Seen, Pending, Preference):
        model.objects.filter(member=member).delete()
    Letter.objects.filter(member=member, state=Letter.State.WAITING).update(state=Letter.State.DROPPED)


def register_all() -> None:
    rights.register("notice_preferences", portrait=notice_preferences, erase=forget)
    rights.register("letters", portrait=letters)

"""What this folder keeps about a member: shown to him, and let go when he goes."""

from __future__ import annotations

from typing import Any

from essaim.people import rights
from essaim.people.models import Member
from essaim.studio.listen.models import Proposal


def portrait(member: Member) -> list[dict[str, Any]]:
    rows = Proposal.objects.filter(member=member).order_by("pk")
    return [dict(row) for row in rows.values("title", "text", "state", "initiative__title", "made_at", "answered_at")]


def erase(member: Member) -> None:
    """What was only asked goes; what was taken is a contribution of his, and goes as those do."""
    Proposal.objects.filter(member=member).exclude(state=Proposal.State.TAKEN).delete()
    Proposal.objects.filter(member=member).update(member=None, title="", text="")


rights.register("suggestions", portrait=portrait, erase=erase)

"""What reading keeps about a member of the team: the corrections he made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.listening.reading.models import Correction
from essaim.people import rights
from essaim.people.models import Member


def corrections_of(member: Member) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "at": one.at.isoformat(),
            "mention": one.mention_id,
            "field": one.field,
            "was": one.was,
            "is": one.value,
        }
        for one in Correction.objects.filter(actor=member).order_by("pk")
    ]


rights.register("corrections of readings", portrait=corrections_of)

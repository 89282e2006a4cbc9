"""What is kept about the members who read tables in: the mappings they named."""

from __future__ import annotations

from typing import Any

from essaim.connectors.tables.models import SavedLayout, Upload
from essaim.people import rights
from essaim.people.models import Member


def layouts_of(member: Member) -> list[dict[str, Any]]:
    return [dict(row) for row in SavedLayout.objects.filter(made_by=member).values("name", "made_at")]


def forget(member: Member) -> None:
    """A mapping says nothing about who made it and stays; a file half read goes."""
    Upload.objects.filter(made_by=member).delete()


rights.register("table mappings", portrait=layouts_of, erase=forget)

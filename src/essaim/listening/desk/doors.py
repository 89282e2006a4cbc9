"""Where a mention leads outside the desk: folders above hang their ways here, from their `ready()`.

A way has a place to go (`url`), whom it is open to (`open_to`), and what it tells of a mention that went it (`told`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essaim.kit.vocabulary import Text

if TYPE_CHECKING:
    from essaim.listening.desk.queries.dialogue import Seen
    from essaim.people.models import Member


@dataclass(frozen=True)
class Door:
    """A way out of the desk; `told` gives safe HTML about what became of a mention, or nothing."""

    slug: str
    label: Text
    url: Callable[[int], str]
    open_to: Callable[[Member, Seen], bool]
    told: Callable[[int], str] = lambda mention_id: ""


_doors: dict[str, Door] = {}


def hang(door: Door) -> None:
    """Add a way; the same slug again replaces it."""
    _doors[door.slug] = door


def open_to(member: Member, seen: Seen) -> list[dict[str, Any]]:
    return [
        {"label": door.label, "url": door.url(seen.mention.pk)}
        for door in _doors.values()
        if door.open_to(member, seen)
    ]


def told(mention_id: int) -> list[str]:
    return [html for door in _doors.values() if (html := door.told(mention_id))]

"""What the folders above show on a member's public page.

    shelves.register(ideas_of, order=20)

from an application's `ready()`: `ideas_of(member, request)` returns safe HTML, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from essaim.people.models import Member

Shelf = Callable[[Member, HttpRequest], str]
_shelves: dict[Shelf, int] = {}


def register(shelf: Shelf, *, order: int = 50) -> None:
    """Show what `shelf` returns on every member's page, smallest order first."""
    _shelves[shelf] = order


def rendered(member: Member, request: HttpRequest) -> list[SafeString]:
    """The fragments that have something to show."""
    fragments = (shelf(member, request) for shelf in sorted(_shelves, key=lambda each: _shelves[each]))
    return [mark_safe(fragment) for fragment in fragments if fragment]

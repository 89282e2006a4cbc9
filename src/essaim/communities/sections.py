"""What the folders above show on a community's page.

    sections.register(open_initiatives, order=10)

from an application's `ready()`: `open_initiatives(community, request)` returns safe HTML, or nothing. What is open
now stands under one title; with `after=True` a section follows with a title of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from essaim.communities.models import Community

Section = Callable[[Community, HttpRequest], str]
_sections: dict[Section, int] = {}
_after: dict[Section, int] = {}


def register(section: Section, *, order: int = 50, after: bool = False) -> None:
    """Show what `section` returns on every community's page, smallest order first."""
    (_after if after else _sections)[section] = order


def rendered(community: Community, request: HttpRequest, *, after: bool = False) -> list[SafeString]:
    """The fragments that have something to show."""
    known = _after if after else _sections
    fragments = (section(community, request) for section in sorted(known, key=lambda each: known[each]))
    return [mark_safe(fragment) for fragment in fragments if fragment]

"""Where the folders above put their own things into every page, without kit knowing them.

From an application's `ready()`:

    slots.add_link("nav", _("Communities"), "communities:index", order=20)
    slots.fill("bell", render_bell)          # a function of the request returning safe HTML

Places of links: `nav`, `account` (menu of a signed-in member), `footer`, and for the rail `studio:top`
and `studio:<wing>`.
Slots: `bell`, `banner` (above the content of every page), `consents` (below a member's consents).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from essaim.kit.addresses import address

WINGS = (
    ("listen", _("Listen")),
    ("gather", _("Gather")),
    ("create", _("Create")),
    ("share", _("Share")),
    ("trust", _("Trust")),
    ("house", _("House")),
)

Render = Callable[[HttpRequest], str]
Test = Callable[[HttpRequest], bool]


def always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Link:
    """One entry of a menu: `view` is a URL name without arguments."""

    label: str | Promise
    view: str
    order: int = 50
    icon: str = ""
    shown: Test = always

    @property
    def url(self) -> str:
        return address(self.view)


_links: dict[str, dict[str, Link]] = {}
_slots: dict[str, list[Render]] = {}


def add_link(
    place: str, label: str | Promise, view: str, *, order: int = 50, icon: str = "", shown: Test = always
) -> None:
    """Add an entry to a menu; adding the same view twice keeps one."""
    _links.setdefault(place, {})[view] = Link(label, view, order, icon, shown)


def links(place: str, request: HttpRequest) -> list[Link]:
    """The entries of a menu this request may see, in order."""
    found = sorted(_links.get(place, {}).values(), key=lambda link: link.order)
    return [link for link in found if link.shown(request) and _exists(link.view)]


def _exists(view: str) -> bool:
    try:
        address(view)
    except NoReverseMatch:
        return False
    return True


def fill(slot: str, render: Render) -> None:
    """Show what `render` returns in this slot of every page."""
    if render not in _slots.setdefault(slot, []):
        _slots[slot].append(render)


def rendered(slot: str, request: HttpRequest) -> SafeString:
    return mark_safe("".join(str(render(request)) for render in _slots.get(slot, [])))

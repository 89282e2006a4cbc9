"""What a mechanism shows outside its own pages: on the brand's desk, and in a member's own place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from essaim.activity.vocabulary import Text

if TYPE_CHECKING:
    from essaim.people.models import Member

WINGS = ("listen", "gather", "create", "share", "trust")


@dataclass(frozen=True)
class Duty:
    """Something that waits for a human of the house.

    `title` is a lazy plural (`ngettext_lazy("%(count)d idea …", "%(count)d ideas …", "count")`), `count` counts the
    rows that wait, `url` leads to exactly these rows, `act` is the button's verb.
    """

    slug: str
    title: Any
    act: Text
    count: Callable[[Member], int]
    url: Callable[[], str]
    roles: frozenset[str]
    urgent: bool = False


@dataclass(frozen=True)
class Desk:
    """A place in the studio's rail: its wing, the name of its URL, who may enter, and what waits there."""

    slug: str
    wing: str
    title: Text
    url: str
    roles: frozenset[str]
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Errand:
    """One thing that waits for a member in her own place: what to do, where, and until when."""

    text: Text
    act: Text
    url: str
    until: datetime | None = None


Errands = Callable[[Any], Iterable[Errand]]
_hung: list[Errands] = []


def hang_errands(errands: Errands) -> None:
    """From an application's `ready()`: what waits for a member outside every mechanism."""
    if errands not in _hung:
        _hung.append(errands)


def hung_errands(member: Member) -> Iterator[Errand]:
    for errands in _hung:
        yield from errands(member)


@dataclass(frozen=True)
class Mine:
    """A mechanism's part of a member's own place: a template and what it shows."""

    template: str
    context: Callable[[Member], Mapping[str, Any]]

"""What needs a human today: duties registered by the studio itself and by each mechanism's desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.initiatives.desk import Duty
from essaim.initiatives.queries import mechanisms_on
from essaim.people.models import Member
from essaim.studio.policy import may_enter

_duties: dict[str, Duty] = {}


@dataclass(frozen=True)
class Waiting:
    """A duty with the number that waits now."""

    duty: Duty
    count: int

    @property
    def title(self) -> str:
        return str(self.duty.title % {"count": self.count})

    @property
    def url(self) -> str:
        return self.duty.url()


def register(*duties: Duty) -> None:
    """Add duties that belong to no mechanism; registering a slug again replaces it."""
    _duties.update({duty.slug: duty for duty in duties})


def duties() -> Iterator[Duty]:
    yield from _duties.values()
    for manifest in mechanisms_on():
        if manifest.desk is not None:
            yield from manifest.desk.duties


def waiting_for(member: Member) -> list[Waiting]:
    """What waits for this member's roles, urgent first, the most numerous first; one count per duty."""
    found = [Waiting(duty, duty.count(member)) for duty in duties() if may_enter(member, duty.roles)]
    return sorted((one for one in found if one.count), key=lambda one: (not one.duty.urgent, -one.count))

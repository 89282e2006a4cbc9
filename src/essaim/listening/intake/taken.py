"""What came of an intake."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from essaim.listening.post import Refused

REFUSED_KEPT = 100


@dataclass
class Taken:
    """Counts of posts: read, of which new (`added`), known already (`again`), deleted by their author (`gone`),
    left alone because their author objected (`objected`), unreadable (`refused`); `alike` of the new ones say
    nearly what another says, `edited` of those known have new words. The first hundred refusals are kept with place
    and reason."""

    read: int = 0
    added: int = 0
    again: int = 0
    alike: int = 0
    gone: int = 0
    objected: int = 0
    refused: int = 0
    edited: int = 0
    refusals: list[Refused] = field(default_factory=list)

    def __iadd__(self, other: Taken) -> Taken:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        del self.refusals[REFUSED_KEPT:]
        return self

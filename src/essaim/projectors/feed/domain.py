"""What is told to whom, and what is told together. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from essaim.kit.vocabulary import Verb

UNDOING = frozenset({Verb.DELETE, Verb.LEAVE, Verb.REJECT, Verb.REMOVE, Verb.UNDO})
SMALL = frozenset({"reaction.add", "contribution.edit", "idea_edited", "products.edited"})
"""Worth telling to the one touched, not to a whole community."""


@dataclass(frozen=True)
class Happening:
    """What the feed looks at in an activity. `day` is the house's day."""

    pk: int
    type: str
    verb: str
    public: bool
    actor: int | None
    target: int | None
    community: int | None
    object_type: str
    object_id: int | None
    day: date


@dataclass(frozen=True)
class Audience:
    """A community, a member, or (both None) everyone in the house."""

    community: int | None = None
    member: int | None = None


def audiences(happening: Happening) -> list[Audience]:
    """Who reads of it. Votes that are not public are told to nobody, their author's idea included."""
    readers: list[Audience] = []
    if happening.public and happening.verb not in UNDOING and happening.type not in SMALL:
        readers.append(Audience(community=happening.community))
    secret = happening.verb == Verb.VOTE and not happening.public
    touched = happening.target is not None and happening.target != happening.actor
    if touched and not secret and happening.verb not in UNDOING:
        readers.append(Audience(member=happening.target))
    return readers


def group_key(happening: Happening) -> str:
    """Acts of one type on one thing on one day are told together; an act on nothing stands alone."""
    if happening.object_id is None:
        return f"{happening.pk}"
    return f"{happening.type}:{happening.object_type}:{happening.object_id}:{happening.day}"

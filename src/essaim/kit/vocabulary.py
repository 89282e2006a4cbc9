"""Every kind of thing that can happen, declared once.

Verbs follow ActivityStreams 2.0 (W3C Recommendation, 2017) and add ours only where it is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Verb(StrEnum):
    # ActivityStreams 2.0
    ACCEPT = "Accept"
    ADD = "Add"
    ANNOUNCE = "Announce"
    CREATE = "Create"
    DELETE = "Delete"
    FLAG = "Flag"
    FOLLOW = "Follow"
    INVITE = "Invite"
    JOIN = "Join"
    LEAVE = "Leave"
    LIKE = "Like"
    OFFER = "Offer"
    REJECT = "Reject"
    REMOVE = "Remove"
    UNDO = "Undo"
    UPDATE = "Update"
    # ours
    CHEER = "Cheer"
    COMPLETE = "Complete"
    LEND = "Lend"
    PLEDGE = "Pledge"
    REDEEM = "Redeem"
    SUBMIT = "Submit"
    VOTE = "Vote"


OURS = frozenset({Verb.CHEER, Verb.COMPLETE, Verb.LEND, Verb.PLEDGE, Verb.REDEEM, Verb.SUBMIT, Verb.VOTE})

Text = str | Promise


@dataclass(frozen=True)
class Sentence:
    """How the activity is told: to the one who did it (`you`), and to everyone else.

    Both are `%`-format texts with `%(actor)s`, `%(object)s`, `%(target)s`, `%(community)s` and the payload's fields.
    """

    you: Text
    other: Text


@dataclass(frozen=True)
class ActivityType:
    """The declaration of one kind of activity.

    `weight` is the strength of the edge actor → target in the interaction graph (0: no edge).
    `erase` names the payload fields that go when the person goes; the rest is kept for the tallies and the books.
    `translate` names the payload fields that hold a catalogue key, told in the reader's language. `refers` pairs
    those that hold the number of a row with its model: they are told by its name, as long as it may be named.
    """

    slug: str
    verb: Verb
    payload: type
    sentence: Sentence
    erase: tuple[str, ...]
    weight: float = 0.0
    public: bool = True
    translate: tuple[str, ...] = ()
    refers: tuple[tuple[str, str], ...] = ()
    staff: bool = False
    """Not public, yet told to the house's own systems when they ask for this type by name."""

    def __post_init__(self) -> None:
        named = {*self.erase, *self.translate, *(name for name, _ in self.refers)}
        if unknown := named - {field.name for field in fields(self.payload)}:
            raise TypeError(f"{self.slug}: erase, translate or refers names unknown payload fields {sorted(unknown)}")


class Vocabulary:
    """All declared types, found by slug or by payload class."""

    def __init__(self) -> None:
        self._by_slug: dict[str, ActivityType] = {}
        self._by_payload: dict[type, ActivityType] = {}

    def declare(self, *types: ActivityType) -> None:
        for type_ in types:
            if type_.slug in self._by_slug or type_.payload in self._by_payload:
                raise LookupError(f"{type_.slug} is declared twice")
            self._by_slug[type_.slug] = self._by_payload[type_.payload] = type_

    def of(self, act: object) -> ActivityType:
        try:
            return self._by_payload[type(act)]
        except KeyError:
            raise LookupError(f"{type(act).__name__} is not a declared activity") from None

    def __getitem__(self, slug: str) -> ActivityType:
        return self._by_slug[slug]

    def get(self, slug: str) -> ActivityType | None:
        return self._by_slug.get(slug)

    def __iter__(self) -> Iterator[ActivityType]:
        return iter(self._by_slug.values())


VOCABULARY = Vocabulary()
declare = VOCABULARY.declare


def sentence(type_: ActivityType, *, yours: bool, words: dict[str, Any]) -> str:
    """The activity told in the reader's language; `words` fills the placeholders."""
    return str(type_.sentence.you if yours else type_.sentence.other) % words

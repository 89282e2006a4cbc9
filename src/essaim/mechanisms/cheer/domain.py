"""What a cheer may be and how cheers are counted. Whoever has the published rows gets the same count and seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _

MESSAGE_LENGTH = 140
KINDS = (1, 2, 3)
"""Members, guests, heard elsewhere."""


class Outcome(StrEnum):
    """What became of a cheer."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    STRANGER = "stranger"


COUNTED = frozenset({Outcome.ACCEPTED, Outcome.CHANGED, Outcome.DUPLICATE})


class TooLate(Conflict):
    cause = _("No cheer counts at this moment: the round runs from %(opens)s to %(closes)s, and it is %(now)s.")
    remedy = _("See when the next one opens on the campaign's page.")


class NoRound(Conflict):
    cause = _("No round is planned yet.")
    remedy = _("Come back when the campaign's page names one.")


class NoSuchCamp(Refusal):
    cause = _("This camp does not take part.")
    remedy = _("Choose one of the camps on the campaign's page.")


class CampKnown(Conflict):
    cause = _("There is a camp named “%(name)s” already.")
    remedy = _("Give this one another name.")


class ReasonMissing(Refusal):
    cause = _("A message is refused with a reason.")
    remedy = _("Say in a few words why; its author reads it.")


class NotInvited(Forbidden):
    cause = _("Members of the community cheer here.")
    remedy = _("Join the community, then cheer.")


class MessageTooLong(Refusal):
    cause = _("A message has %(most)s characters at most; yours has %(length)s.")
    remedy = _("Make it shorter.")


class AlreadyRead(Conflict):
    cause = _("A moderator has decided on your message: it stays as it is.")
    remedy = _("You can write another one in the next round.")


class NothingToWriteTo(Refusal):
    cause = _("A message goes with a cheer, and you have not cheered in this round.")
    remedy = _("Choose your camp first.")


class GuestsNotTaken(Forbidden):
    cause = _("This campaign is for members.")
    remedy = _("Join the house: it takes a minute.")


class PassesGone(Conflict):
    cause = _("All %(most)s guest passes are given.")
    remedy = _("Join the house and cheer as a member.")


class TooManyLetters(Conflict):
    cause = _("Very many people ask for a pass at this moment.")
    remedy = _("Try again in a few minutes.")


class PassNotValid(Forbidden):
    cause = _("This pass is not valid, or was made for another campaign.")
    remedy = _("Ask for a new one on the campaign's page.")


class NoLinkYet(Refusal):
    cause = _("Your own link and card come with your cheer.")
    remedy = _("Choose your camp first.")


class ReasonOfLightMissing(Refusal):
    cause = _("What is done to the light by hand is done in public, with a reason.")
    remedy = _("Say in a few words why.")


class CampsMissing(Conflict):
    cause = _("A campaign needs two camps at least.")
    remedy = _("Add them, then open it.")


class LampsOverlap(Refusal):
    cause = _("Two lamps share channel %(channel)s.")
    remedy = _("Each lamp takes three channels: red, green, blue.")


class LampUnknown(Refusal):
    cause = _("Line %(line)s is not a lamp: “%(typed)s”.")
    remedy = _("Write a channel from 1 to 510 and what it shows, such as: 1 leader.")


@dataclass(frozen=True, slots=True)
class Line:
    """A cheer as it is published: the camp, the minute, how it came; nobody's name."""

    camp: str
    minute: str
    kind: int


@dataclass(frozen=True)
class Count:
    """The count of a round. `camps` are (slug, members, guests, heard), most cheered first."""

    camps: tuple[tuple[str, int, int, int], ...]
    leaders: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(sum(camp[1:]) for camp in self.camps)


def count(lines: Iterable[Line], camps: Iterable[str]) -> Count:
    """Count published lines. Their order does not matter."""
    return ranked(Counter((line.camp, line.kind) for line in lines), camps)


def ranked(cheers: Mapping[tuple[str, int], int], camps: Iterable[str]) -> Count:
    """The count of a round from its cheers by camp and kind.

    Members' cheers lead; guests and voices from elsewhere are counted apart and decide nothing. Camps level with the
    first all lead; with no cheer none does.
    """
    members, guests, heard = KINDS
    rows = [
        (camp, cheers.get((camp, members), 0), cheers.get((camp, guests), 0), cheers.get((camp, heard), 0))
        for camp in sorted(set(camps))
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    most = rows[0][1] if rows else 0
    return Count(tuple(rows), tuple(row[0] for row in rows if most and row[1] == most))


def told(counted: Count) -> dict[str, Any]:
    """The count as it is published and sealed."""
    return {
        "camps": [
            {"camp": camp, "members": members, "guests": guests, "heard": heard}
            for camp, members, guests, heard in counted.camps
        ],
        "leaders": list(counted.leaders),
        "total": counted.total,
    }


def seal(counted: Mapping[str, Any]) -> str:
    """SHA-256 of the published count, keys in order (RFC 8785 for these types)."""
    return sha256(dumps(counted, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def delay_of(rules: Mapping[str, Any]) -> timedelta:
    """How long an approved message waits before the wall shows it."""
    return timedelta(seconds=rules["wall_delay"])


def clean_words(words: str) -> str:
    """One line, no control characters. Raises MessageTooLong."""
    if not words:
        return words
    kept = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    if len(kept) > MESSAGE_LENGTH:
        raise MessageTooLong(most=MESSAGE_LENGTH, length=len(kept))
    return kept

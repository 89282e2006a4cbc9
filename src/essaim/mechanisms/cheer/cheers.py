"""The one statement that writes cheers, for both ways in: the burst intake and a plain form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.models import Cheer

WRITTEN = (Path(__file__).resolve().parent / "sql" / "intake.sql").read_text(encoding="utf-8")
# Without comments and indents psycopg keeps its reading of the statement (it does below 4,096 characters).
INTAKE = "\n".join(code for line in WRITTEN.splitlines() if (code := line.partition("--")[0].strip()))

MEMBER, GUEST = int(Cheer.Kind.MEMBER), int(Cheer.Kind.GUEST)  # plain numbers are written faster

Key = tuple[int, str]
"""Period and supporter."""
Written = dict[Key, tuple[int, bool | None]]
"""The camp that stands, whether the row is new; None once somebody has been told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A cheer someone asks to give. `words` are clean."""

    phase: int
    camp: int
    kind: int
    supporter: str
    member: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it, and the camp that stands (None: none does, or another batch wrote it just now)."""

    outcome: Outcome
    camp: int | None


def of_member(phase: int, camp: int, member: int, words: str = "") -> Asked:
    return Asked(phase, camp, MEMBER, f"member:{member}", member, words)


def of_guest(phase: int, camp: int, supporter: str, words: str = "") -> Asked:
    return Asked(phase, camp, GUEST, supporter, None, words)


def parameters(asked: Sequence[Asked], at: datetime | None = None) -> dict[str, Any]:
    """What the statement is given. `at` is the moment of the cheers; None: the database's own clock."""
    return {
        "phases": [each.phase for each in asked],
        "camps": [each.camp for each in asked],
        "kinds": [each.kind for each in asked],
        "members": [each.member for each in asked],
        "supporters": [each.supporter for each in asked],
        "words": [each.words for each in asked],
        "at": at,
    }


def answers(asked: Sequence[Asked], rows: Iterable[tuple[Any, ...]]) -> list[Answer]:
    """What became of each question, in their order, from the rows the statement returns."""
    judged: dict[int, tuple[str, Key, int | None]] = {}
    written: Written = {}
    for place, refusal, period, supporter, camp, fresh in rows:
        if place is None:
            written[period, supporter] = (camp, fresh)
        else:
            judged[place] = (refusal, (period, supporter), camp)
    return [_answer(each, *judged[place], written) for place, each in enumerate(asked, start=1)]


def _answer(
    asked: Asked, refusal: str, key: Key, known: int | None, written: dict[Key, tuple[int, bool | None]]
) -> Answer:
    """What became of one. What was written answers the first who asked for it; the same again is a duplicate."""
    if refusal:
        return Answer(Outcome(refusal), None)
    if key not in written:
        return Answer(Outcome.DUPLICATE, known)
    camp, fresh = written[key]
    if camp != asked.camp or fresh is None:
        return Answer(Outcome.DUPLICATE, camp)
    written[key] = (camp, None)
    return Answer(Outcome.ACCEPTED if fresh else Outcome.CHANGED, camp)

"""The one statement that writes cheers, for both ways in: the burst intake and a plain form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.models import Cheer

INTAKE = (Path(__file__).resolve().parent / "sql" / "intake.sql").read_text(encoding="utf-8")


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
    """What became of it, and the camp that stands (None when none does, or another batch wrote it in this instant)."""

    outcome: Outcome
    camp: int | None


def of_member(phase: int, camp: int, member: int, words: str = "") -> Asked:
    return Asked(phase, camp, Cheer.Kind.MEMBER, f"member:{member}", member, words)


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


def answers(rows: Sequence[tuple[Any, ...]]) -> list[Answer]:
    return [Answer(Outcome(outcome), camp) for outcome, camp in rows]

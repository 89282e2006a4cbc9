"""The one statement that writes cheers, for both ways in: the burst intake and a plain form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.models import Cheer

WRITTEN = (Path(__file__).resolve().parent / "sql" / "intake.sql").read_text(encoding="utf-8")
# Without comments and indents psycopg keeps its reading of the statement (it does below 4,096 characters).
INTAKE = "\n".join(code for line in WRITTEN.splitlines() if (code := line.partition("--")[0].strip()))

MEMBER, GUEST = int(Cheer.Kind.MEMBER), int(Cheer.Kind.GUEST)  # plain numbers are written faster

Written = dict[tuple[int, str], tuple[int, bool | None]]
"""By round and supporter: the camp that stands, whether the row is new; None once somebody has been told."""


class Asked(NamedTuple):
    """A cheer someone asks to give. `words` are clean."""

    phase: int
    camp: int
    kind: int
    supporter: str
    words: str = ""


class Answer(NamedTuple):
    """What became of it, and the camp that stands (None: none does, or another batch wrote it just now)."""

    outcome: Outcome
    camp: int | None


TAKEN_JUST_NOW = Answer(Outcome.DUPLICATE, None)
"""By a batch under way beside ours, or by this one for another round of the same period."""


def of_member(phase: int, camp: int, member: int, words: str = "") -> Asked:
    return Asked(phase, camp, MEMBER, f"member:{member}", words)


def of_guest(phase: int, camp: int, supporter: str, words: str = "") -> Asked:
    return Asked(phase, camp, GUEST, supporter, words)


def parameters(asked: Sequence[Asked], at: datetime | None = None) -> dict[str, Any]:
    """What the statement is given. `at` is the moment of the cheers; None: the database's own clock.

    Arrays are written here, as PostgreSQL reads them: the driver takes ten times as long, at every cheer.
    """
    words = [each.words for each in asked]
    return {
        "phases": numbers(each.phase for each in asked),
        "camps": numbers(each.camp for each in asked),
        "kinds": numbers(each.kind for each in asked),
        "supporters": texts(each.supporter for each in asked),
        "words": texts(words) if any(words) else "{}",
        "at": at,
    }


def numbers(given: Iterable[int]) -> str:
    return "{" + ",".join(map(str, given)) + "}"


def texts(given: Iterable[str]) -> str:
    return "{" + ",".join(['"' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in given]) + "}"


def answers(asked: Sequence[Asked], rows: Iterable[tuple[Any, ...]]) -> list[Answer]:
    """What became of each question, in their order, from the rows the statement returns."""
    judged: dict[int, Answer] = {}
    written: Written = {}
    for place, refusal, phase, supporter, camp, fresh in rows:
        if place is None:
            written[phase, supporter] = (camp, fresh)
        else:
            judged[place] = Answer(Outcome(refusal), None) if refusal else Answer(Outcome.DUPLICATE, camp)
    return [_answer(each, judged.get(place, TAKEN_JUST_NOW), written) for place, each in enumerate(asked, start=1)]


def _answer(asked: Asked, judged: Answer, written: Written) -> Answer:
    """What became of one. What was written answers the first who asked for it; the same again is a duplicate."""
    key = asked.phase, asked.supporter
    if judged.outcome is not Outcome.DUPLICATE or key not in written:
        return judged
    camp, fresh = written[key]
    if camp != asked.camp or fresh is None:
        return Answer(Outcome.DUPLICATE, camp)
    written[key] = (camp, None)
    return Answer(Outcome.ACCEPTED if fresh else Outcome.CHANGED, camp)

"""What tests of decisions share: a first moment, opinion rules, a vote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from essaim.mechanisms.contest.domain.rules import (
    Ballot,
    Rules,
)
from essaim.mechanisms.contest.domain.tallies import Vote

T0 = datetime(2026, 3, 2, tzinfo=UTC)
OPINION = Rules(ballot=Ballot.OPINION)


def vote(voter: str, idea: int, value: int | None = 1, minute: int = 0, **more: object) -> Vote:
    return Vote(voter, idea, value, T0 + timedelta(minutes=minute), **more)  # type: ignore[arg-type]

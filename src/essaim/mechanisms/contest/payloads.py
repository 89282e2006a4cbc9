"""What is kept of each thing that happens in a contest; amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ContestFunded:
    amount: int
    unit: str
    funding: int


@dataclass(frozen=True)
class LeftoverReturned:
    amount: int
    unit: str


@dataclass(frozen=True)
class IdeaSubmitted:
    pass


@dataclass(frozen=True)
class SuggestionTaken:
    pass


@dataclass(frozen=True)
class IdeaEdited:
    pass


@dataclass(frozen=True)
class IdeaWithdrawn:
    pass


@dataclass(frozen=True)
class CoAuthorInvited:
    share: int


@dataclass(frozen=True)
class CoAuthorJoined:
    share: int


@dataclass(frozen=True)
class CoAuthorDeclined:
    pass


@dataclass(frozen=True)
class IdeaInherited:
    pass


@dataclass(frozen=True)
class IdeasMerged:
    into: int
    votes_carried: int


@dataclass(frozen=True)
class VoteCast:
    value: int


@dataclass(frozen=True)
class VoteChanged:
    value: int


@dataclass(frozen=True)
class VoteWithdrawn:
    pass


@dataclass(frozen=True)
class JurorSeated:
    juror: int


@dataclass(frozen=True)
class IdeaScored:
    pass


@dataclass(frozen=True)
class RungClimbed:
    rung: str
    rung_name: str
    amount: int
    unit: str


@dataclass(frozen=True)
class AwardTakenBack:
    rung: str
    rung_name: str
    amount: int
    unit: str
    reason: str


@dataclass(frozen=True)
class AwardKept:
    rung: str
    rung_name: str
    reason: str


@dataclass(frozen=True)
class TestOpened:
    panel: int


@dataclass(frozen=True)
class TestScored:
    pass


@dataclass(frozen=True)
class TestEnded:
    passed: bool


@dataclass(frozen=True)
class IdeaAnswered:
    verdict: str


@dataclass(frozen=True)
class SurgeSeen:
    arrivals: int


@dataclass(frozen=True)
class SurgeSettled:
    note: str


@dataclass(frozen=True)
class VotesVoided:
    votes: int
    reason: str


@dataclass(frozen=True)
class CountSealed:
    seal: str
    ideas: int
    voters: int


@dataclass(frozen=True)
class BallotsImported:
    source: str
    ideas: int
    voters: int
    votes: int

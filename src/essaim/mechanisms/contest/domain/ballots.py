"""Who may vote, what a vote does to a ballot, and the receipt that lets its owner find it in the published count."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from essaim.mechanisms.contest.domain.errors import (
    BallotFull,
    JoinedTooLate,
    MailNotConfirmed,
    OutsideCommunities,
    WrongBallot,
)
from essaim.mechanisms.contest.domain.rules import Eligibility, Rules


@dataclass(frozen=True)
class Elector:
    """What the roll looks at in a member: facts that do not change with what he does afterwards."""

    joined_at: datetime
    confirmed: bool
    communities: frozenset[str] = frozenset()


def admit(elector: Elector, eligibility: Eligibility, opened_at: datetime) -> None:
    """Raise a NotEligible when the roll, fixed at `opened_at`, does not hold the elector."""
    if eligibility.confirmed and not elector.confirmed:
        raise MailNotConfirmed
    if eligibility.days is not None and elector.joined_at > opened_at - timedelta(days=eligibility.days):
        raise JoinedTooLate
    if eligibility.communities and not elector.communities & set(eligibility.communities):
        raise OutsideCommunities


@dataclass(frozen=True)
class Cast:
    """What casting does: the value written, and the one it replaces (None: the idea had none)."""

    value: int
    replaces: int | None

    @property
    def changes(self) -> bool:
        return self.value != self.replaces


def cast(ballot: Mapping[int, int], idea: int, value: int, rules: Rules) -> Cast:
    """The last vote wins. `ballot` maps ideas to the voter's standing values.

    Raises WrongBallot for a value the ballot does not know, BallotFull when a new vote passes `votes_each`
    (a pass is an answer, not a vote spent; changing one's mind about an idea is always possible within the limit).
    """
    if value not in rules.ballot.values:
        raise WrongBallot
    before = ballot.get(idea)
    spent = sum(1 for other, standing in ballot.items() if standing and other != idea)
    if rules.votes_each and value and spent >= rules.votes_each:
        raise BallotFull(limit=rules.votes_each)
    return Cast(value=value, replaces=before)


def pseudonym(salt: bytes, voter: int) -> str:
    """A voter's name in the published ballots: 20 hexadecimal digits of HMAC-SHA-256 under the contest's secret.

    Without the secret nobody can try members one after another; the voter reads his own on the receipt.
    """
    return hmac.new(salt, f"voter:{voter}".encode(), hashlib.sha256).hexdigest()[:20]


@dataclass(frozen=True)
class Receipt:
    """`code` finds the ballot in the export; `digest` tells whether it still says the same."""

    code: str
    digest: str


def receipt(code: str, ballot: Mapping[int, int]) -> Receipt:
    """The receipt of a ballot, {idea number: value}."""
    return Receipt(code, digest({str(idea): value for idea, value in sorted(ballot.items())}))


def stands(given: Receipt, lines: Iterable[tuple[str, int, int]]) -> bool:
    """Whether the export, as (voter, idea, value), still holds the ballot the receipt was given for."""
    return receipt(given.code, {idea: value for voter, idea, value in lines if voter == given.code}) == given


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces and no floats by accident: the same document gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()

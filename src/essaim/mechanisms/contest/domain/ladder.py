"""Climbing: when a rung is reached, and how an award is shared to the cent."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from essaim.mechanisms.contest.domain.errors import (
    AlreadyReached,
    RungBelowMissing,
    RungFull,
    RungNotReached,
    SharesNotWhole,
    ShareTooLarge,
    WindowClosed,
)
from essaim.mechanisms.contest.domain.rules import WHOLE, Award, Condition, RoyaltyShare, Rules, Rung


@dataclass(frozen=True)
class Standing:
    """Where an idea is when someone asks whether it climbs."""

    reached: frozenset[str]
    taken: int
    """How many ideas already stand on the rung asked about."""


def climb(rung: Rung, standing: Standing, rules: Rules) -> Rung:
    """The rung, if the idea may step on it now. Raises AlreadyReached, RungBelowMissing or RungFull."""
    if rung.slug in standing.reached:
        raise AlreadyReached
    if any(below.slug not in standing.reached for below in rules.below(rung.slug)):
        raise RungBelowMissing
    if rung.winners and standing.taken >= rung.winners:
        raise RungFull(limit=rung.winners)
    return rung


def next_rung(rules: Rules, reached: Collection[str]) -> Rung | None:
    """The lowest rung not reached yet."""
    return next((rung for rung in rules.rungs if rung.slug not in reached), None)


@dataclass(frozen=True)
class Favour:
    """The valid votes an idea holds."""

    agree: int
    disagree: int = 0


def enough_votes(rung: Rung, favour: Favour) -> None:
    """Raise RungNotReached below the threshold, or when too many of those who took sides are against."""
    if favour.agree < rung.threshold:
        raise RungNotReached(have=favour.agree, needed=rung.threshold)
    if favour.agree * WHOLE < rung.approval * (favour.agree + favour.disagree):
        raise RungNotReached(
            have=f"{favour.agree}/{favour.agree + favour.disagree}", needed=f"{rung.approval / 100:g} %"
        )


def window_end(rung: Rung, votable_since: datetime) -> datetime | None:
    """The last moment votes count towards the rung; None without limit."""
    return votable_since + timedelta(days=rung.window_days) if rung.window_days else None


def within_window(rung: Rung, votable_since: datetime, at: datetime) -> None:
    end = window_end(rung, votable_since)
    if end is not None and at > end:
        raise WindowClosed


def left_to_others(shares: Mapping[int, int], leaver: int) -> dict[int, int]:
    """The shares once the leaver's has gone to those who stay, in proportion to theirs; empty when nobody stays."""
    staying = {author: share for author, share in shares.items() if author != leaver and share}
    return _largest_remainder(WHOLE, staying) if staying else {}


def enough_scores(rung: Rung, scores: Sequence[int]) -> None:
    """Raise RungNotReached with fewer scores than the quorum, or a mean under the threshold (compared exactly)."""
    if len(scores) < max(rung.quorum, 1):
        raise RungNotReached(have=len(scores), needed=rung.quorum)
    if not passes(rung, scores):
        raise RungNotReached(have=round(sum(scores) / len(scores), 1), needed=rung.threshold)


def passes(rung: Rung, scores: Sequence[int]) -> bool:
    """Whether the mean reaches the threshold, compared without rounding."""
    return sum(scores) >= rung.threshold * len(scores)


def split(amount: int, shares: Mapping[int, int]) -> dict[int, int]:
    """`amount` minor units shared by basis points, exactly: largest remainder (Hamilton), equal remainders to the
    larger share, then to the lower key. Raises SharesNotWhole unless the shares add up to 10,000."""
    if sum(shares.values()) != WHOLE or min(shares.values()) < 0:
        raise SharesNotWhole(sum=sum(shares.values()))
    return _largest_remainder(amount, shares)


def _largest_remainder(amount: int, shares: Mapping[int, int]) -> dict[int, int]:
    whole = sum(shares.values())
    parts = {key: amount * share // whole for key, share in shares.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(shares, key=lambda key: (-(amount * shares[key] % whole), -shares[key], key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts


def give_share(shares: Mapping[int, int], giver: int, taker: int, points: int) -> dict[int, int]:
    """The shares after the giver hands `points` of his own to the taker; he keeps at least one."""
    held = shares.get(giver, 0)
    if not 0 < points < held:
        raise ShareTooLarge(held=held, given=points)
    return {**shares, giver: held - points, taker: shares.get(taker, 0) + points}


def merge_shares(kept: Mapping[int, int], merged: Mapping[int, int], carried: int) -> dict[int, int]:
    """The authors' shares of the idea that remains: those of the merged idea get `carried` basis points among them,
    the others the rest, each in proportion. Everyone stays an author; the sum is 10,000."""
    if not 0 <= carried <= WHOLE:
        raise ShareTooLarge(held=WHOLE, given=carried)
    ours = _largest_remainder(WHOLE - carried, kept)
    theirs = _largest_remainder(carried, merged)
    return {key: ours.get(key, 0) + theirs.get(key, 0) for key in sorted({*ours, *theirs})}


def awards(rung: Rung, shares: Mapping[int, int]) -> dict[int, int]:
    """What each author gets for the rung; empty when it pays nothing now."""
    if not isinstance(rung.reward, Award):
        return {}
    return {author: part for author, part in split(rung.reward.amount, shares).items() if part}


def royalties(rung: Rung, shares: Mapping[int, int]) -> dict[int, int]:
    """Each author's basis points of net sales; empty when the rung grants none."""
    if not isinstance(rung.reward, RoyaltyShare):
        return {}
    return {author: part for author, part in split(rung.reward.basis_points, shares).items() if part}


def term_of(rung: Rung) -> int:
    """The royalties' term in months, 0 without royalties."""
    return rung.reward.term_months if isinstance(rung.reward, RoyaltyShare) else 0


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day when it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def automatic(rung: Rung | None) -> bool:
    """Whether the rung is climbed by votes alone, without a person deciding."""
    return rung is not None and rung.condition is Condition.VOTES

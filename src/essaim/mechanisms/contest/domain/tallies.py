"""Counting: from votes to winners, the same way for the house and for whoever recounts the export."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from essaim.mechanisms.contest.domain.ballots import digest
from essaim.mechanisms.contest.domain.errors import NotBallots
from essaim.mechanisms.contest.domain.rules import Rules, Tie, freeze, thaw


@dataclass(frozen=True)
class Vote:
    """One vote as it was cast. `value` None takes the vote back. `order` settles equal times: the later line wins."""

    voter: str
    idea: int
    value: int | None
    at: datetime
    order: int = 0
    void: bool = False


@dataclass(frozen=True)
class IdeaCount:
    idea: int
    agree: int
    disagree: int
    passed: int
    jury: Fraction
    """Mean of the jury's scores, out of 100."""
    score: Fraction
    """Community and jury together, out of 100."""

    @property
    def votes(self) -> int:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class VoterCount:
    voter: str
    agree: int
    disagree: int
    passed: int


@dataclass(frozen=True)
class Tally:
    ideas: tuple[IdeaCount, ...]
    voters: tuple[VoterCount, ...]
    winners: tuple[int, ...]
    quorum_met: bool


def standing(votes: Iterable[Vote]) -> dict[tuple[str, int], Vote]:
    """The last vote of each voter on each idea; taken-back and voided ones are left out."""
    last: dict[tuple[str, int], Vote] = {}
    for vote in votes:
        _keep_last(last, vote)
    return {key: vote for key, vote in last.items() if vote.value is not None and not vote.void}


def _keep_last(last: dict[tuple[str, int], Vote], vote: Vote) -> None:
    key = (vote.voter, vote.idea)
    if key not in last or (vote.at, vote.order) >= (last[key].at, last[key].order):
        last[key] = vote


def carry(kept: Mapping[str, Vote], merged: Mapping[str, Vote]) -> dict[str, Vote]:
    """Who votes what on the idea that remains, by voter, when another is merged into it.

    A person who voted on both keeps one vote: the valid one, or the later of two.
    """
    carried = dict(kept)
    for voter, vote in merged.items():
        other = kept.get(voter)
        if other is None or (not vote.void, vote.at, vote.order) > (not other.void, other.at, other.order):
            carried[voter] = vote
    return carried


Scores = Mapping[int, Sequence[int]]
"""The jury's scores per idea, each 0 to 100."""


def tally(
    votes: Iterable[Vote],
    ideas: Iterable[int],
    rules: Rules,
    scores: Scores | None = None,
    out: Collection[int] = (),
) -> Tally:
    """Count exactly. The order in which votes are given does not matter; their times do.

    Votes on an idea outside `ideas` are not counted; ideas in `out` (withdrawn, hidden) are counted and cannot win.
    The community's part of an idea's score is its votes in favour over the most any idea in the running got; the
    jury's is its mean; both weighted as the rules say, in fractions.
    """
    listed = sorted(set(ideas))
    known = set(listed)
    held = {key: vote for key, vote in standing(votes).items() if vote.idea in known}
    per_idea = _counts((vote.idea, vote.value) for vote in held.values())
    per_voter = _counts((vote.voter, vote.value) for vote in held.values())
    most = max((counts[0] for idea, counts in per_idea.items() if idea not in out), default=0)
    counts = tuple(_idea_count(idea, per_idea.get(idea, (0, 0, 0)), most, rules, scores or {}) for idea in listed)
    met = len(per_voter) >= rules.quorum
    return Tally(
        ideas=counts,
        voters=tuple(VoterCount(voter, *per_voter[voter]) for voter in sorted(per_voter)),
        winners=winners((count for count in counts if count.idea not in out), held.values(), rules) if met else (),
        quorum_met=met,
    )


def _counts(answers: Iterable[tuple[Any, int | None]]) -> dict[Any, tuple[int, int, int]]:
    """(agree, disagree, pass) per key."""
    counts: dict[Any, list[int]] = {}
    for key, value in answers:
        counts.setdefault(key, [0, 0, 0])[(1, -1, 0).index(value or 0)] += 1
    return {key: (agree, disagree, passed) for key, (agree, disagree, passed) in counts.items()}


def _idea_count(idea: int, counts: tuple[int, int, int], most: int, rules: Rules, scores: Scores) -> IdeaCount:
    given = scores.get(idea, ())
    jury = Fraction(sum(given), len(given)) if given else Fraction(0)
    community = Fraction(100 * counts[0], most) if most else Fraction(0)
    weights = rules.community_weight + rules.jury_weight
    score = (community * rules.community_weight + jury * rules.jury_weight) / weights
    return IdeaCount(idea, *counts, jury=jury, score=score)


def winners(counts: Iterable[IdeaCount], held: Iterable[Vote], rules: Rules) -> tuple[int, ...]:
    """The best `rules.winners` ideas, best first. Never a lot: a tie at the edge lets all tied ideas win, or, if the
    rules say so, those whose last vote in favour came earlier (ideas equal in that too all win)."""
    latest = _latest_favour(held)

    def rank(count: IdeaCount) -> tuple[Fraction, float]:
        since = latest[count.idea].timestamp() if count.idea in latest and rules.tie is Tie.EARLIEST else 0.0
        return -count.score, since

    ranked = sorted((count for count in counts if count.score > 0), key=lambda count: (*rank(count), count.idea))
    if len(ranked) <= rules.winners:
        return tuple(count.idea for count in ranked)
    edge = rank(ranked[rules.winners - 1])
    return tuple(count.idea for count in ranked if rank(count) <= edge)


def _latest_favour(held: Iterable[Vote]) -> dict[int, datetime]:
    latest: dict[int, datetime] = {}
    for vote in held:
        if vote.value == 1:
            latest[vote.idea] = max(vote.at, latest.get(vote.idea, vote.at))
    return latest


def document(result: Tally) -> dict[str, Any]:
    """The tally as JSON: whole numbers, and fractions written "numerator/denominator"."""
    return {
        "ideas": [_written(count) for count in result.ideas],
        "voters": [_written(count) for count in result.voters],
        "winners": list(result.winners),
        "quorum_met": result.quorum_met,
    }


def _written(count: IdeaCount | VoterCount) -> dict[str, Any]:
    fields = {"pass" if name == "passed" else name: value for name, value in asdict(count).items()}
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in fields.items()}


def export(
    votes: Iterable[Vote],
    ideas: Iterable[int],
    rules: Rules,
    scores: Scores | None = None,
    out: Collection[int] = (),
) -> dict[str, Any]:
    """Everything a stranger needs to count again, and nothing about who voted; `recount` reads it back.

    One line per voter and idea, the last, voided ones marked. Times are cut to the day unless ties are settled by
    time: to the second they would tell who voted when.
    """
    exact = rules.tie is Tie.EARLIEST
    last: dict[tuple[str, int], Vote] = {}
    for vote in votes:
        _keep_last(last, vote)
    lines = [
        (vote.voter, vote.idea, vote.value, vote.at.isoformat() if exact else vote.at.date().isoformat(), vote.void)
        for vote in last.values()
        if vote.value is not None
    ]
    return {
        "rules": freeze(rules),
        "ideas": sorted(set(ideas)),
        "out": sorted(set(out)),
        "scores": {str(idea): sorted(given) for idea, given in sorted((scores or {}).items())},
        "votes": [dict(zip(LINE, line, strict=True)) for line in sorted(lines, key=lambda line: line[:2])],
    }


LINE = ("voter", "idea", "value", "at", "void")


def recount(published: Mapping[str, Any]) -> Tally:
    """Count the published export again."""
    votes = [
        Vote(
            voter=line["voter"],
            idea=int(line["idea"]),
            value=line["value"],
            at=datetime.fromisoformat(line["at"]),
            void=line["void"],
        )
        for line in published["votes"]
    ]
    scores = {int(idea): given for idea, given in published["scores"].items()}
    return tally(votes, published["ideas"], thaw(published["rules"]), scores, published.get("out", ()))


def seal(result: Tally) -> str:
    """The hash published with the count."""
    return digest(document(result))


def told_recount(published: Mapping[str, Any]) -> dict[str, Any]:
    """The count of a published export, and its hash, to lay beside the published one.

    Raises NotBallots when the file is something else.
    """
    try:
        result = recount(published)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotBallots from error
    return {**document(result), "hash": seal(result)}

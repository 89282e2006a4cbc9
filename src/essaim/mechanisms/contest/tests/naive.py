"""The tally written the slow, plain way, sharing no code with the domain's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def naive_tally(votes: list[Any], ideas: list[int], rules: Any, scores: dict[int, list[int]], out: set[int]) -> Any:
    """(counts per idea, counts per voter, winners)."""
    voters = sorted({vote.voter for vote in votes})
    final: dict[tuple[str, int], Any] = {}
    for voter in voters:
        for idea in set(ideas):
            mine = [vote for vote in votes if vote.voter == voter and vote.idea == idea]
            if mine:
                last = max(mine, key=lambda vote: (vote.at, vote.order))
                if last.value is not None and not last.void:
                    final[voter, idea] = last
    by_idea = {
        idea: tuple(
            sum(1 for key, vote in final.items() if key[1] == idea and vote.value == value) for value in (1, -1, 0)
        )
        for idea in set(ideas)
    }
    by_voter = {}
    for voter in voters:
        counts = tuple(
            sum(1 for key, vote in final.items() if key[0] == voter and vote.value == v) for v in (1, -1, 0)
        )
        if any(counts):
            by_voter[voter] = counts
    most = max([by_idea[idea][0] for idea in by_idea if idea not in out], default=0)
    total = {}
    for idea in by_idea:
        community = Fraction(by_idea[idea][0] * 100, most) if most else Fraction(0)
        given = scores.get(idea, [])
        jury = Fraction(sum(given), len(given)) if given else Fraction(0)
        total[idea] = (community * rules.community_weight + jury * rules.jury_weight) / (
            rules.community_weight + rules.jury_weight
        )
    running = [idea for idea in by_idea if idea not in out and total[idea] > 0]
    winners = {idea for idea in running if sum(1 for other in running if total[other] > total[idea]) < rules.winners}
    return by_idea, by_voter, winners

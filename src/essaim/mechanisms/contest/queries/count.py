"""The count: the ballots as they stand, their tally, and what anyone needs to count them again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from essaim.initiatives.models import Initiative
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.domain.ballots import canonical, pseudonym
from essaim.mechanisms.contest.models import (
    BallotLine,
    Idea,
    JuryScore,
    Vote,
)
from essaim.mechanisms.contest.queries.ballots import voter_names
from essaim.mechanisms.contest.queries.frame import box_of, rules_of

ON_SHOW = (Idea.State.PUBLISHED, Idea.State.WITHDRAWN, Idea.State.HIDDEN, Idea.State.ERASED)
START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def cast_votes(contest: Initiative) -> list[tallies.Vote]:
    """The ballots as they stand, ideas by number, voters by their published name, voided votes marked."""
    names = voter_names(contest)
    rows = Vote.objects.filter(contest=contest)
    return [
        tallies.Vote(names[voter], number, value, at, void=voiding is not None)
        for voter, number, value, at, voiding in rows.values_list(
            "voter_id", "idea__number", "value", "cast_at", "voiding_id"
        ).iterator(chunk_size=5_000)
    ]


def replayed_votes(contest: Initiative) -> list[tallies.Vote]:
    """The same from the append-only lines: everything ever cast, in order; taken-back and voided votes are None."""
    names = voter_names(contest)
    salt = bytes(box_of(contest).salt)
    lines = BallotLine.objects.filter(contest=contest).order_by("id")
    return [
        tallies.Vote(names.get(voter) or pseudonym(salt, voter), number, value, START, order)
        for order, voter, number, value in lines.values_list("id", "voter_id", "idea__number", "value").iterator()
    ]


def listed_numbers(contest: Initiative) -> tuple[list[int], list[int]]:
    """Numbers of the ideas counted, and of those among them that cannot win (withdrawn, hidden, erased)."""
    rows = Idea.objects.filter(contest=contest, state__in=ON_SHOW, merged_into=None)
    numbers = list(rows.order_by("number").values_list("number", "state"))
    return [number for number, _ in numbers], [number for number, state in numbers if state != Idea.State.PUBLISHED]


def jury_scores(contest: Initiative) -> dict[int, list[int]]:
    """The jury's scores by idea number."""
    scores: dict[int, list[int]] = {}
    rows = JuryScore.objects.filter(idea__contest=contest).order_by("id")
    for number, score in rows.values_list("idea__number", "score"):
        scores.setdefault(number, []).append(score)
    return scores


def tally_of(contest: Initiative) -> tallies.Tally:
    listed, out = listed_numbers(contest)
    return tallies.tally(cast_votes(contest), listed, rules_of(contest), jury_scores(contest), out)


def published_ballots(contest: Initiative) -> dict[str, Any]:
    """The anonymised export that anyone can recount."""
    listed, out = listed_numbers(contest)
    return tallies.export(cast_votes(contest), listed, rules_of(contest), jury_scores(contest), out)


def source_ids(contest: Initiative) -> dict[int, str]:
    """What each idea was called where it came from, by number; its number when it was born here."""
    rows = Idea.objects.filter(contest=contest).values_list("number", "source_id")
    return {number: source if source is not None else str(number) for number, source in rows}


def told_tally(contest: Initiative) -> dict[str, Any]:
    """The count as `essaim tally` prints it, with its hash."""
    result = tally_of(contest)
    sources = source_ids(contest)
    counted = tallies.document(result)
    return {
        "ideas": [{"source_id": sources[row["idea"]], **row} for row in counted["ideas"]],
        "voters": [{"source_id": row["voter"], **_without(row, "voter")} for row in counted["voters"]],
        "winners": [sources[number] for number in counted["winners"]],
        "quorum_met": counted["quorum_met"],
        "hash": tallies.seal(result),
    }


def recount_hash(contest: Initiative) -> str:
    """The hash a stranger gets who counts the published ballots again."""
    return tallies.seal(tallies.recount(json.loads(canonical(published_ballots(contest)))))


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}

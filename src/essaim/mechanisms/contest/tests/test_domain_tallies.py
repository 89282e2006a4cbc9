"""The count and merged votes and shares, without a database: cases, and laws that hold whatever comes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.domain.ballots import (
    canonical,
)
from essaim.mechanisms.contest.domain.errors import (
    SharesNotWhole,
    ShareTooLarge,
)
from essaim.mechanisms.contest.domain.rules import (
    WHOLE,
    Ballot,
    Rules,
    Tie,
)
from essaim.mechanisms.contest.domain.tallies import Vote, carry, document, export, recount, seal, standing, tally
from essaim.mechanisms.contest.tests.made import OPINION, T0, vote
from essaim.mechanisms.contest.tests.naive import naive_tally

rules_ = st.builds(
    Rules,
    ballot=st.just(Ballot.OPINION),
    community_weight=st.integers(1, 100),
    jury_weight=st.integers(0, 100),
    winners=st.integers(1, 3),
    quorum=st.just(0),
    tie=st.just(Tie.ALL),
)
votes_ = st.lists(
    st.builds(
        Vote,
        voter=st.sampled_from("abcde"),
        idea=st.integers(1, 5),
        value=st.sampled_from([1, -1, 0, None]),
        at=st.integers(0, 3).map(lambda day: T0 + timedelta(days=day)),
        order=st.integers(0, 10_000),
        void=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda vote: vote.order,
)
ideas_ = st.lists(st.integers(1, 4), unique=True)
scores_ = st.dictionaries(st.integers(1, 4), st.lists(st.integers(0, 100), min_size=1, max_size=3))
out_ = st.sets(st.integers(1, 4))


@given(votes_, ideas_, rules_, scores_, out_)
def test_tally_equals_its_naive_twin(votes, ideas, rules, scores, out) -> None:
    result = tally(votes, ideas, rules, scores, out)
    by_idea, by_voter, winners = naive_tally(votes, ideas, rules, scores, out)
    assert {count.idea: (count.agree, count.disagree, count.passed) for count in result.ideas} == by_idea
    assert {count.voter: (count.agree, count.disagree, count.passed) for count in result.voters} == by_voter
    assert set(result.winners) == winners


@given(votes_, ideas_, rules_, st.randoms(use_true_random=False))
def test_tally_does_not_depend_on_the_order_given(votes, ideas, rules, random) -> None:
    shuffled_votes = votes[:]
    random.shuffle(shuffled_votes)
    assert tally(shuffled_votes, ideas, rules) == tally(votes, ideas, rules)


@given(votes_, ideas_, rules_, scores_, out_, st.sampled_from(Tie))
def test_recount_of_the_export_is_the_tally(votes, ideas, rules, scores, out, tie) -> None:
    rules = replace(rules, tie=tie)
    published = json.loads(canonical(export(votes, ideas, rules, scores, out)))
    counted = tally(votes, ideas, rules, scores, out)
    assert recount(published) == counted
    assert seal(recount(published)) == seal(counted)


@given(votes_)
def test_a_person_has_at_most_one_vote_per_idea(votes) -> None:
    held = standing(votes)
    counted = tally(votes, range(1, 6), OPINION)
    assert sum(count.votes for count in counted.ideas) == len(held) <= len({(v.voter, v.idea) for v in votes})


def test_export_tells_no_hour() -> None:
    lines = export([vote("a", 1, minute=754)], [1], OPINION)["votes"]
    assert lines == [{"voter": "a", "idea": 1, "value": 1, "at": "2026-03-02", "void": False}]


def test_a_tie_is_never_settled_by_lot() -> None:
    votes = [vote("a", 1, minute=5), vote("b", 2, minute=1), vote("c", 3, minute=9)]
    assert tally(votes, [1, 2, 3], OPINION).winners == (1, 2, 3)
    assert tally(votes, [1, 2, 3], replace(OPINION, tie=Tie.EARLIEST)).winners == (2,)
    same = [vote("a", 1, minute=5), vote("b", 2, minute=5)]
    assert tally(same, [1, 2], replace(OPINION, tie=Tie.EARLIEST)).winners == (1, 2)


def test_weights_count_exactly() -> None:
    rules = replace(OPINION, community_weight=60, jury_weight=40)
    counted = tally([vote("a", 1), vote("b", 1), vote("a", 2)], [1, 2], rules, {2: [100, 99, 98], 1: [10]})
    assert [count.score for count in counted.ideas] == [Fraction(64), Fraction(348, 5)]
    assert counted.winners == (2,)
    assert document(counted)["ideas"][1]["score"] == "348/5"


def test_no_winner_below_the_quorum() -> None:
    counted = tally([vote("a", 1)], [1], replace(OPINION, quorum=2))
    assert (counted.winners, counted.quorum_met) == ((), False)


def test_an_idea_without_votes_does_not_win() -> None:
    assert tally([], [1, 2], OPINION).winners == ()


@given(votes_)
def test_merging_counts_nobody_twice_and_loses_nobody(votes) -> None:
    held = [vote for vote in standing(votes).values() if vote.idea in (1, 2)]
    kept = {vote.voter: vote for vote in held if vote.idea == 1}
    merged = {vote.voter: vote for vote in held if vote.idea == 2}
    carried = carry(kept, merged)
    assert carried.keys() == kept.keys() | merged.keys()
    for voter, vote_ in carried.items():
        both = [side[voter] for side in (kept, merged) if voter in side]
        assert vote_ in both
        assert all((vote_.at, vote_.order) >= (other.at, other.order) for other in both)


def test_a_valid_vote_beats_a_voided_one_whatever_its_time() -> None:
    valid, void = vote("a", 1, minute=1), vote("a", 2, minute=9, void=True)
    assert carry({"a": valid}, {"a": void}) == {"a": valid}
    assert carry({"a": void}, {"a": valid}) == {"a": valid}


shares_ = st.dictionaries(st.integers(1, 50), st.integers(0, WHOLE), min_size=1, max_size=6)


def whole(parts: dict[int, int]) -> dict[int, int]:
    """Made to add up to 10,000."""
    total = sum(parts.values())
    if total == 0:
        return {next(iter(parts)): WHOLE}
    scaled = {key: part * WHOLE // total for key, part in parts.items()}
    scaled[next(iter(scaled))] += WHOLE - sum(scaled.values())
    return scaled


@given(st.integers(0, 10**12), shares_.map(whole))
def test_split_is_exact_and_fair_to_the_cent(amount: int, shares: dict[int, int]) -> None:
    parts = ladder.split(amount, shares)
    assert sum(parts.values()) == amount
    assert all(abs(parts[key] - Fraction(amount * shares[key], WHOLE)) < 1 for key in shares)


@given(shares_.map(whole), shares_.map(whole), st.integers(0, WHOLE))
def test_merged_shares_stay_whole(kept: dict[int, int], merged: dict[int, int], carried: int) -> None:
    shares = ladder.merge_shares(kept, merged, carried)
    assert sum(shares.values()) == WHOLE
    assert shares.keys() == kept.keys() | merged.keys()


def test_split_examples() -> None:
    assert ladder.split(50_000, {1: 3_333, 2: 3_333, 3: 3_334}) == {1: 16_665, 2: 16_665, 3: 16_670}
    assert ladder.split(100, {1: 3_333, 2: 3_333, 3: 3_334}) == {1: 33, 2: 33, 3: 34}
    assert ladder.split(1, {2: 5_000, 1: 5_000}) == {1: 1, 2: 0}
    with pytest.raises(SharesNotWhole):
        ladder.split(100, {1: 9_999})


def test_give_share_keeps_something() -> None:
    assert ladder.give_share({1: 10_000}, 1, 2, 4_000) == {1: 6_000, 2: 4_000}
    for points in (0, -1, 10_000, 10_001):
        with pytest.raises(ShareTooLarge):
            ladder.give_share({1: 10_000}, 1, 2, points)

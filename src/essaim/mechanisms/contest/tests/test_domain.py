"""The contest's decisions, without a database: cases, and laws that hold whatever comes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.mechanisms.contest.domain import ladder, presets
from essaim.mechanisms.contest.domain.ballots import (
    Elector,
    admit,
    canonical,
    cast,
    digest,
    pseudonym,
    receipt,
    stands,
)
from essaim.mechanisms.contest.domain.errors import (
    AlreadyReached,
    BallotFull,
    InvalidRules,
    JoinedTooLate,
    MailNotConfirmed,
    NoSuchRung,
    OutsideCommunities,
    RungBelowMissing,
    RungFull,
    RungNotReached,
    SharesNotWhole,
    ShareTooLarge,
    WrongBallot,
)
from essaim.mechanisms.contest.domain.ladder import Favour, Standing
from essaim.mechanisms.contest.domain.order import shuffled
from essaim.mechanisms.contest.domain.rules import (
    WHOLE,
    Award,
    Ballot,
    Condition,
    Eligibility,
    RoyaltyShare,
    Rules,
    Rung,
    Surge,
    Tie,
    freeze,
    thaw,
    validated,
)
from essaim.mechanisms.contest.domain.surges import Arrival, bursts
from essaim.mechanisms.contest.domain.tallies import Vote, carry, document, export, recount, seal, standing, tally
from essaim.mechanisms.contest.tests.naive import naive_tally

T0 = datetime(2026, 3, 2, tzinfo=UTC)
OPINION = Rules(ballot=Ballot.OPINION)


def vote(voter: str, idea: int, value: int | None = 1, minute: int = 0, **more: object) -> Vote:
    return Vote(voter, idea, value, T0 + timedelta(minutes=minute), **more)  # type: ignore[arg-type]


# Rules


@pytest.mark.parametrize("rules", [*presets.PRESETS.values(), Rules()])
def test_rules_freeze_and_thaw(rules: Rules) -> None:
    assert thaw(json.loads(json.dumps(freeze(rules)))) == rules
    assert validated(rules) == rules


def test_the_ladder_pays_what_it_says() -> None:
    assert [rung.reward for rung in presets.LADDER.rungs] == [
        Award(50_000, "EUR"),
        Award(150_000, "EUR"),
        None,
        RoyaltyShare(1_000, 60),
    ]
    assert presets.LADDER.budget == {"EUR": 5 * 50_000 + 2 * 150_000}


@pytest.mark.parametrize(
    "rules",
    [
        Rules(community_weight=0, jury_weight=0),
        Rules(winners=0),
        Rules(votes_each=-1),
        Rules(similarity=10_001),
        Rules(surge=Surge(deviations=0)),
        Rules(eligibility=Eligibility(days=-1)),
        Rules(rungs=(Rung("a", "A", Condition.VOTES),)),
        Rules(rungs=(Rung("a", "A", Condition.JURY),)),
        Rules(rungs=(Rung("a", "A", Condition.PANEL, threshold=101, quorum=1),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH, reward=Award(1)),)),
        Rules(rungs=(Rung("a", "A", Condition.VOTES, threshold=1, reward=RoyaltyShare(1, 1)),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH, reward=RoyaltyShare(10_001, 1)),)),
        Rules(rungs=(Rung("a", "A", Condition.LAUNCH), Rung("a", "B", Condition.LAUNCH))),
    ],
)
def test_validated_refuses(rules: Rules) -> None:
    with pytest.raises(InvalidRules):
        validated(rules)


@pytest.mark.parametrize("frozen", [{"ballot": "shout"}, {"rungs": [{"slug": "a"}]}, {"colour": "red"}, {"surge": 3}])
def test_thaw_refuses_what_it_does_not_know(frozen: dict[str, object]) -> None:
    with pytest.raises(InvalidRules):
        thaw(frozen)


def test_a_rung_is_found_by_name() -> None:
    assert presets.LADDER.rung("tested").condition is Condition.PANEL
    with pytest.raises(NoSuchRung):
        presets.LADDER.rung("moon")


# Ballots


def test_cast_last_vote_wins() -> None:
    assert cast({}, 1, 1, OPINION).changes
    changed = cast({1: 1}, 1, -1, OPINION)
    assert (changed.value, changed.replaces, changed.changes) == (-1, 1, True)
    assert not cast({1: 1}, 1, 1, OPINION).changes


def test_cast_refuses_when_ballot_full() -> None:
    rules = replace(OPINION, votes_each=2)
    full = {1: 1, 2: -1, 3: 0}
    with pytest.raises(BallotFull):
        cast(full, 4, 1, rules)
    assert cast(full, 4, 0, rules).value == 0, "a pass spends nothing"
    assert cast(full, 2, 1, rules).value == 1, "changing one's mind spends nothing more"
    with pytest.raises(BallotFull):
        cast(full, 3, 1, rules)


@pytest.mark.parametrize(("style", "value"), [(Ballot.SUPPORT, 0), (Ballot.SUPPORT, -1), (Ballot.OPINION, 2)])
def test_cast_refuses_a_wrong_ballot(style: Ballot, value: int) -> None:
    with pytest.raises(WrongBallot):
        cast({}, 1, value, Rules(ballot=style))


def test_admit_looks_at_mail_age_and_communities() -> None:
    admit(Elector(T0, True), Eligibility(), T0)
    with pytest.raises(MailNotConfirmed):
        admit(Elector(T0, False), Eligibility(), T0)
    admit(Elector(T0 - timedelta(days=7), True), Eligibility(days=7), T0)
    with pytest.raises(JoinedTooLate):
        admit(Elector(T0 - timedelta(days=6), True), Eligibility(days=7), T0)
    with pytest.raises(OutsideCommunities):
        admit(Elector(T0, True, frozenset({"bees"})), Eligibility(communities=("bakers",)), T0)
    admit(Elector(T0, True, frozenset({"bees", "bakers"})), Eligibility(communities=("bakers",)), T0)


def test_receipt_finds_the_ballot_and_sees_a_change() -> None:
    code = pseudonym(b"secret", 7)
    assert code == pseudonym(b"secret", 7) != pseudonym(b"other", 7)
    given_out = receipt(code, {3: 1, 1: -1})
    lines = [(code, 1, -1), ("someone", 1, 1), (code, 3, 1)]
    assert stands(given_out, lines)
    assert not stands(given_out, [(code, 1, 1), (code, 3, 1)])
    assert not stands(given_out, lines[:2])


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "é": [1, 2]}) == digest({"é": [1, 2], "a": 1})
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


# Tally

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


# Merging


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


# Ladder


def test_climb_one_rung_after_another() -> None:
    rules = presets.LADDER
    potential, chosen = rules.rungs[:2]
    assert ladder.climb(potential, Standing(frozenset(), 4), rules) is potential
    with pytest.raises(RungFull):
        ladder.climb(potential, Standing(frozenset(), 5), rules)
    with pytest.raises(AlreadyReached):
        ladder.climb(potential, Standing(frozenset({"potential"}), 0), rules)
    with pytest.raises(RungBelowMissing):
        ladder.climb(chosen, Standing(frozenset(), 0), rules)
    assert ladder.next_rung(rules, {"potential"}) is chosen
    assert ladder.next_rung(rules, {rung.slug for rung in rules.rungs}) is None


@given(st.permutations(["potential", "chosen", "tested", "product"] * 2))
def test_no_rung_is_climbed_twice(attempts: list[str]) -> None:
    reached: list[str] = []
    for slug in attempts:
        try:
            ladder.climb(presets.LADDER.rung(slug), Standing(frozenset(reached), 0), presets.LADDER)
        except (AlreadyReached, RungBelowMissing):
            continue
        reached.append(slug)
    assert reached == [rung.slug for rung in presets.LADDER.rungs][: len(reached)]


def test_votes_needed_and_approval() -> None:
    rung = Rung("chosen", "Chosen", Condition.VOTES, threshold=10, approval=7_000)
    with pytest.raises(RungNotReached):
        ladder.enough_votes(rung, Favour(9))
    with pytest.raises(RungNotReached):
        ladder.enough_votes(rung, Favour(10, 5))
    ladder.enough_votes(rung, Favour(14, 6))


def test_scores_needed_are_compared_exactly() -> None:
    rung = Rung("potential", "Potential", Condition.JURY, threshold=60, quorum=3)
    with pytest.raises(RungNotReached):
        ladder.enough_scores(rung, [100, 100])
    with pytest.raises(RungNotReached):
        ladder.enough_scores(rung, [60, 60, 59])
    ladder.enough_scores(rung, [60, 60, 60])


def test_royalties_are_split_and_end() -> None:
    product = presets.LADDER.rung("product")
    assert ladder.royalties(product, {1: 3_333, 2: 6_667}) == {1: 333, 2: 667}
    assert ladder.term_of(product) == 60
    assert ladder.months_later(datetime(2026, 1, 31).date(), 1) == datetime(2026, 2, 28).date()
    assert ladder.months_later(datetime(2024, 2, 29).date(), 60) == datetime(2029, 2, 28).date()
    assert ladder.months_later(datetime(2026, 12, 5).date(), 12) == datetime(2027, 12, 5).date()


# Order and surges


@given(st.lists(st.integers(1, 1_000), unique=True), st.integers(0, 100))
def test_the_random_order_lasts_and_keeps_places(ideas: list[int], seed: int) -> None:
    mine = shuffled(ideas, seed, "ana")
    assert mine == shuffled(reversed(ideas), seed, "ana")
    assert sorted(mine) == sorted(ideas)
    assert [idea for idea in shuffled([*ideas, 5_000], seed, "ana") if idea != 5_000] == mine


def test_two_viewers_see_two_orders() -> None:
    assert shuffled(range(50), 1, "ana") != shuffled(range(50), 1, "bob") != shuffled(range(50), 2, "bob")


def arrivals(counts: dict[int, int], age_days: int) -> list[Arrival]:
    """`counts` votes per hour from accounts of that age."""
    return [
        Arrival(T0 + timedelta(hours=hour, minutes=n % 60), T0 + timedelta(hours=hour) - timedelta(days=age_days))
        for hour, count in counts.items()
        for n in range(count)
    ]


def test_a_burst_of_new_accounts_raises_one_alarm() -> None:
    calm = dict.fromkeys(range(48), 2)
    found = bursts([*arrivals(calm, 1), *arrivals({30: 40}, 1)], Surge())
    assert [(burst.hour, burst.arrivals) for burst in found] == [(T0 + timedelta(hours=30), 42)]
    assert found[0].usual == 2


def test_a_burst_of_old_members_raises_none() -> None:
    assert bursts([*arrivals(dict.fromkeys(range(48), 2), 1), *arrivals({30: 400}, 60)], Surge()) == []


def test_a_steady_or_small_stream_raises_none() -> None:
    assert bursts(arrivals(dict.fromkeys(range(48), 30), 1), Surge()) == []
    assert bursts(arrivals({3: 9}, 1), Surge()) == []
    assert bursts([], Surge()) == []


def test_a_crowd_in_the_very_first_hour_raises_one() -> None:
    assert [burst.arrivals for burst in bursts(arrivals({0: 12}, 1), Surge())] == [12]


def test_a_single_crowded_hour_after_quiet_raises_one() -> None:
    assert len(bursts([*arrivals({0: 1}, 60), *arrivals({40: 15}, 1)], Surge())) == 1

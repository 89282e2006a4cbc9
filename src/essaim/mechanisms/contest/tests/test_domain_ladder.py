"""Climbing, the random order and surges, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.mechanisms.contest.domain import ladder, presets
from essaim.mechanisms.contest.domain.errors import (
    AlreadyReached,
    RungBelowMissing,
    RungFull,
    RungNotReached,
)
from essaim.mechanisms.contest.domain.ladder import Favour, Standing
from essaim.mechanisms.contest.domain.order import shuffled
from essaim.mechanisms.contest.domain.rules import (
    Condition,
    Rung,
    Surge,
)
from essaim.mechanisms.contest.domain.surges import Arrival, bursts
from essaim.mechanisms.contest.tests.made import T0


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

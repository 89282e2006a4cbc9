"""Figures against values worked out elsewhere, and laws that hold for all."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.listening.desk import domain
from essaim.listening.desk.domain import Skill

START = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718), (20, 20, 0.8389, 1.0)],
)
def test_wilson_as_newcombe_printed_it(count: int, n: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (the last by symmetry)."""
    found = domain.share(count, n)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_there_is_no_share_and_no_mood() -> None:
    assert domain.share(0, 0) is None
    assert domain.mood(0, 0, 12) is None
    assert domain.middle([]) is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share(count: int, rest: int) -> None:
    found = domain.share(count, count + rest)
    assert found is None if count + rest == 0 else found and 0 <= found.low <= found.share <= found.high <= 1


def test_mood_without_a_measured_reader() -> None:
    found = domain.mood(30, 10, 60)
    assert found is not None
    assert (found.net, found.neutral, found.corrected) == (0.5, 0.6, False)
    assert found.low < 0.5 < found.high


@given(st.integers(50, 100), st.integers(50, 100), st.integers(1, 99))
def test_the_correction_finds_the_truth_again(sensitivity: int, specificity: int, truth: int) -> None:
    """Of 10,000 texts, read by a reader of known skill, the corrected mood is the true one but for rounding."""
    skill = Skill(sensitivity / 100, specificity / 100)
    good = 100 * truth
    read_good = round(good * skill.sensitivity + (10_000 - good) * (1 - skill.specificity))
    found = domain.mood(read_good, 10_000 - read_good, 0, skill)
    assert found is not None
    if skill.is_useful:
        assert found.corrected
        assert found.net == pytest.approx(
            2 * truth / 100 - 1, abs=0.002 / (skill.sensitivity + skill.specificity - 1)
        )
    else:
        assert not found.corrected


@pytest.mark.parametrize(
    ("sensitivity", "specificity", "n", "good"), [(0.85, 0.8, 60, 0.4), (0.9, 0.7, 300, 0.2), (0.75, 0.75, 1000, 0.7)]
)
def test_a_corrected_interval_holds_what_is_true_as_often_as_it_says(
    sensitivity: float, specificity: float, n: int, good: float
) -> None:
    """The skill is itself measured on 108 texts of each side: the interval knows."""
    chance, rounds, held = np.random.default_rng(1), 1000, 0
    for right, righter, count in zip(
        chance.binomial(108, sensitivity, rounds),
        chance.binomial(108, specificity, rounds),
        chance.binomial(n, good * sensitivity + (1 - good) * (1 - specificity), rounds),
        strict=True,
    ):
        found = domain.mood(int(count), int(n - count), 0, Skill(right / 108, righter / 108, 108, 108))
        assert found is not None
        held += found.low <= 2 * good - 1 <= found.high
    assert 0.93 <= held / rounds <= 0.98


def test_the_neutral_share_has_an_interval() -> None:
    found = domain.mood(6, 4, 10)
    assert found is not None
    assert found.judged == 10
    assert found.of_neutral == domain.share(10, 20)


def test_a_change_has_an_interval() -> None:
    found = domain.change(100, 200, days_before=10, days_after=10)
    assert found is not None
    assert found.ratio == 2.0
    assert (round(found.low, 3), round(found.high, 3)) == (1.573, 2.543)
    assert found.is_clear
    assert not domain.change(10, 12, days_before=7, days_after=7).is_clear  # type: ignore[union-attr]
    assert domain.change(0, 12, days_before=7, days_after=7) is None


def year(mean: float, seed: int, days: int = 365) -> list[tuple[date, int]]:
    """Poisson counts with a weekly wave."""
    chance = random.Random(seed)
    found = []
    for step in range(days):
        rate = mean * (1.3 if step % 7 < 5 else 0.7)
        found.append((START + timedelta(days=step), poisson(rate, chance)))
    return found


def poisson(rate: float, chance: random.Random) -> int:
    """By exponential gaps: as many as fit in one unit of time."""
    count, time = 0, chance.expovariate(rate)
    while time < 1:
        count, time = count + 1, time + chance.expovariate(rate)
    return count


def test_a_planted_burst_is_found_and_not_its_neighbours() -> None:
    days = year(20, seed=1)
    day, count = days[200]
    days[200] = (day, count + 60)
    assert [peak.day for peak in domain.peaks(days)] == [day]


@pytest.mark.parametrize("mean", [2, 20, 200])
def test_shuffled_history_rarely_alarms(mean: float) -> None:
    """The history with its days shuffled holds no burst in time: at most one alarm in a thousand days."""
    alarms = days = 0
    for seed in range(4):
        counts = [count for _day, count in year(mean, seed)]
        random.Random(seed + 100).shuffle(counts)
        shuffled = [(START + timedelta(days=step), count) for step, count in enumerate(counts)]
        alarms += len(domain.peaks(shuffled))
        days += len(shuffled) - domain.LEAST_HISTORY
    assert alarms <= days / 1_000


def test_a_short_history_or_a_small_day_never_alarms() -> None:
    quiet = [(START + timedelta(days=step), 0) for step in range(30)]
    assert domain.peaks([*quiet[:10], (START + timedelta(days=10), 500)]) == []
    assert domain.peaks([*quiet, (START + timedelta(days=30), 9)]) == []
    assert [peak.mentions for peak in domain.peaks([*quiet, (START + timedelta(days=30), 10)])] == [10]


@pytest.mark.parametrize(
    ("kept", "late", "told"), [(True, -1, "kept"), (True, 0, "kept"), (True, 1, "late"), (False, 0, "broken")]
)
def test_what_became_of_a_promise(kept: bool, late: int, told: str) -> None:
    assert domain.outcome(kept=kept, due_on=START, today=START + timedelta(days=late)) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J'aime la Maison  Levain !", True),
        ("MAISON LEVAIN forever", True),
        ("maisonlevain", False),
        ("la maison levainière", False),
        ("bravo @MaisonLevain!", True),
        ("écrire à x@maisonlevain.fr", False),
        ("le crâné", False),
        ("Le Créné, quelle pâte", True),
    ],
)
def test_words_are_found_whole_without_accents_or_capitals(text: str, found: bool) -> None:
    words = domain.words_of("Maison Levain\n@maisonlevain, créné\nmaison levain\n!")
    assert words == ["maison levain", "@maisonlevain", "crene"]
    pattern = domain.pattern(words)
    assert pattern is not None
    assert bool(pattern.search(domain.word_of(text))) is found


def test_no_word_finds_nothing() -> None:
    assert domain.pattern([]) is None

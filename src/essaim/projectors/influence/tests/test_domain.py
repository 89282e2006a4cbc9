"""The laws of fading, the score and the roles."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.projectors.influence import domain
from essaim.projectors.influence.domain import Role, Seen

moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
weights = st.floats(0.1, 100)


@given(weights, moments, st.integers(0, 3000))
def test_a_weight_halves_every_180_days_to_a_millionth(weight, at, days):
    later = at + timedelta(days=days)
    faded = domain.faded(domain.kept(weight, at), domain.month_of(at), later)
    assert faded == pytest.approx(weight * 2.0 ** (-days / 180), abs=1e-6)


@given(st.lists(st.tuples(weights, moments), min_size=1, max_size=20), st.randoms())
def test_sums_do_not_depend_on_the_order_of_arrival(interactions, random):
    one = sum(domain.kept(weight, at) for weight, at in interactions)
    random.shuffle(interactions)
    assert sum(domain.kept(weight, at) for weight, at in interactions) == one


@given(moments)
def test_a_month_begins_before_and_ends_after_its_moments(at):
    month = domain.month_of(at)
    assert domain.beginning(month) <= at < domain.beginning(month + 1)


def test_the_score_of_the_specification_by_hand():
    found = domain.advocacy(answers=4, helpful=2, love=10, acts=30, participation=0.4, weights=domain.ADVOCACY)
    assert [part.points for part in found.parts] == [15, 12.5, 0, 6, 0]
    assert found.value == pytest.approx(33.5 * 30 / 40)
    assert found.most == 70


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 1e6), st.integers(0, 1000), st.floats(0, 1))
def test_a_score_lies_between_nothing_and_what_is_measured(answers, helpful, love, acts, participation):
    found = domain.advocacy(
        answers=answers, helpful=min(helpful, answers), love=love, acts=acts, participation=participation,
        weights=domain.ADVOCACY,
    )  # fmt: skip
    assert 0 <= found.value <= found.most + 1e-9


@pytest.mark.parametrize(
    ("seen", "roles"),
    [
        (Seen(positive=9, negative=1, n=12), [Role.ENTHUSIAST]),
        (Seen(positive=4, n=4), []),  # too few
        (Seen(positive=4, negative=3, n=9), []),  # not for sure
        (Seen(negative=6, n=6), [Role.CRITIC]),
        (Seen(topic="rye", answers=5, answerers=3), [Role.EXPERT]),
        (Seen(topic="rye", answers=9, answerers=2), []),
        (Seen(ties=6, participation=0.5), [Role.BRIDGE]),
        (Seen(ties=3, participation=0.6), []),
        (Seen(days=60, heard=3), [Role.NEWCOMER]),
        (Seen(days=61, heard=30), []),
    ],
)
def test_roles(seen, roles):
    assert [role for role, _ in domain.roles(seen)] == roles


def test_wilson_as_published():
    low, high = domain.wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert domain.wilson(0, 0) == (0.0, 1.0)


def test_effective_number():
    assert domain.effective_number([1, 1, 1, 1]) == 4
    assert domain.effective_number([5, 0, 0]) == 1
    assert domain.effective_number([]) == 0

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import comb


def test_the_mark_of_a_slug_never_changes():
    assert [kind for _points, kind in comb.cells("friends-of-the-oven")] == MARK


MARK = [3, 3, 2, 2, 0, 2, 1]


@given(st.text())
def test_a_mark_has_seven_cells_and_at_least_three_filled(slug):
    kinds = [kind for _points, kind in comb.cells(slug)]
    assert len(kinds) == 7
    assert set(kinds) <= {0, 1, 2, 3}
    assert kinds[0] > 0
    assert sum(kind > 0 for kind in kinds) >= 3


def test_marks_differ():
    marks = {tuple(comb.cells(f"community-{number}")) for number in range(200)}
    assert len(marks) > 190


@given(st.text())
def test_a_swarm_stays_in_its_box(seed):
    for points, kind in comb.swarm(seed):
        assert kind in range(5)
        for pair in points.split():
            x, y = map(float, pair.split(","))
            assert -12 <= x <= 412
            assert -12 <= y <= 412


def test_tint_is_one_of_four():
    assert {comb.tint(str(number)) for number in range(50)} == {0, 1, 2, 3}

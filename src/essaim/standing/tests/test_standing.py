"""Scores: concluded, concluded again, remembered, forgotten."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection

from essaim.communities.models import Community
from essaim.people.models import Member
from essaim.standing import queries
from essaim.standing.actions import conclude, forget
from essaim.standing.models import Score

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def anna(db):
    return Member.objects.create_user("anna@example.org", "anna", display_name="Anna")


@pytest.fixture
def bakers(anna):
    return Community.objects.create(slug="bakers", name="Bakers", sort_key="bakers", created_by=anna)


def test_a_conclusion_becomes_current_and_replaces_the_one_before(anna):
    conclude(member=anna, kind="level", value=1, at=MONDAY)
    conclude(member=anna, kind="level", value=2, low=1, high=3, basis={"points": 120}, at=TUESDAY)
    found = list(Score.objects.values_list("member", "kind", "value", "low", "high", "basis", "concluded_at"))
    assert found == [(anna.pk, "level", Decimal(2), Decimal(1), Decimal(3), {"points": 120}, TUESDAY)]


def test_nothing_concluded_is_none(anna):
    assert queries.score(anna, "level") is None


def test_a_community_has_its_own_score(anna, bakers):
    conclude(member=anna, kind="level", value=1)
    conclude(member=anna, kind="level", value=4, community=bakers)
    assert [queries.score(anna, "level").value, queries.score(anna, "level", bakers).value] == [1, 4]
    assert queries.values([anna], "level", bakers) == {anna.pk: Decimal(4)}


def test_history_keeps_what_changed_only_when_asked(anna):
    conclude(member=anna, kind="level", value=1, at=MONDAY, keep_past=True)
    conclude(member=anna, kind="level", value=1, at=MONDAY, keep_past=True)
    conclude(member=anna, kind="level", value=2, at=TUESDAY, keep_past=True)
    conclude(member=anna, kind="points", value=1)
    conclude(member=anna, kind="points", value=2)
    assert [(past.value, past.concluded_at) for past in queries.history(anna, "level")] == [(Decimal(1), MONDAY)]
    assert list(queries.history(anna, "points")) == []


def test_forgetting_a_kind_leaves_the_others(anna):
    conclude(member=anna, kind="level", value=1, keep_past=True)
    conclude(member=anna, kind="level", value=2, keep_past=True)
    conclude(member=anna, kind="trust", value=1)
    forget("level")
    assert list(Score.objects.values_list("kind", flat=True)) == ["trust"]
    assert list(queries.history(anna, "level")) == []


def test_many_members_cost_one_query(anna, django_assert_num_queries):
    others = [Member.objects.create_user(f"m{n}@example.org", f"member{n}", display_name="M") for n in range(3)]
    for other in others:
        conclude(member=other, kind="points", value=other.pk)
    with django_assert_num_queries(1):
        found = queries.values([anna, *others], "points")
    assert found == {other.pk: Decimal(other.pk) for other in others}


@pytest.mark.django_db(transaction=True)
def test_two_first_conclusions_at_once_leave_one_row():
    anna = Member.objects.create_user("anna@example.org", "anna", display_name="Anna")
    together = Barrier(2)

    def write(value):
        together.wait()
        conclude(member=anna, kind="level", value=value)
        connection.close()

    threads = [Thread(target=write, args=[value]) for value in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Score.objects.filter(member=anna, kind="level").count() == 1

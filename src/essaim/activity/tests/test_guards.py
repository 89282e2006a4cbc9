"""The stream cannot be rewritten, not even by raw SQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from essaim.activity.models import Activity
from essaim.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return Activity.objects.create(type="said", verb="Create", payload={"words": "secret", "count": 3})


@pytest.mark.parametrize(
    "change",
    [
        {"type": "other"},
        {"verb": "Delete"},
        {"weight": 2.0},
        {"public": True},
        {"object_id": 5},
        {"payload": {"words": "other", "count": 3}},
        {"payload": {"words": None, "count": 3}},
        {"erased_at": clock.now(), "payload": {"words": "other", "count": 3}},
        {"erased_at": clock.now(), "payload": {"words": None, "count": 3, "added": None}},
        {"erased_at": clock.now(), "payload": {"count": 3}},
        {"erased_at": clock.now(), "type": "other"},
    ],
    ids=lambda change: "-".join(change),
)
def test_no_change_but_erasure(activity: Activity, change: dict[str, Any]) -> None:
    before = Activity.objects.values().get()
    with pytest.raises(IntegrityError, match="changes only when it is erased"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**change)
    assert Activity.objects.values().get() == before


def test_erasure_happens_once(activity: Activity) -> None:
    rows = Activity.objects.filter(pk=activity.pk)
    assert rows.update(erased_at=clock.now(), payload={"words": None, "count": 3}) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(erased_at=clock.now(), payload={"words": None, "count": None})
    assert rows.get().payload == {"words": None, "count": 3}


@pytest.mark.parametrize("statement", ["DELETE FROM activity_activity", "TRUNCATE activity_activity CASCADE"])
def test_nothing_is_removed(activity: Activity, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
            cursor.execute(statement)
    assert Activity.objects.count() == 1

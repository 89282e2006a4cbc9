from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from essaim.activity import outbox
from essaim.activity.models import Activity, Delivery
from essaim.activity.projection import Projector
from essaim.activity.record import prepared, record, record_all
from essaim.activity.tests.fixtures import HUMMED, SAID, Hummed, Said, ignore
from essaim.communities.models import Community
from essaim.kit import clock
from essaim.people.models import Member

Listen = Callable[[Projector], Projector]


def test_record_writes_the_activity_as_declared(ada: Member, bob: Member, village: Community) -> None:
    with clock.at(clock.now()):
        now = clock.now()
        activity = record(Said("good bread", loud=True), actor=ada, object=village, community=village, target=bob)
    expected = {
        "id": activity.pk,
        "type": "test_said",
        "verb": "Create",
        "actor_id": ada.pk,
        "object_type": "communities.community",
        "object_id": village.pk,
        "community_id": village.pk,
        "initiative_id": None,
        "target_id": bob.pk,
        "payload": {"words": "good bread", "loud": True},
        "origin": "here",
        "weight": SAID.weight,
        "public": True,
        "at": now,
        "erased_at": None,
    }
    assert Activity.objects.values().get() == expected


def test_acting_on_oneself_draws_no_edge(ada: Member) -> None:
    record(Said("well done, me"), actor=ada, target=ada)
    assert Activity.objects.values_list("target", "weight").get() == (None, 0.0)


def test_what_happens_before_the_opening_is_not_public(ada: Member, village: Community) -> None:
    draft = SimpleNamespace(pk=3, community=village, opened_at=None)
    record(Hummed("la"), actor=ada, initiative=draft)
    assert Activity.objects.values_list("initiative_id", "community", "public").get() == (3, village.pk, False)


def test_a_rolled_back_act_leaves_nothing(ada: Member, listening: Listen) -> None:
    listening(Projector("ears", ignore, lambda: None))
    with transaction.atomic():
        record(Hummed("la"), actor=ada)
        assert (Activity.objects.count(), Delivery.objects.count()) == (1, 1)
        transaction.set_rollback(True)
    assert (Activity.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_write_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside the act's transaction"):
        record(Hummed("la"), actor=None)
    assert Activity.objects.count() == 0


def test_an_undeclared_act_is_refused(ada: Member) -> None:
    with pytest.raises(LookupError, match="SimpleNamespace is not a declared activity"):
        record(SimpleNamespace(), actor=ada)


def test_one_delivery_per_projector_that_listens(ada: Member, listening: Listen) -> None:
    listening(Projector("all", ignore, lambda: None))
    listening(Projector("hums", ignore, lambda: None, listens=frozenset({HUMMED.slug})))
    said, hummed = record(Said("hi"), actor=ada), record(Hummed("la"), actor=ada)
    sent = Delivery.objects.order_by("activity", "projector").values_list("activity", "projector", "due_at")
    assert list(sent) == [
        (said.pk, "all", said.at),
        (hummed.pk, "all", hummed.at),
        (hummed.pk, "hums", hummed.at),
    ]


def test_many_at_once_keep_their_order_in_few_queries(
    ada: Member, listening: Listen, django_assert_num_queries: Callable[..., object]
) -> None:
    listening(Projector("all", ignore, lambda: None))
    acts = [prepared(Hummed(str(n)), actor=ada) for n in range(300)]
    with django_assert_num_queries(2):
        written = record_all(acts)
    assert [row.payload["tune"] for row in Activity.objects.order_by("pk")] == [str(n) for n in range(300)]
    assert Delivery.objects.filter(activity__in=written).count() == 300


def test_acts_of_one_transaction_share_one_ring(
    ada: Member, listening: Listen, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    listening(Projector("one", ignore, lambda: None))
    listening(Projector("two", ignore, lambda: None))
    with django_capture_on_commit_callbacks() as rings:  # type: ignore[attr-defined]
        record(Hummed("la"), actor=ada)
        record(Hummed("do"), actor=ada)
    assert rings == [outbox.ring]
    assert connection.in_atomic_block

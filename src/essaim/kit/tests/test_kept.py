"""Kept queries give the rows Django gives, for the keys of the moment, on every thread."""

from __future__ import annotations

import asyncio
from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, QuerySet

from essaim.kit.kept import Kept

pytestmark = pytest.mark.django_db


def with_type(pk: int) -> QuerySet[Permission]:
    return Permission.objects.select_related("content_type").filter(pk=pk)


def test_rows_are_those_of_the_query_with_what_is_read_beside_them() -> None:
    kept = Kept(with_type)
    for pk in Permission.objects.order_by("pk").values_list("pk", flat=True)[:3]:
        row, same = kept.only(pk), with_type(pk).get()
        assert row is not None
        assert (row, row.name, row.content_type.model) == (same, same.name, same.content_type.model)
        assert row._state.adding is False
        assert row is not kept.only(pk)


def test_asking_again_is_one_statement_and_writes_none(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    asked: list[int] = []

    def ask(pk: int) -> QuerySet[Permission]:
        asked.append(pk)
        return with_type(pk)

    kept = Kept(ask)
    pk = Permission.objects.values_list("pk", flat=True)[0]
    with django_assert_num_queries(3):
        assert [kept.only(key) for key in (pk, pk, -1)] == [Permission(pk=pk), Permission(pk=pk), None]
    assert len(asked) == 1


def test_several_keys_and_annotations_keep_their_places() -> None:
    def ask(model: int, permission: int) -> QuerySet[ContentType]:
        its = Permission.objects.filter(pk=permission, content_type=OuterRef("pk"))
        return ContentType.objects.filter(pk=model).annotate(has=Exists(its))

    kept = Kept(ask, 2)
    one, other = Permission.objects.order_by("content_type", "pk").distinct("content_type")[:2]
    told = [kept.rows(kind.pk, one.pk)[0].has for kind in (one.content_type, other.content_type)]  # type: ignore[attr-defined]
    assert told == [True, False]


def test_keys_that_are_words() -> None:
    kept = Kept(lambda model: ContentType.objects.filter(model=model, app_label="auth"), kind=str)
    assert [row.model for row in kept.rows("permission")] == ["permission"]
    assert kept.rows("per'mission%s") == []


def test_a_key_the_query_does_not_hold_as_given_is_refused() -> None:
    with pytest.raises(ValueError, match="not every key"):
        Kept(lambda model: ContentType.objects.filter(model__contains=model), kind=str).rows("permission")


class Asked:
    """A query that notes over which connections it was put into words."""

    def __init__(self) -> None:
        self.by: list[BaseDatabaseWrapper] = []
        self.kept = Kept(self)

    def __call__(self, pk: int) -> QuerySet[Permission]:
        self.by.append(connections["default"])
        return with_type(pk)

    def elsewhere(self) -> list[Permission]:
        try:
            return self.kept.rows(-1)
        finally:
            connections["default"].close()


def test_each_thread_asks_by_its_own_connection() -> None:
    asked = Asked()
    asked.kept.rows(-1)
    thread = Thread(target=asked.elsewhere)
    thread.start()
    thread.join()
    asked.kept.rows(-1)
    here, there = asked.by
    assert here is connections["default"] is not there


def test_inside_a_running_loop_a_thread_has_another_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    asked = Asked()
    asked.kept.rows(-1)

    async def within() -> None:
        asked.elsewhere()

    asyncio.run(within())
    here, there = asked.by
    assert here is connections["default"] is not there

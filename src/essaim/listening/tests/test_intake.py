from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from essaim.listening.intake import Taken, on_new, take_in
from essaim.listening.models import Key, Mention, Source, Voice, Waiting
from essaim.listening.post import Author, Post, Refused, Tie

MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(kind="posts", name="Here", address="here")


def post(name: str, text: str = "Good honey", *, by: str = "ada", minutes: int = 0, **fields) -> Post:
    author = Author(by) if by else None
    return Post("forum", name, author, text, MARCH + timedelta(minutes=minutes), **fields)


def test_a_post_comes_in_once(source):
    posts = [post("1", url="https://forum.example/1", reactions=2), post("2", "Und\\o\n\tit", by="bob")]
    assert take_in(posts, source=source) == Taken(read=2, added=2)
    assert take_in(posts, source=source) == Taken(read=2, again=2)
    rows = list(
        Mention.objects.order_by("published_at", "external_id").values_list("external_id", "text", "reactions")
    )
    assert rows == [("1", "Good honey", 2), ("2", "Und\\o\n\tit", 0)]
    source.refresh_from_db()
    assert source.mentions == 2
    assert list(Voice.objects.order_by("id").values_list("mentions", flat=True)) == [1, 1]


def test_the_same_address_under_another_id_is_the_same_post(source):
    take_in([post("1", url="https://forum.example/1/")], source=source)
    taken = take_in([post("other", url="http://forum.example/1#top", reactions=5)], source=source)
    assert taken == Taken(read=1, again=1)
    assert Mention.objects.get().reactions == 5
    assert Key.objects.count() == 3
    assert take_in([post("other")], source=source) == Taken(read=1, again=1)


def test_a_child_finds_its_parent_whichever_comes_first(source):
    take_in([post("child", tie=Tie.REPLY, parent="parent")], source=source)
    assert Waiting.objects.count() == 1
    take_in([post("parent"), post("late", tie=Tie.QUOTE, parent="child")], source=source)
    parents = dict(Mention.objects.values_list("external_id", "parent_id"))
    numbers = dict(Mention.objects.values_list("external_id", "id"))
    assert parents == {"parent": None, "child": numbers["parent"], "late": numbers["child"]}
    assert Waiting.objects.count() == 0


def test_what_its_author_deleted_is_emptied_and_does_not_come_back(source):
    take_in([post("1"), post("2")], source=source)
    assert take_in([post("1", "", gone=True)], source=source) == Taken(read=1, again=1, gone=1)
    assert take_in([post("1")], source=source) == Taken(read=1, again=1)
    assert list(Mention.objects.filter(gone_at__isnull=False).values_list("text", "voice_id")) == [("", None)]
    assert Voice.objects.get().mentions == 1


def test_listeners_hear_of_what_is_new(source):
    heard: list[int] = []
    on_new(heard.extend)
    take_in([post("1"), Refused("line 2", "no date"), post("2")], source=source, batch=1)
    assert heard == list(Mention.objects.order_by("id").values_list("id", flat=True))

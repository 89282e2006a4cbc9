"""Whole files of posts: taken in once, indexed behind, the same rows as posts that come one by one."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import orjson
import pytest
from django.db import connection

from essaim.listening.intake import take_in
from essaim.listening.intake.alike import find_all_alike
from essaim.listening.intake.bulk import import_posts
from essaim.listening.intake.posts import NO_FIELD, NOT_JSON, line_of, read_posts
from essaim.listening.intake.search import index_what_is_bare, said
from essaim.listening.models import Key, Mention, Month, Run, Source, Voice, Waiting
from essaim.listening.post import Author, Post, Refused, Tie
from essaim.listening.tests.conftest import MARCH, post
from essaim.listening.tests.rows import LONG, everything


def test_a_file_is_taken_in_and_its_dirty_lines_are_told(db, tmp_path):
    path = tmp_path / "posts.jsonl"
    lines = [
        line_of(post("1", LONG)),
        line_of(post("2", LONG, minutes=3)),
        b"{oh\n",
        b'{"platform": "forum"}\n',
        b"\n",
    ]
    path.write_bytes(b"".join(lines))
    taken = import_posts(path, kind="posts", name="A file")
    assert (taken.read, taken.added, taken.alike, taken.refused) == (2, 2, 1, 2)
    told = [(each.place, each.reason) for each in taken.refusals]
    assert told == [("posts.jsonl:3:2", NOT_JSON), ("posts.jsonl:4 published", NO_FIELD)]
    assert Source.objects.get().state == Source.State.DONE
    again = import_posts(path, kind="posts", name="A file")
    assert (again.added, again.again) == (0, 2)
    assert Run.objects.filter(purpose="import", ended_at__isnull=False).count() == 2


def test_a_post_and_its_line_say_the_same(tmp_path):
    whole = Post(
        "forum", "7", Author("ada", "Ada", "https://a.example"), "Text\n", MARCH, "https://forum.example/7", "Title",
        Tie.QUOTE, "6", ("bob",), "fr", 3, 0, ("honey",), {"stars": 4}, True, MARCH + timedelta(days=1),
    )  # fmt: skip
    bare = Post("forum", "8", None, "", MARCH)
    path = tmp_path / "posts.jsonl"
    path.write_bytes(
        line_of(whole) + line_of(bare) + orjson.dumps({"platform": "f", "id": 1, "published": "2026-03-10"})
    )
    first, second, third = read_posts(path)
    assert (first, second) == (whole, bare)
    assert isinstance(third, Refused)


def test_a_large_file_is_indexed_once_it_is_in(db, tmp_path, monkeypatch):
    from essaim.listening.intake import bulk

    monkeypatch.setattr(bulk, "BULKY", 10)
    path = tmp_path / "posts.jsonl"
    path.write_bytes(line_of(post("1", "Honey")))
    import_posts(path, kind="posts")
    assert index_what_is_bare() == 0
    assert said(Mention.objects.all(), "honey").count() == 1
    assert Month.objects.filter(first_day=date(2026, 3, 1)).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("order", "apart"), [(1, False), (-1, False), (1, True)])
def test_a_large_file_leaves_the_rows_that_posts_one_by_one_leave(tmp_path, monkeypatch, order, apart):
    """Months are looked at and indexed while the file goes on: forwards as it leaves them, backwards at the end."""
    from essaim.listening.intake import bulk, looking

    if apart:  # by another process, which finds the database by its address
        given = connection.get_connection_params()
        address = {name: given[name] for name in ("dbname", "user", "host", "port", "password") if given.get(name)}
        monkeypatch.setenv("DATABASE_URL", database_address(address))
    assert looking.can_look_apart() is apart

    posts = [
        post(
            str(number),
            (LONG + " again" * (number % 3)) if number % 4 else f"Something else altogether, number {number}",
            by=f"author{number % 7}",
            minutes=number * 2 * 24 * 60,
            parent=str(number + 5),
            names=("cy",) if number % 5 == 0 else (),
        )
        for number in range(60)
    ]
    told = (posts + posts[::9])[::order]
    source = Source.objects.create(kind="posts", name="Here", address="here")
    take_in(posts, source=source)
    find_all_alike()
    expected = everything()
    assert sum(row[-1] != () for row in expected["mentions"]) > 10
    for table in (Mention, Voice, Key, Waiting, Month):
        table.objects.all().delete()

    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"".join(map(line_of, told)))
    monkeypatch.setattr(bulk, "BULKY", 10)
    monkeypatch.setattr(bulk, "HUGE", 10)
    monkeypatch.setattr(bulk, "BATCH", 5)
    taken = import_posts(path, kind="posts")
    assert (taken.added, taken.again) == (60, 7)
    assert everything() == expected
    assert taken.alike == sum(row[-1] != () for row in expected["mentions"])
    assert (index_what_is_bare(), find_all_alike()) == (0, 0)


def database_address(given: dict[str, object]) -> str:
    password = f":{given['password']}" if "password" in given else ""
    place = urlencode({name: given[name] for name in ("host", "port") if name in given})
    return f"postgresql://{given['user']}{password}@/{given['dbname']}?{place}"


@pytest.mark.django_db(transaction=True)
def test_what_fails_behind_a_file_is_told_when_all_is_in(tmp_path, monkeypatch):
    from essaim.listening.intake import bulk

    def fails():
        raise OSError("no room for words")

    path = tmp_path / "posts.jsonl"
    path.write_bytes(line_of(post("1")))
    monkeypatch.setattr(bulk, "index_what_is_bare", fails)
    with pytest.raises(OSError, match="no room for words"):
        import_posts(path, kind="posts")
    assert Mention.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_breaks_off_keeps_what_was_read_and_says_why(tmp_path, monkeypatch):
    from essaim.listening.intake import bulk
    from essaim.listening.kinds import FileKind

    def read(path):
        yield from (post(str(number)) for number in range(5))
        raise OSError("the disk is gone")

    monkeypatch.setattr(bulk, "BATCH", 2)
    monkeypatch.setattr(bulk, "file_kind", lambda slug: FileKind("odd", "Odd", read, ()))
    with pytest.raises(OSError, match="the disk is gone"):
        import_posts(tmp_path, kind="odd")
    assert Mention.objects.count() == 4

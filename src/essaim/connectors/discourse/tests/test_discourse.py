"""A Discourse forum spoken by a real local server, and topics saved as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from essaim.connectors.discourse.forum import NotDiscourse, read, read_file
from essaim.connectors.discourse.read import CUT, NO_POST, NO_TOPIC, topic_posts
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post, Refused, Tie
from essaim.listening.tests import sites
from essaim.listening.tests.samples import needs, sample
from essaim.listening.tests.sites import Page, Site
from essaim.listening.web import Polite

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TOPICS = "restricted/discourse_urho3d_60_topics"


def post(number: int, **more: Any) -> dict[str, Any]:
    made = {
        "id": 100 + number,
        "post_number": number,
        "post_type": 1,
        "username": "Ada",
        "name": "Ada L.",
        "created_at": f"2026-03-10T10:{number:02}:00.000Z",
        "cooked": f"<p>Post {number}</p>",
        "reply_to_post_number": None,
        "reads": 10 + number,
        "actions_summary": [{"id": 2, "count": number}],
    }
    return {**made, **more}


def topic(number: int, *posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    stream = {"posts": list(posts), "stream": [one["id"] for one in posts]}
    return {"id": number, "slug": "honey", "title": "Honey", "tags": ["bees"], "post_stream": stream, **more}


class Forum:
    """Topics by number; pages of two topics, of two posts each."""

    def __init__(self, site: Site) -> None:
        self.site, self.topics, self.bumped = site, {}, {}  # type: ignore[var-annotated]
        site.pages = self  # type: ignore[assignment]

    def get(self, path: str, _missing: Page) -> Any:
        return self._answer

    def _answer(self, asked: sites.Asked) -> Page:
        parts = urlsplit(asked.path)
        query = parse_qs(parts.query)
        match parts.path.strip("/").split("/"):
            case ["t", number, "posts.json"]:
                wanted = set(map(int, query["post_ids[]"]))
                posts = self.topics[int(number)]["post_stream"]["posts"]
                return Page(json.dumps({"post_stream": {"posts": [one for one in posts if one["id"] in wanted]}}))
            case ["t", name]:
                found = self.topics.get(int(name.removesuffix(".json")))
                if found is None:
                    return Page("{}", status=404)
                stream = {**found["post_stream"], "posts": found["post_stream"]["posts"][:2]}
                return Page(json.dumps({**found, "post_stream": stream}))
            case ["latest.json"] | ["c", _, "5.json"]:
                return self._list(int(query["page"][0]))
        return Page("<html>no forum</html>")

    def _list(self, page: int) -> Page:
        order = sorted(self.topics, key=lambda number: self.bumped[number], reverse=True)
        rows = [{"id": number, "slug": "honey", "bumped_at": self.bumped[number]} for number in order]
        more = {"more_topics_url": "/latest?page=1"} if len(rows) > 2 * page + 2 else {}
        return Page(json.dumps({"topic_list": {"topics": rows[2 * page : 2 * page + 2], **more}}))

    def hold(self, number: int, minute: int, *posts: dict[str, Any]) -> None:
        self.topics[number] = topic(number, *posts)
        self.bumped[number] = f"2026-03-10T11:{minute:02}:00.000Z"


@pytest.fixture
def forum(settings: Any, db: None) -> Iterator[Forum]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with sites.site() as made:
        yield Forum(made)


def asked(forum: Forum, place: str = "", **more: Any) -> Asked:
    return Asked(f"{forum.site.url}{place}", {}, {}, Polite(per_hour=3_600_000), NOW, **more)


def visit(asked: Asked) -> tuple[list[Post], dict[str, Any]]:
    posts, cursor = [], dict(asked.cursor)
    for batch in read(asked):
        posts, cursor = [*posts, *batch.posts], dict(batch.cursor)
    return posts, cursor


def test_a_forum_is_read_topic_by_topic_with_all_their_posts(forum: Forum) -> None:
    forum.hold(1, 1, *(post(number) for number in range(1, 6)))
    posts, cursor = visit(asked(forum))
    assert [one.text for one in posts][:5] == [f"Post {number}" for number in range(1, 6)]
    assert cursor["known"] == {"1": [101, 102, 103, 104, 105]}
    before = len(forum.site.paths())
    forum.hold(2, 2, post(1, id=201))
    posts, cursor = visit(replace(asked(forum), cursor=cursor))
    assert "/t/2.json" in forum.site.paths()[before:]
    assert cursor["bumped"] == "2026-03-10T11:02:00.000Z"


def test_a_visit_cut_short_goes_on_and_a_backfill_turns_the_pages(forum: Forum) -> None:
    for number in range(1, 6):
        forum.hold(number, number, post(1, id=100 * number))
    assert list(visit(asked(forum))[1]["known"]) == ["4", "5"]
    batches = read(asked(forum, backfill=True))
    first = next(batches)
    assert [one.external_id.rsplit("/")[-1] for one in first.posts] == ["100"]
    rest = visit(replace(asked(forum), cursor=first.cursor))[0]
    assert {one.external_id.rsplit("/")[-1] for one in rest} == {"100", "200", "300", "400", "500"}


def test_a_category_and_a_single_topic(forum: Forum) -> None:
    forum.hold(1, 1, post(1))
    assert len(visit(asked(forum, "/c/recipes/5"))[0]) == 2  # new, then asked again
    assert len(visit(asked(forum, "/t/honey/1"))[0]) == 1


def test_posts_and_topics_taken_away_go_from_here(forum: Forum) -> None:
    source = Source.objects.create(kind="discourse", name="Forum", address=forum.site.url)
    forum.hold(1, 1, post(1), post(2))
    forum.hold(2, 2, post(1, id=201))
    posts, cursor = visit(asked(forum))
    assert take_in(posts, source=source).added == 3
    forum.topics = {1: topic(1, post(1))}
    posts, cursor = visit(replace(asked(forum), cursor=cursor))
    assert take_in(posts, source=source).gone == 2
    assert list(Mention.objects.filter(gone_at=None).values_list("text", flat=True)) == ["Post 1"]


def test_a_post_reworded_there_is_reworded_here(forum: Forum) -> None:
    source = Source.objects.create(kind="discourse", name="Forum", address=forum.site.url)
    forum.hold(1, 1, post(1), post(2, updated_at="2026-03-10T10:30:00.000Z"))
    posts, cursor = visit(asked(forum))
    assert {one.edited for one in posts} == {None}  # touched, the words are the same
    take_in(posts, source=source)
    forum.topics = {1: topic(1, post(1), post(2, cooked="<p>New</p>", version=2, updated_at="2026-03-10T11:00:00Z"))}
    posts, cursor = visit(replace(asked(forum), cursor=cursor))
    assert take_in(posts, source=source).edited == 1
    assert sorted(Mention.objects.values_list("text", flat=True)) == ["New", "Post 1"]


def test_what_is_no_forum_is_refused(forum: Forum) -> None:
    forum.hold(1, 1)
    with pytest.raises(NotDiscourse):
        visit(asked(forum, "/t/honey/1".replace("/t/", "/c/")))


def test_answers_quotes_mentions_likes_and_what_is_hidden() -> None:
    quote = (
        '<aside class="quote" data-username="bob" data-post="1" data-topic="7"><blockquote>sweet</blockquote></aside>'
    )
    name = '<a class="mention" href="/u/Bob">@Bob</a>'
    posts = list(topic_posts(topic(
        7, post(1), post(2, reply_to_post_number=1), post(3, cooked=f"{quote}<p>{name} so it is</p>"), post(4),
        post(5, hidden=True), post(6, post_type=3), post(7, created_at="once"),
    ), site="forum.example", place="saved.json"))  # fmt: skip
    said = {one.url.rsplit("/")[-1]: one for one in posts if isinstance(one, Post)}
    first = "https://forum.example/t/honey/7/1"
    assert [said[number].tie for number in "1234"] == [Tie.POST, Tie.REPLY, Tie.QUOTE, Tie.REPLY]
    assert [said[number].parent for number in "1234"] == ["", first, first, first]
    assert (said["3"].text, said["3"].names) == ("@Bob so it is", ("bob@forum.example",))
    assert (said["2"].reactions, said["2"].reach, said["2"].tags) == (2, 12, ("bees",))
    assert (said["5"].gone, said["5"].text, said["5"].author) == (True, "", None)
    assert [one for one in posts if isinstance(one, Refused)] == [Refused("saved.json#7", NO_POST)]


def test_a_saved_page_that_is_cut_and_a_file_that_is_no_topic_are_told(tmp_path: Path) -> None:
    cut = topic(1, post(1))
    cut["post_stream"]["stream"] = [101, 102]
    (tmp_path / "a.json").write_text(json.dumps(cut))
    (tmp_path / "b.json").write_text("[]")
    told = [one for one in read_file(tmp_path, "forum.example") if isinstance(one, Refused)]
    assert told == [Refused("a.json", CUT), Refused("b.json", NO_TOPIC)]


@needs(TOPICS)
def test_the_sample_comes_in_whole_and_once(db: None) -> None:
    files = [json.loads(path.read_text()) for path in sample(TOPICS).glob("*.json")]
    spoken = [one for held in files for one in held["post_stream"]["posts"] if one["post_type"] in (1, 2)]
    gone = [one for one in spoken if one["deleted_at"] or one["user_deleted"] or one["hidden"]]
    source = Source.objects.create(kind="discourse", name="Sample", address="sample")
    taken = take_in(read_file(sample(TOPICS)), source=source)
    assert (taken.read, taken.added, taken.refused) == (len(spoken), len(spoken) - len(gone), 0)
    assert take_in(read_file(sample(TOPICS)), source=source).added == 0
    assert Mention.objects.filter(tie="post").count() == len(files)
    answers = Mention.objects.filter(tie__in=("reply", "quote"))
    assert answers.filter(parent_id=None).count() <= len(gone)
    assert answers.filter(published_at__isnull=False).count() == len(spoken) - len(gone) - len(files)

"""Mastodon's REST interface spoken by a real local server: pages, boosts, deletions, refusals, answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from essaim.connectors.mastodon.read import NoToken, NotOnMastodon, answer, read
from essaim.kit.outside import AddressInside
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Mention, Source
from essaim.listening.post import Tie
from essaim.listening.tests import sites
from essaim.listening.tests.sites import Page, Site
from essaim.listening.web import Polite

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Mastodon:
    """The little of a Mastodon server that is asked for: a tag's timeline, statuses, posting."""

    def __init__(self, site: Site) -> None:
        self.site, self.statuses, self.size = site, [], 2
        site.pages = self  # type: ignore[assignment]

    def get(self, path: str, _missing: Page) -> Any:
        return self._answer

    def _answer(self, asked: sites.Asked) -> Page:
        parts = urlsplit(asked.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if asked.method == "POST":
            return Page(json.dumps({"url": f"{self.site.url}/@house/900", **json.loads(asked.body)}))
        if parts.path.startswith("/api/v1/statuses/"):
            found = [one for one in self.statuses if one["id"] == parts.path.rsplit("/", 1)[1]]
            return Page(json.dumps(found[0])) if found else Page("{}", status=404)
        if parts.path == "/api/v1/accounts/lookup":
            return Page(json.dumps({"id": "77", "acct": query["acct"]}))
        return self._page(parts.path, query)

    def _page(self, path: str, query: dict[str, str]) -> Page:
        """Newest first; `min_id` the ones just above it, `max_id` those below."""
        held = sorted(self.statuses, key=lambda one: int(one["id"]))
        if "min_id" in query:
            held = [one for one in held if int(one["id"]) > int(query["min_id"])][: self.size]
        else:
            held = [one for one in held if int(one["id"]) < int(query.get("max_id", 10**9))][-self.size :]
        if not held:
            return Page("[]")
        url = f"{self.site.url}{path}?limit=40"
        links = f'<{url}&max_id={held[0]["id"]}>; rel="next", <{url}&min_id={held[-1]["id"]}>; rel="prev"'
        return Page(json.dumps(held[::-1]), headers={"Link": links})


def status(number: int, acct: str = "ada", **more: Any) -> dict[str, Any]:
    account = {"acct": acct, "display_name": acct.title(), "url": f"https://m.example/@{acct}", "noindex": False}
    return {
        "id": str(number),
        "uri": f"https://m.example/users/{acct}/statuses/{number}",
        "url": f"https://m.example/@{acct}/{number}",
        "created_at": f"2026-03-10T10:{number:02}:00.000Z",
        "account": {**account, **more.pop("account", {})},
        "content": f"<p>Bread number {number}</p>",
        "visibility": "public",
        **more,
    }


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[Mastodon]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with sites.site() as made:
        yield Mastodon(made)


def asked(server: Mastodon, place: str = "/tags/bread", **more: Any) -> Asked:
    return Asked(f"{server.site.url}{place}", {}, {}, Polite(per_hour=3_600_000, heed_robots=False), NOW, **more)


def visit(visit: Asked) -> tuple[list[Any], list[Any], dict[str, Any]]:
    posts, refused, cursor = [], [], dict(visit.cursor)
    for batch in read(visit):
        posts, refused, cursor = [*posts, *batch.posts], [*refused, *batch.refused], dict(batch.cursor)
    return posts, refused, cursor


def test_the_first_visit_reads_one_page_the_next_goes_on_from_there(server: Mastodon) -> None:
    server.statuses = [status(number) for number in range(1, 5)]
    posts, _refused, cursor = visit(asked(server))
    assert [post.text for post in posts] == ["Bread number 4", "Bread number 3"]
    assert cursor["newest"] == "4"

    server.statuses += [status(number) for number in range(5, 10)]
    posts, _refused, cursor = visit(replace(asked(server), cursor=cursor))
    assert sorted(post.url for post in posts) == [f"https://m.example/@ada/{number}" for number in range(5, 10)]
    assert (cursor["newest"], len(cursor["watched"])) == ("9", 7)
    assert visit(replace(asked(server), cursor=cursor))[0] == []


def test_a_backfill_goes_back_as_far_as_it_is_asked(server: Mastodon) -> None:
    server.statuses = [status(number) for number in range(1, 9)]
    since = datetime(2026, 3, 10, 10, 4, tzinfo=UTC)
    posts, _refused, _cursor = visit(asked(server, backfill=True, since=since))
    assert [post.external_id.rsplit("/")[-1] for post in posts] == ["8", "7", "6", "5", "4", "3"]
    assert "min_id" not in str(server.site.paths())
    first = next(iter(read(asked(server, backfill=True, since=since))))
    posts, _refused, _cursor = visit(replace(asked(server, backfill=True, since=since), cursor=first.cursor))
    assert [post.external_id.rsplit("/")[-1] for post in posts] == ["6", "5", "4", "3"]  # cut short, it goes on


def test_replies_quotes_boosts_counts_and_tags(server: Mastodon) -> None:
    server.size = 10
    server.statuses = [
        status(1, language="en", reblogs_count=2, favourites_count=5, tags=[{"name": "Bread"}], spoiler_text="Flour"),
        status(2, "bob@other.example", in_reply_to_id="1", mentions=[{"acct": "ada"}]),
        status(3, "cleo", quote={"state": "accepted", "quoted_status": {"id": "1"}}),
        status(4, "dan", reblog=status(1)),
    ]
    posts = {post.external_id.rsplit("/")[-1]: post for post in visit(asked(server))[0]}
    host = urlsplit(server.site.url).netloc
    assert (posts["2"].tie, posts["2"].parent, posts["2"].names) == (Tie.REPLY, f"{host}/1", (f"ada@{host}",))
    assert posts["2"].author.handle == "bob@other.example"
    assert (posts["3"].tie, posts["3"].parent) == (Tie.QUOTE, f"{host}/1")
    assert (posts["4"].tie, posts["4"].parent, posts["4"].text) == (Tie.REPOST, f"{host}/1", "")
    assert (posts["1"].reactions, posts["1"].tags, posts["1"].language) == (7, ("bread",), "en")
    assert posts["1"].text == "Flour\n\nBread number 1"


@pytest.mark.parametrize("account", [{"noindex": True}, {"indexable": False}])
def test_who_does_not_want_to_be_indexed_is_left_alone(server: Mastodon, account: dict[str, Any]) -> None:
    server.statuses = [status(1, account=account), status(2, "bob", reblog=status(1, account=account))]
    assert visit(asked(server))[0] == []
    assert len(visit(replace(asked(server), options={"all_public": True}))[0]) == 3


def test_what_is_not_public_is_not_read_and_what_is_broken_is_told(server: Mastodon) -> None:
    server.statuses = [status(1, visibility="unlisted"), status(2, created_at="yesterday")]
    posts, refused, _cursor = visit(asked(server))
    assert posts == []
    assert [one.place.rsplit("/")[-1] for one in refused] == ["2"]


def test_what_was_deleted_there_goes_from_here(server: Mastodon) -> None:
    source = Source.objects.create(kind="mastodon", name="Bread", address=f"{server.site.url}/tags/bread")
    server.statuses = [status(1), status(2)]
    posts, _refused, cursor = visit(asked(server))
    assert take_in(posts, source=source).added == 2
    server.statuses = [status(2)]
    posts, _refused, cursor = visit(replace(asked(server), cursor=cursor))
    assert take_in(posts, source=source).gone == 1
    assert list(Mention.objects.filter(gone_at=None).values_list("text", flat=True)) == ["Bread number 2"]
    assert cursor["watched"] == ["2"]


def test_what_was_edited_there_is_read_again(server: Mastodon) -> None:
    source = Source.objects.create(kind="mastodon", name="Bread", address=f"{server.site.url}/tags/bread")
    server.statuses = [status(1), status(2)]
    posts, _refused, cursor = visit(asked(server))
    take_in(posts, source=source)
    server.statuses = [status(1, content="<p>Toast</p>", edited_at="2026-03-10T11:00:00.000Z"), status(2)]
    posts, _refused, cursor = visit(replace(asked(server), cursor=cursor))
    assert take_in(posts, source=source).edited == 1
    assert list(Mention.objects.order_by("pk").values_list("text", flat=True)) == ["Bread number 2", "Toast"]
    assert cursor["watched"] == ["1", "2"]


def test_an_account_is_looked_up_once_and_a_list_is_read_with_the_token(server: Mastodon, settings: Any) -> None:
    server.statuses = [status(1)]
    _posts, _refused, cursor = visit(asked(server, "/@ada"))
    assert cursor["account"] == "77"
    visit(replace(asked(server, "/@ada"), cursor=cursor))
    assert len([path for path in server.site.paths() if "lookup" in path]) == 1
    settings.LISTEN_TOKENS = {urlsplit(server.site.url).netloc: "secret"}
    visit(asked(server, "/lists/7"))
    assert server.site.asked[-1].headers["authorization"] == "Bearer secret"


def test_an_answer_stands_under_the_post_and_names_its_author(server: Mastodon, settings: Any) -> None:
    server.statuses = [status(1)]
    host = urlsplit(server.site.url).netloc
    with pytest.raises(NoToken):
        answer(asked(server), f"{host}/1", "Thank you")
    settings.LISTEN_TOKENS = {host: "secret"}
    assert answer(asked(server), f"{host}/1", "Thank you") == f"{server.site.url}/@house/900"
    sent = server.site.asked[-1]
    assert json.loads(sent.body) == {"status": f"@ada@{host} Thank you", "in_reply_to_id": "1"}
    assert sent.headers["authorization"] == "Bearer secret"
    assert sent.headers["idempotency-key"]


def test_an_address_that_is_no_timeline_and_one_inside_are_refused(server: Mastodon, settings: Any) -> None:
    with pytest.raises(NotOnMastodon):
        list(read(asked(server, "/about")))
    settings.LISTEN_HOSTS = []
    with pytest.raises(AddressInside):
        list(read(asked(server)))

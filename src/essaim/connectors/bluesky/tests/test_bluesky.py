"""Bluesky spoken by real local servers: XRPC over HTTP, Jetstream over a websocket."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.sync.server import ServerConnection, serve

from essaim.connectors.bluesky import stream
from essaim.connectors.bluesky.read import NoPassword, ParentMissing, answer, read
from essaim.kit.outside import AddressInside
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post, Tie
from essaim.listening.tests import sites
from essaim.listening.tests.sites import Page, Site
from essaim.listening.web import Polite

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
POST, LIKE, REPOST = "app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost"


def uri(key: str, who: str = "ada", collection: str = POST) -> str:
    return f"at://did:plc:{who}/{collection}/{key}"


def record(text: str, **more: Any) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": "2026-03-10T10:00:00.000Z", **more}


def view(key: str, text: str = "crêpes", *, minute: int = 0, labels: Any = (), **more: Any) -> dict[str, Any]:
    author = {"did": "did:plc:ada", "handle": "ada.example", "displayName": "Ada", "labels": list(labels)}
    at = f"2026-03-10T10:{minute:02}:00.000Z"
    return {"uri": uri(key), "cid": f"cid-{key}", "author": author, "record": record(text, **more), "indexedAt": at}


class Server:
    """The little of XRPC that is asked for, over the views it holds, two to a page."""

    def __init__(self, site: Site) -> None:
        self.site, self.views = site, []
        site.pages = self  # type: ignore[assignment]

    def get(self, path: str, _missing: Page) -> Any:
        return self._answer

    def _answer(self, asked: sites.Asked) -> Page:
        parts = urlsplit(asked.path)
        query = parse_qs(parts.query)
        match parts.path.rsplit(".", 1)[1]:
            case "createSession":
                return Page(json.dumps({"did": "did:plc:house", "accessJwt": "token"}))
            case "createRecord":
                return Page(json.dumps({"uri": uri("answer", "house"), "cid": "cid"}))
            case "getPosts":
                return Page(json.dumps({"posts": [one for one in self.views if one["uri"] in query["uris"]]}))
        start = int(query.get("cursor", ["0"])[0])
        newest = sorted(self.views, key=lambda one: one.get("indexedAt", ""), reverse=True)
        more = {"cursor": str(start + 2)} if start + 2 < len(newest) else {}
        return Page(json.dumps({"posts": newest[start : start + 2], **more}))


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[Server]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with sites.site() as made:
        yield Server(made)


def asked(server: Server, **more: Any) -> Asked:
    client = Polite(per_hour=3_600_000, heed_robots=False)
    return Asked("crêpes", {"server": server.site.url}, {}, client, NOW, **more)


def visit(reading: Any, asked: Asked) -> tuple[list[Post], list[Any], dict[str, Any]]:
    posts, refused, cursor = [], [], dict(asked.cursor)
    for batch in reading(asked):
        posts, refused, cursor = [*posts, *batch.posts], [*refused, *batch.refused], dict(batch.cursor)
    return posts, refused, cursor


def test_a_search_goes_back_to_what_is_known(server: Server) -> None:
    server.views = [view(str(number), minute=number) for number in range(1, 4)]
    posts, _refused, cursor = visit(read, asked(server))
    assert [post.external_id for post in posts] == [uri("3"), uri("2")]
    assert parse_qs(urlsplit(server.site.paths()[0]).query)["q"] == ["crêpes"]
    server.views += [view(str(number), minute=number) for number in range(4, 9)]
    posts, _refused, cursor = visit(read, replace(asked(server), cursor=cursor))
    assert [uri(str(number)) for number in (8, 7, 6, 5, 4)] == [post.external_id for post in posts][:5]
    assert cursor["newest"] == "2026-03-10T10:08:00.000Z"


def test_a_backfill_reads_all_and_goes_on_where_it_was_cut(server: Server) -> None:
    server.views = [view(str(number), minute=number) for number in range(1, 8)]
    first = next(iter(read(asked(server, backfill=True))))
    assert len(list(first.posts)) == 2
    posts, _refused, _cursor = visit(read, replace(asked(server, backfill=True), cursor=first.cursor))
    assert [post.external_id for post in posts] == [uri(str(number)) for number in (5, 4, 3, 2, 1)]


def test_replies_quotes_mentions_tags_and_counts(server: Server) -> None:
    reply = {"parent": {"uri": uri("0", "bob"), "cid": "c"}, "root": {"uri": uri("0", "bob"), "cid": "c"}}
    facets = [
        {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:bob"}]},
        {"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Crêpes"}]},
    ]
    embed = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": uri("9", "cleo")}}}
    server.views = [
        view("1", reply=reply, facets=facets, langs=["fr-FR"], minute=2) | {"likeCount": 3, "repostCount": 1},
        view("2", embed=embed, minute=1),
    ]
    one, two = visit(read, asked(server))[0]
    assert (one.tie, one.parent, one.names, one.tags) == (Tie.REPLY, uri("0", "bob"), ("did:plc:bob",), ("crêpes",))
    assert (one.language, one.reactions, one.url) == ("fr", 4, "https://bsky.app/profile/did:plc:ada/post/1")
    assert (two.tie, two.parent) == (Tie.QUOTE, uri("9", "cleo"))


def test_who_wants_to_be_seen_by_signed_in_people_only_is_left_alone(server: Server) -> None:
    server.views = [view("1", labels=[{"val": "!no-unauthenticated"}]), {"uri": uri("2"), "author": {}}]
    posts, refused, _cursor = visit(read, asked(server))
    assert posts == []
    assert [one.place for one in refused] == [uri("2")]


def test_what_was_deleted_there_goes_from_here(server: Server) -> None:
    source = Source.objects.create(kind="bluesky", name="Crêpes", address="crêpes")
    server.views = [view("1"), view("2")]
    posts, _refused, cursor = visit(read, asked(server))
    assert take_in(posts, source=source).added == 2
    server.views = [view("2")]
    posts, _refused, cursor = visit(read, replace(asked(server), cursor=cursor))
    assert take_in(posts, source=source).gone == 1
    assert cursor["watched"] == [uri("2")]


def test_an_answer_stands_in_the_thread_of_the_post(server: Server, settings: Any) -> None:
    root = {"uri": uri("0", "bob"), "cid": "cid-0"}
    server.views = [view("1", reply={"parent": root, "root": root})]
    with pytest.raises(NoPassword):
        answer(asked(server), uri("1"), "Merci")
    settings.LISTEN_TOKENS = {urlsplit(server.site.url).netloc: "house.example:pass-word"}
    assert answer(asked(server), uri("1"), "Merci") == "https://bsky.app/profile/did:plc:house/post/answer"
    signed, sent = (one for one in server.site.asked if one.method == "POST")
    assert json.loads(signed.body) == {"identifier": "house.example", "password": "pass-word"}
    assert json.loads(sent.body)["record"]["reply"] == {"parent": {"uri": uri("1"), "cid": "cid-1"}, "root": root}
    assert sent.headers["authorization"] == "Bearer token"
    with pytest.raises(ParentMissing):
        answer(asked(server), uri("missing"), "Merci")


@contextmanager
def jetstream(events: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """A websocket that tells what lies after the cursor, then falls silent."""
    paths: list[str] = []

    def tell(connection: ServerConnection) -> None:
        assert connection.request is not None
        paths.append(connection.request.path)
        since = int(parse_qs(urlsplit(connection.request.path).query)["cursor"][0])
        for event in events:
            if event["time_us"] > since:
                connection.send(json.dumps(event))
        connection.close()

    with serve(tell, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/subscribe", paths
        finally:
            server.shutdown()
            thread.join()


def event(
    second: int, operation: str, key: str, *, who: str = "ada", collection: str = POST, **held: Any
) -> dict[str, Any]:
    commit = {"operation": operation, "collection": collection, "rkey": key, **({"record": held} if held else {})}
    moment = int((NOW.timestamp() - 300 + second) * 1e6)
    return {"did": f"did:plc:{who}", "time_us": moment, "kind": "commit", "commit": commit}


def listening(address: str, **cursor: Any) -> Asked:
    return Asked(address, {"words": "crêpes, galette"}, cursor, Polite(per_hour=3_600_000), NOW)


def test_the_stream_is_folded_and_goes_on_from_the_cursor(settings: Any, db: None) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    source = Source.objects.create(kind="bluesky-stream", name="All", address="wss://")
    made = "2026-03-10T11:55:00.000Z"
    about = {"subject": {"uri": uri("1"), "cid": "c"}, "createdAt": made}
    reply = {"parent": {"uri": uri("1")}, "root": {"uri": uri("1")}}
    events = [
        event(1, "create", "1", **record("Des Crêpes !")),
        event(2, "create", "2", **record("scrêpes and other things")),
        event(3, "create", "3", who="bob", **record("yes", reply=reply)),
        event(4, "create", "4", who="cleo", collection=LIKE, **about),
        event(5, "create", "5", who="cleo", collection=REPOST, **about),
        event(6, "create", "6", **record("une galette")),
        event(7, "delete", "6"),
        event(8, "delete", "unheard"),
        {"did": "did:plc:x", "time_us": int((NOW.timestamp() - 291) * 1e6), "kind": "identity"},
        event(10, "create", "7", text="crêpes"),
    ]
    with jetstream(events) as (address, paths):
        posts, refused, cursor = visit(stream.read, listening(address))
        assert take_in(posts, source=source).added == 4
        assert {(post.tie, post.external_id.rsplit("/")[-1], post.gone) for post in posts} == {
            (Tie.POST, "1", False), (Tie.REPLY, "3", False), (Tie.LIKE, "4", False), (Tie.REPOST, "5", False),
            (Tie.POST, "6", True),
        }  # fmt: skip
        assert [one.place for one in refused] == [uri("7")]

        events[:] = [*events, event(20, "update", "1", **record("Des crêpes, encore")), event(21, "delete", "1")]
        posts, refused, cursor = visit(stream.read, listening(address, **cursor))
        assert take_in(posts, source=source).gone == 1
        assert [post.external_id for post in posts] == [uri("1")]
        assert refused == []
    assert Mention.objects.filter(gone_at=None).count() == 3
    assert parse_qs(urlsplit(paths[0]).query)["wantedCollections"] == [POST, REPOST, LIKE]
    assert cursor["moment"] == events[-1]["time_us"]


def test_the_stream_ends_when_it_has_caught_up_and_goes_nowhere_inside(settings: Any, db: None) -> None:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    late = [event(second, "create", str(second), **record("crêpes")) for second in (299, 301, 302)]
    with jetstream(late) as (address, _paths):
        assert [post.external_id for post in visit(stream.read, listening(address))[0]] == [uri("299"), uri("301")]
        settings.LISTEN_HOSTS = []
        with pytest.raises(AddressInside):
            visit(stream.read, listening(address))

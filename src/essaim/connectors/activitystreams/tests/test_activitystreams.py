"""An ActivityPub server on the loopback, and archives."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from essaim.connectors.activitystreams.read import NO_JSON, NoOutbox, NotIndexable, read, read_file
from essaim.listening import activitystreams
from essaim.listening.intake import take_in
from essaim.listening.kinds import Asked
from essaim.listening.models import Source
from essaim.listening.post import Author, Post, Refused, Tie
from essaim.listening.tests import sites
from essaim.listening.tests.sites import Page, Site
from essaim.listening.web import Polite

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = "https://m.example/users/ada"


def note(number: int, base: str = "https://m.example", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{base}/users/ada/statuses/{number}",
        "type": "Note",
        "url": f"{base}/@ada/{number}",
        "attributedTo": ACTOR,
        "to": [PUBLIC],
        "content": f"<p>Note {number}</p>",
        "published": f"2026-03-10T10:{number:02}:00Z",
        **more,
    }


def create(number: int, base: str = "https://m.example", **more: Any) -> dict[str, Any]:
    made = note(number, base, **more)
    return {"id": f"{made['id']}/activity", "type": "Create", "actor": ACTOR, "to": [PUBLIC], "object": made}


def test_a_note_with_all_it_may_say() -> None:
    tags = [{"type": "Mention", "name": "@bob@b.example"}, {"type": "Hashtag", "name": "#Bread"}]
    told = create(
        1, inReplyTo="https://b.example/users/bob/statuses/7", tag=tags, contentMap={"fr": "x"}, summary="Faim",
        likes={"totalItems": 2}, shares={"totalItems": 3},
    )  # fmt: skip
    assert list(activitystreams.posts([told])) == [
        Post(
            "fediverse", "https://m.example/@ada/1", Author("ada@m.example", "", ACTOR), "Faim\n\nNote 1",
            datetime(2026, 3, 10, 10, 1, tzinfo=UTC), "https://m.example/@ada/1", tie=Tie.REPLY,
            parent="https://b.example/@bob/7", names=("bob@b.example",), language="fr", reactions=5, tags=("bread",),
        )
    ]  # fmt: skip


def test_boosts_likes_quotes_deletions_and_what_is_not_public() -> None:
    made = {"actor": ACTOR, "published": "2026-03-10T10:00:00Z"}
    boost = {"id": "https://m.example/a/1", "type": "Announce", "object": note(1)["id"], "to": [PUBLIC], **made}
    found = list(activitystreams.posts([
        boost,
        {"id": "https://m.example/a/2", "type": "Like", "object": note(1)["id"], **made},
        create(3, quoteUri=note(1)["id"]),
        {"type": "Delete", "actor": ACTOR, "object": {"id": note(4)["id"], "type": "Tombstone"}},
        {"type": "Undo", "actor": ACTOR, "object": boost},
        create(5, to=[f"{ACTOR}/followers"]) | {"to": [f"{ACTOR}/followers"]},
        {"type": "Follow", "actor": ACTOR, "object": "https://b.example/users/bob"},
        create(6, published="soon"),
    ], place="outbox"))  # fmt: skip
    posts = [one for one in found if isinstance(one, Post)]
    assert [(one.tie, one.parent, one.gone) for one in posts] == [
        (Tie.REPOST, "https://m.example/@ada/1", False),
        (Tie.LIKE, "https://m.example/@ada/1", False),
        (Tie.QUOTE, "https://m.example/@ada/1", False),
        (Tie.POST, "", True),
        (Tie.POST, "", True),
    ]
    assert [one.external_id for one in posts if one.gone] == ["https://m.example/@ada/4", "https://m.example/a/1"]
    assert [one for one in found if isinstance(one, Refused)] == [Refused("outbox#8", activitystreams.NO_DATE)]


@pytest.mark.parametrize(
    "shape", [7, "x", {"type": "Create"}, {"type": "Note", "to": 3}, {"type": "Note", "to": PUBLIC}]
)
def test_what_is_malformed_never_stops_the_rest(shape: Any) -> None:
    assert list(activitystreams.posts([shape, create(1)]))[-1].text == "Note 1"  # type: ignore[union-attr]


class Server:
    """An actor, an outbox of two activities a page, and each note at its address."""

    def __init__(self, site: Site) -> None:
        self.site, self.numbers, self.lost, self.actor = site, [], set(), {}  # type: ignore[var-annotated]
        site.pages = self  # type: ignore[assignment]

    def get(self, path: str, _missing: Page) -> Any:
        return self._answer

    def _answer(self, asked: sites.Asked) -> Page:
        base, path = self.site.url, asked.path
        if path == "/users/ada":
            return _json({"id": f"{base}/users/ada", "type": "Person", "outbox": f"{base}/outbox", **self.actor})
        if path == "/outbox":
            return _json({"id": f"{base}/outbox", "type": "OrderedCollection", "first": f"{base}/outbox?from=0"})
        if path.startswith("/outbox?from="):
            start = int(path.split("=")[1])
            items = [create(number, base) for number in sorted(self.numbers, reverse=True)[start : start + 2]]
            more = {"next": f"{base}/outbox?from={start + 2}"} if start + 2 < len(self.numbers) else {}
            return _json({"type": "OrderedCollectionPage", "orderedItems": items, **more})
        number = int(path.rsplit("/", 1)[1]) if path.rsplit("/", 1)[1].isdigit() else 0
        if number in self.lost:
            return Page("{}", status=410)
        return _json(note(number, base)) if number in self.numbers else Page("<p>a page</p>")


def _json(told: Any) -> Page:
    return Page(json.dumps(told), headers={"Content-Type": "application/activity+json"})


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[Server]:
    settings.LISTEN_HOSTS = ["127.0.0.1"]
    with sites.site() as made:
        yield Server(made)


def asked(server: Server, path: str = "/users/ada", **more: Any) -> Asked:
    return Asked(f"{server.site.url}{path}", {}, {}, Polite(per_hour=3_600_000, heed_robots=False), NOW, **more)


def visit(asked: Asked) -> tuple[list[Post], dict[str, Any]]:
    posts, cursor = [], dict(asked.cursor)
    for batch in read(asked):
        posts, cursor = [*posts, *batch.posts], dict(batch.cursor)
    return posts, cursor


def test_an_outbox_is_read_until_what_is_known(server: Server) -> None:
    server.numbers = [1, 2, 3]
    posts, cursor = visit(asked(server))
    assert [post.text for post in posts] == ["Note 3", "Note 2"]
    server.numbers += [4, 5, 6]
    posts, cursor = visit(replace(asked(server), cursor=cursor))
    assert [post.text for post in posts] == ["Note 6", "Note 5", "Note 4"]
    assert [post.text for post in visit(asked(server, backfill=True))[0]] == [f"Note {n}" for n in (6, 5, 4, 3, 2, 1)]
    assert "activity+json" in server.site.asked[-1].headers["accept"]


def test_what_was_deleted_there_goes_from_here(server: Server) -> None:
    source = Source.objects.create(kind="activitypub", name="Ada", address=f"{server.site.url}/users/ada")
    server.numbers = [1, 2]
    posts, cursor = visit(asked(server, "/outbox"))
    assert take_in(posts, source=source).added == 2
    server.lost = {1}
    posts, cursor = visit(replace(asked(server, "/outbox"), cursor=cursor))
    assert take_in(posts, source=source).gone == 1
    assert cursor["watched"] == [f"{server.site.url}/@ada/2"]


def test_an_update_says_when_the_words_were_changed() -> None:
    dated = note(1, updated="2026-03-11T10:00:00Z")
    update = {
        "type": "Update",
        "actor": ACTOR,
        "to": [PUBLIC],
        "object": note(2),
        "published": "2026-03-12T10:00:00Z",
    }
    told = [one.edited for one in activitystreams.posts([dated, update, create(3)]) if isinstance(one, Post)]
    assert told == [datetime(2026, 3, 11, 10, tzinfo=UTC), datetime(2026, 3, 12, 10, tzinfo=UTC), None]


def test_who_does_not_want_to_be_indexed_is_left_alone(server: Server) -> None:
    server.numbers, server.actor = [1], {"indexable": False}
    with pytest.raises(NotIndexable):
        visit(asked(server))
    assert len(visit(replace(asked(server), options={"all_public": True}))[0]) == 1


def test_a_page_without_an_outbox_is_refused(server: Server) -> None:
    with pytest.raises(NoOutbox):
        visit(asked(server, "/about"))


def test_an_archive_is_read_and_what_it_keeps_in_private_is_not(tmp_path: Path) -> None:
    outbox = {"type": "OrderedCollection", "orderedItems": [create(1), create(2)]}
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("outbox.json", json.dumps(outbox))
        archive.writestr("likes.json", json.dumps({"type": "OrderedCollection", "orderedItems": [note(9)]}))
        archive.writestr("actor.json", json.dumps({"type": "Person", "id": ACTOR}))
        archive.writestr("broken.json", "{")
    found = list(read_file(tmp_path / "archive.zip"))
    assert [one.text for one in found if isinstance(one, Post)] == ["Note 1", "Note 2"]
    assert [one for one in found if isinstance(one, Refused)] == [Refused("broken.json", NO_JSON)]

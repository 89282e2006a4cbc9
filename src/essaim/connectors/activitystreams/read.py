"""An actor's outbox over ActivityPub, page after page; and the archives servers give their people (JSON, ZIP)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening import activitystreams
from essaim.listening.files import contents
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused
from essaim.listening.sources.refusals import PageMissing

ACCEPT = {"accept": 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'}
MOST_PAGES, MOST_PAGES_BACK = 20, 2_000
WATCHED, ASKED_AGAIN = 500, 20
NO_JSON = _("The file is not JSON.")
ACTORS = {"Person", "Service", "Group", "Organization", "Application"}
Json = dict[str, Any]


class NoOutbox(Refusal):
    cause = _("There is no ActivityPub actor or outbox at “%(address)s”.")
    remedy = _("Give the address of a person's page on a server of the fediverse.")


class NotIndexable(Refusal):
    cause = _("This author asked not to be indexed.")
    remedy = _("Leave him alone, or tick that the account is your own.")


def read(asked: Asked) -> Iterator[Batch]:
    """New activities, newest page first until what is known; then whether twenty known posts still stand. A backfill
    goes on from the page where it was cut short."""
    cursor = dict(asked.cursor)
    known = set() if asked.backfill else set(cursor.get("newest", ()))
    url, newest = str(cursor.get("back") or "") or _first_page(asked), []
    for _page in range(MOST_PAGES_BACK if asked.backfill else MOST_PAGES if known else 1):
        page = _get(asked, url)
        held = activitystreams.items(page)
        items = [item for item in held if activitystreams.identity(item) not in known]
        newest += [activitystreams.identity(item) for item in items]
        heard = list(activitystreams.posts(items, place=url))
        posts = [one for one in heard if isinstance(one, Post)]
        _watch(cursor, posts)
        url = activitystreams.identity(page.get("next"))
        if asked.backfill:
            cursor["back"] = url
        yield Batch(posts, dict(cursor), [one for one in heard if isinstance(one, Refused)])
        old = asked.since and posts and min(post.published for post in posts) < asked.since
        if not url or len(items) < len(held) or (asked.backfill and old):
            break
    if not asked.backfill:
        cursor["newest"] = [*newest, *cursor.get("newest", ())][:WATCHED]
        yield _still_there(asked, cursor)


def _first_page(asked: Asked) -> str:
    """An actor leads to his outbox, an outbox to its first page."""
    document = _get(asked, asked.address)
    if document.get("type") in ACTORS:
        if document.get("indexable") is False and not asked.options.get("all_public"):
            raise NotIndexable
        asked_at = activitystreams.identity(document.get("outbox"))
        document = _get(asked, asked_at) if asked_at else {}
    if not str(document.get("type", "")).endswith(("Collection", "CollectionPage")):
        raise NoOutbox(address=asked.address)
    return activitystreams.identity(document.get("first")) or activitystreams.identity(document)


def _watch(cursor: Json, posts: list[Post]) -> None:
    watched = cursor.get("watched", [])
    names = [post.external_id for post in reversed(posts) if post.text and not post.gone]
    cursor["watched"] = [*watched, *(name for name in names if name not in watched)][-WATCHED:]


def _still_there(asked: Asked, cursor: Json) -> Batch:
    """Ask again for those not asked for longest: missing (404, 410) or a tombstone, it was deleted; what was changed
    since is read again."""
    watched = list(cursor.get("watched", []))
    turn, rest = watched[:ASKED_AGAIN], watched[ASKED_AGAIN:]
    found = {name: _standing(asked, name) for name in turn}
    lost = [name for name, note in found.items() if note is None]
    cursor["watched"] = rest + [name for name in turn if name not in lost]
    gone = [Post(activitystreams.PLATFORM, name, None, "", asked.now, gone=True) for name in lost]
    heard = activitystreams.posts([note for note in found.values() if note and note.get("updated")])
    return Batch([*gone, *(one for one in heard if isinstance(one, Post))], dict(cursor))


def _standing(asked: Asked, name: str) -> Json | None:
    try:
        note = _get(asked, name)
    except PageMissing:
        return None
    return None if note.get("type") == "Tombstone" else note


def _get(asked: Asked, url: str) -> Json:
    import orjson

    try:
        told = orjson.loads(asked.client.get(url, headers=ACCEPT).body)
    except orjson.JSONDecodeError:
        raise NoOutbox(address=url) from None
    return told if isinstance(told, dict) else {}


def read_file(path: Path) -> Iterator[Post | Refused]:
    """Every JSON document under the path: an outbox, a page of one, a list of activities, or one of them. What an
    archive keeps besides (likes, bookmarks, the actor) says nothing in public and is passed over."""
    import orjson

    for name, content in contents(path, ".json", ".jsonld"):
        try:
            document = orjson.loads(content)
        except orjson.JSONDecodeError:
            yield Refused(name, NO_JSON)
            continue
        if isinstance(document, Mapping | list) and _speech(name, document):
            yield from activitystreams.posts(activitystreams.items(document), place=name)


def _speech(name: str, document: Any) -> bool:
    aside = ("likes.json", "bookmarks.json", "actor.json")
    return not name.endswith(aside) and not (isinstance(document, Mapping) and document.get("type") in ACTORS)

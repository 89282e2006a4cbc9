"""Asking Bluesky: a search over XRPC, page after page, and whether what it told is still there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from essaim.connectors.bluesky.record import found, gone, page
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused

SERVER = "https://bsky.social"
LIMIT, AT_ONCE = 100, 25
MOST_PAGES, MOST_PAGES_BACK = 10, 200
WATCHED = 1_000
Json = dict[str, Any]


class NoPassword(Refusal):
    cause = _("The house has no account on Bluesky to speak with.")
    remedy = _("Ask the operator to name an app password in ESSAIM_LISTEN_TOKENS, or answer by hand.")


class ParentMissing(Refusal):
    cause = _("The post to answer is no longer there.")
    remedy = _("Close the mention: its author took it back.")


def read(asked: Asked) -> Iterator[Batch]:
    """New posts with these words, newest first until what is known; then whether 25 known ones still stand. A
    backfill goes on from the page where it was cut short."""
    cursor, session = dict(asked.cursor), _session(asked)
    if asked.backfill:
        since = asked.since.isoformat() if asked.since else ""
        yield from _walk(asked, cursor, session, since, MOST_PAGES_BACK)
        return
    known = str(cursor.get("newest", ""))
    seen = [known]
    yield from _walk(asked, cursor, session, known, MOST_PAGES if known else 1, seen)
    cursor["newest"] = max(seen)  # only now: a visit cut short begins again from the top
    yield _still_there(asked, cursor, session)


def _walk(
    asked: Asked, cursor: Json, session: Json, until: str, most: int, seen: list[str] | None = None
) -> Iterator[Batch]:
    onward = str(cursor.get("back", "")) if asked.backfill else ""
    query = {"q": asked.address, "sort": "latest", "limit": LIMIT}
    for _page in range(most):
        told = _get(asked, "app.bsky.feed.searchPosts", {**query, **({"cursor": onward} if onward else {})}, session)
        views, onward = told.get("posts", []), str(told.get("cursor", ""))
        if seen is not None:
            seen += map(_indexed, views)
        if asked.backfill:
            cursor["back"] = onward
        yield _batch(views, cursor)
        if not onward or not views or min(map(_indexed, views)) <= until:
            return


def _indexed(view: Json) -> str:
    """Moments as the server writes them sort as text."""
    return str(view.get("indexedAt", ""))


def _batch(views: list[Json], cursor: Json) -> Batch:
    heard = list(found(views))
    posts = [one for one in heard if isinstance(one, Post)]
    known = cursor.get("watched", [])
    fresh = [post.external_id for post in reversed(posts) if post.external_id not in known]
    cursor["watched"] = [*known, *fresh][-WATCHED:]
    return Batch(posts, dict(cursor), [one for one in heard if isinstance(one, Refused)])


def _still_there(asked: Asked, cursor: Json, session: Json) -> Batch:
    watched = list(cursor.get("watched", []))
    turn, rest = watched[:AT_ONCE], watched[AT_ONCE:]
    there = _present(asked, turn, session)
    cursor["watched"] = rest + [uri for uri in turn if uri in there]
    return Batch([gone(uri, asked.now) for uri in turn if uri not in there], dict(cursor))


def _present(asked: Asked, uris: list[str], session: Json) -> dict[str, Json]:
    if not uris:
        return {}
    told = _get(asked, "app.bsky.feed.getPosts", [("uris", uri) for uri in uris], session)
    return {view["uri"]: view for view in told.get("posts", [])}


def answer(asked: Asked, parent: str, text: str) -> str:
    """Reply under the record `parent` with the house's app password. Returns the page of the reply."""
    session = _session(asked)
    if not session:
        raise NoPassword
    view = _present(asked, [parent], session).get(parent)
    if view is None:
        raise ParentMissing
    reference = {"uri": parent, "cid": view["cid"]}
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": asked.now.isoformat(timespec="milliseconds"),
        "reply": {"parent": reference, "root": view["record"].get("reply", {}).get("root", reference)},
    }
    said = {"repo": session["did"], "collection": "app.bsky.feed.post", "record": record}
    return page(_post(asked, "com.atproto.repo.createRecord", said, session)["uri"])


def _server(asked: Asked) -> str:
    return str(asked.options.get("server") or SERVER).rstrip("/")


def _session(asked: Asked) -> Json:
    """Signed in as the house, when the operator gave it a name; the search of most servers asks for it."""
    host = _server(asked).split("//")[-1]
    name, _colon, password = settings.LISTEN_TOKENS.get(host, "").partition(":")
    if not password:
        return {}
    return _post(asked, "com.atproto.server.createSession", {"identifier": name, "password": password}, {})


def _get(asked: Asked, method: str, query: Any, session: Json) -> Json:
    url = f"{_server(asked)}/xrpc/{method}?{urlencode(query, quote_via=quote)}"
    told: Json = json.loads(asked.client.get(url, headers=_bearer(session)).body)
    return told


def _post(asked: Asked, method: str, body: Json, session: Json) -> Json:
    headers = {**_bearer(session), "content-type": "application/json"}
    url = f"{_server(asked)}/xrpc/{method}"
    told: Json = json.loads(asked.client.post(url, body=json.dumps(body).encode(), headers=headers).body)
    return told


def _bearer(session: Json) -> dict[str, str]:
    return {"authorization": f"Bearer {session['accessJwt']}"} if session else {}

"""What atproto says of a record becomes a post. Pure: decoded JSON in, posts out.

People are known by their DID, which stays when a name changes; records by their at:// address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from essaim.kit.errors import gettext_noop as _
from essaim.listening.post import Author, Post, Refused, Tie

PLATFORM = "bluesky"
POST, REPOST, LIKE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like"
UNSEEN = "!no-unauthenticated"
NO_RECORD = _("The record lacks its address, its date or its text.")
Json = Mapping[str, Any]


def found(views: list[Any]) -> Iterator[Post | Refused]:
    """Posts as a search shows them; those whose authors want to be seen by signed-in people only are passed over."""
    for view in views:
        try:
            author = view["author"]
            if any(label.get("val") == UNSEEN for label in author.get("labels") or ()):
                continue
            counts = (view.get("likeCount") or 0) + (view.get("repostCount") or 0) + (view.get("quoteCount") or 0)
            yield written(view["uri"], view["record"], name=author.get("displayName") or "", reactions=counts)
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Refused(str(view.get("uri", "?")) if isinstance(view, Mapping) else "?", NO_RECORD)


def written(uri: str, record: Json, *, name: str = "", reactions: int = 0) -> Post:
    did, tie, parent = uri.split("/")[2], Tie.POST, ""
    if "reply" in record:
        tie, parent = Tie.REPLY, record["reply"]["parent"]["uri"]
    elif cited := quoted(record):
        tie, parent = Tie.QUOTE, cited
    features = [feature for facet in record.get("facets") or () for feature in facet.get("features", ())]
    return Post(
        platform=PLATFORM,
        external_id=uri,
        author=Author(did, name, f"https://bsky.app/profile/{did}"),
        text=record["text"],
        published=moment(record["createdAt"]),
        url=page(uri),
        tie=tie,
        parent=parent,
        names=tuple(one["did"] for one in features if one.get("$type", "").endswith("#mention")),
        language=(next(iter(record.get("langs") or ()), "") or "")[:2],
        reactions=reactions,
        tags=tuple(one["tag"].lower() for one in features if one.get("$type", "").endswith("#tag")),
    )


def quoted(record: Json) -> str:
    """The record embedded in this one, alone or beside pictures."""
    embed = record.get("embed") or {}
    inner = embed.get("record") or {}
    uri = str(inner.get("uri") or (inner.get("record") or {}).get("uri") or "")
    return uri if f"/{POST}/" in uri else ""


def reaction(uri: str, record: Json, tie: Tie) -> Post:
    did = uri.split("/")[2]
    who = Author(did, "", f"https://bsky.app/profile/{did}")
    return Post(PLATFORM, uri, who, "", moment(record["createdAt"]), tie=tie, parent=record["subject"]["uri"])


def gone(uri: str, at: datetime) -> Post:
    return Post(PLATFORM, uri, None, "", at, gone=True)


def page(uri: str) -> str:
    _scheme, _empty, did, _collection, key = uri.split("/")
    return f"https://bsky.app/profile/{did}/post/{key}"


def moment(written_at: str) -> datetime:
    at = datetime.fromisoformat(written_at)
    return at if at.tzinfo else at.replace(tzinfo=UTC)

"""What Mastodon's REST interface says of a status becomes a post. Pure: decoded JSON in, posts out.

A status is known by its number on the server we ask, and by its page, which is the same on every server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from essaim.kit.errors import gettext_noop as _
from essaim.listening.activitystreams import PLATFORM, address
from essaim.listening.plain import plain
from essaim.listening.post import Author, Post, Refused, Tie

NO_STATUS = _("The status lacks its number, its date or its author.")
Json = Mapping[str, Any]


def posts(statuses: list[Any], host: str, *, all_public: bool = False) -> Iterator[Post | Refused]:
    """Public statuses whose authors let themselves be indexed; a boost brings what it boosts. `all_public` reads
    everybody who writes in public: for a server or an account of one's own."""
    for status in statuses:
        try:
            if not _readable(status, all_public=all_public):
                continue
            if inner := status.get("reblog"):
                if not _readable(inner, all_public=all_public):
                    continue
                yield _written(inner, host)
            yield _boost(status, host) if inner else _written(status, host)
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Refused(f"{host}/{status.get('id', '?') if isinstance(status, Mapping) else '?'}", NO_STATUS)


def _readable(status: Json, *, all_public: bool) -> bool:
    account = status["account"]
    hidden = account.get("noindex") or account.get("indexable") is False
    return status.get("visibility") == "public" and (all_public or not hidden)


def _written(status: Json, host: str) -> Post:
    tie, parent = _tied(status, host)
    return Post(
        platform=PLATFORM,
        external_id=f"{host}/{status['id']}",
        author=_author(status["account"], host),
        text=f"{status.get('spoiler_text') or ''}\n\n{plain(status['content'])}".strip(),
        published=datetime.fromisoformat(status["created_at"]),
        url=status.get("url") or address(status["uri"]),
        tie=tie,
        parent=parent,
        names=tuple(full(one["acct"], host) for one in status.get("mentions", ())),
        language=(status.get("language") or "")[:2],
        reactions=status.get("reblogs_count", 0) + status.get("favourites_count", 0),
        tags=tuple(tag["name"].lower() for tag in status.get("tags", ())),
        edited=datetime.fromisoformat(edited) if (edited := status.get("edited_at")) else None,
    )


def _tied(status: Json, host: str) -> tuple[Tie, str]:
    if status.get("in_reply_to_id"):
        return Tie.REPLY, f"{host}/{status['in_reply_to_id']}"
    quote = status.get("quote") or {}
    quoted = quote.get("quoted_status") or quote
    if quoted.get("id"):
        return Tie.QUOTE, f"{host}/{quoted['id']}"
    return Tie.POST, ""


def _boost(status: Json, host: str) -> Post:
    return Post(
        platform=PLATFORM,
        external_id=f"{host}/{status['id']}",
        author=_author(status["account"], host),
        text="",
        published=datetime.fromisoformat(status["created_at"]),
        tie=Tie.REPOST,
        parent=f"{host}/{status['reblog']['id']}",
    )


def _author(account: Json, host: str) -> Author:
    return Author(full(account["acct"], host), account.get("display_name") or "", account.get("url") or "")


def full(acct: str, host: str) -> str:
    """`name@host`, also for those who live on the server itself."""
    return (acct if "@" in acct else f"{acct}@{host}").lower()


def gone(number: str, host: str, now: datetime) -> Post:
    return Post(PLATFORM, f"{host}/{number}", None, "", now, gone=True)

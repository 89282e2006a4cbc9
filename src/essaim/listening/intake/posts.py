"""The house's own file of posts: one JSON object per line, in the canonical shape.

    {"platform": "forum", "id": "7", "author": {"handle": "ada"}, "text": "…", "published": "2026-03-10T12:00:00Z"}

and, where there is something to say, `url title tie parent names language reactions reach tags labels gone edited`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext_lazy

from essaim.kit.errors import gettext_noop as _
from essaim.listening.kinds import FileKind
from essaim.listening.post import Author, Post, Refused, Tie

TIES = {tie.value: tie for tie in Tie}
# Kept as they are and put into the reader's language when shown.
NOT_JSON = _("This line is not JSON.")
NO_FIELD = _("This field is missing, or its value is not known.")
NO_ZONE = _("A date has no time zone.")
NOT_A_POST = _("This line is not a post.")


def read_posts(path: Path) -> Iterator[Post | Refused]:
    """The posts of a file, line by line; a line that cannot be read is refused, with its number and why."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield post_of(orjson.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as fault:
                if line.strip():
                    yield refused(f"{path.name}:{number}", fault)


def post_of(given: dict[str, Any]) -> Post:
    """Raises KeyError, ValueError, TypeError or AttributeError where the object is not a post."""
    take = given.get
    published = _moment(given["published"])
    return Post(
        given["platform"],
        str(take("id") or ""),
        _author(take("author")),
        take("text") or "",
        published,
        take("url") or "",
        take("title") or "",
        TIES[take("tie") or "post"],
        str(take("parent") or ""),
        tuple(take("names") or ()),
        take("language") or "",
        take("reactions") or 0,
        take("reach"),
        tuple(take("tags") or ()),
        take("labels") or {},
        bool(take("gone")),
        _moment(edited) if (edited := take("edited")) else None,
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(NO_ZONE)
    return moment


def _author(given: Any) -> Author | None:
    if not given:
        return None
    if isinstance(given, str):
        return Author(given)
    return Author(given["handle"], given.get("name") or "", given.get("url") or "")


def refused(place: str, fault: Exception) -> Refused:
    """Why a line was refused; the place names the field, or what its value is."""
    if isinstance(fault, orjson.JSONDecodeError):
        return Refused(f"{place}:{fault.colno}", NOT_JSON)
    if isinstance(fault, KeyError):
        return Refused(f"{place} {fault.args[0]}", NO_FIELD)
    return Refused(place, NO_ZONE if fault.args == (NO_ZONE,) else NOT_A_POST)


def line_of(post: Post) -> bytes:
    """The post as a line of such a file; what is empty is left out."""
    author = post.author and {"handle": post.author.handle, "name": post.author.name, "url": post.author.url}
    given = {
        "platform": post.platform,
        "id": post.external_id,
        "author": author,
        "text": post.text,
        "published": post.published,
        "url": post.url,
        "title": post.title,
        "tie": "" if post.tie is Tie.POST else post.tie,
        "parent": post.parent,
        "names": post.names,
        "language": post.language,
        "reactions": post.reactions,
        "reach": post.reach,
        "tags": post.tags,
        "labels": dict(post.labels),
        "gone": post.gone,
        "edited": post.edited,
    }
    told = {name: value for name, value in given.items() if value or (name == "reach" and value is not None)}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


POSTS = FileKind(
    slug="posts", name=gettext_lazy("Posts, one per line (JSONL)"), read=read_posts, suffixes=(".jsonl",)
)

"""What changed on a page since the last visit: the house keeps a short hash of what each part said."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from essaim.listening.post import Post

REMEMBERED = 500
"""Parts of one page, the article first."""

Known = Mapping[str, str]


def dated(posts: Sequence[Post], cursor: Known, now: datetime) -> list[Post]:
    """The posts, those whose words are new with the moment of the change: the one the page tells of, once; else the
    visit. What is seen for the first time was not changed."""
    told = cursor.get("modified", "")
    return [replace(post, edited=_moment(post, told, now) if _is_changed(post, cursor) else None) for post in posts]


def remembered(posts: Sequence[Post]) -> dict[str, str]:
    """What the next visit compares with."""
    known = {_short(post.external_id): _short(_said(post)) for post in posts[:REMEMBERED]}
    modified = next((post.edited.isoformat() for post in posts if post.edited), "")
    return {**known, "modified": modified}


def _is_changed(post: Post, cursor: Known) -> bool:
    return cursor.get(_short(post.external_id), "") not in {"", _short(_said(post))}


def _moment(post: Post, told: str, now: datetime) -> datetime:
    if post.edited and post.edited.isoformat() != told and post.published < post.edited <= now:
        return post.edited
    return now


def _said(post: Post) -> str:
    return f"{post.title}\n{post.text}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]

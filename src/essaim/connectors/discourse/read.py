"""A topic of a Discourse forum as its JSON page tells it, from the forum itself or saved as a file. Pure.

A post is known by its address in the topic, which is also how answers and quotes name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from essaim.kit.errors import gettext_noop as _
from essaim.listening.plain import plain
from essaim.listening.post import Author, Post, Refused, Tie

SPOKEN = {1, 2}
"""Post types people wrote; small actions and whispers are not public speech."""
LIKE = 2
NO_POST = _("The post lacks its number, its date or its words.")
NO_TOPIC = _("This is not a Discourse topic.")
CUT = _("The saved page holds the first posts of the topic only.")
_HOST = re.compile(r"/user_avatar/([^/]+)/")
_NAMED = re.compile(r'<a[^>]*class="mention"[^>]*href="[^"]*/u/([^"/?]+)"')
_QUOTE = re.compile(r"<aside[^>]*class=\"quote[^>]*>")
_PLACE = re.compile(r'data-(post|topic)="(\d+)"')
Json = Mapping[str, Any]


def topic_posts(topic: Json, *, site: str = "", place: str = "", whole: bool = True) -> Iterator[Post | Refused]:
    """Every post of the page. `site` is the forum's host; without it the page's own pictures tell it. `whole` says
    that the page should hold the entire topic."""
    if not isinstance(topic, Mapping) or "post_stream" not in topic or "id" not in topic:
        yield Refused(place, NO_TOPIC)
        return
    held = topic["post_stream"].get("posts", [])
    site = site or _site(held)
    for number, post in enumerate(held, start=1):
        try:
            if post["post_type"] in SPOKEN:
                yield _post(post, topic, site)
        except (KeyError, TypeError, ValueError):
            yield Refused(f"{place}#{number}", NO_POST)
    if whole and len(held) < len(topic["post_stream"].get("stream", held)):
        yield Refused(place, CUT)


def _site(posts: list[Json]) -> str:
    hosts = (_HOST.search(str(post.get("avatar_template", ""))) for post in posts)
    return next((found[1] for found in hosts if found), "discourse.invalid")


def topic_address(site: str, topic: Json) -> str:
    return f"https://{site}/t/{topic.get('slug') or '-'}/{topic['id']}"


def _post(post: Json, topic: Json, site: str) -> Post:
    base = topic_address(site, topic)
    gone = bool(post.get("deleted_at") or post.get("user_deleted") or post.get("hidden"))
    tie, parent = _answered(post, base, topic["id"])
    return Post(
        platform="discourse",
        external_id=f"{site}/{post['id']}",
        author=None if gone else Author(f"{post['username'].lower()}@{site}", str(post.get("name") or "")),
        title="" if post["post_number"] > 1 or gone else str(topic.get("title") or ""),
        text="" if gone else plain(post["cooked"], quotes=False) or plain(post["cooked"]),
        published=datetime.fromisoformat(post["created_at"]),
        url=f"{base}/{post['post_number']}",
        tie=tie,
        parent=parent,
        names=() if gone else tuple(f"{unquote(name).lower()}@{site}" for name in _NAMED.findall(post["cooked"])),
        reactions=sum(act.get("count", 0) for act in post.get("actions_summary", ()) if act.get("id") == LIKE),
        reach=post.get("reads"),
        tags=tuple(tag if isinstance(tag, str) else str(tag.get("name", "")) for tag in topic.get("tags", ())),
        gone=gone,
        edited=_edited(post),
    )


def _edited(post: Json) -> datetime | None:
    """When its words were changed; the forum touches the date for other reasons too, but then not the version."""
    when = post.get("updated_at") if post.get("version", 1) > 1 else None
    return datetime.fromisoformat(when) if when else None


def _answered(post: Json, base: str, topic: int) -> tuple[Tie, str]:
    """Whom the forum says it answers; else the post it quotes from the same topic; else the topic's first post."""
    if post["post_number"] == 1:
        return Tie.POST, ""
    if post.get("reply_to_post_number"):
        return Tie.REPLY, f"{base}/{post['reply_to_post_number']}"
    for quote in _QUOTE.findall(post["cooked"]):
        told = dict(_PLACE.findall(quote))
        if told.get("topic", str(topic)) == str(topic) and "post" in told:
            return Tie.QUOTE, f"{base}/{told['post']}"
    return Tie.REPLY, f"{base}/1"

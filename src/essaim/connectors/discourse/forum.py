"""Asking a Discourse forum through its public JSON pages: the list of topics, then each topic with all its posts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from essaim.connectors.discourse.read import topic_posts
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.files import contents
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused
from essaim.listening.sources.refusals import AccessRefused, PageMissing

AT_ONCE = 20
MOST_PAGES, MOST_PAGES_BACK = 5, 1_000
WATCHED, ASKED_AGAIN = 200, 5
NO_JSON = _("The file is not JSON.")
_TOPIC = re.compile(r"^(.*)/t/(?:[^/]+/)?(\d+)(?:/\d+)?/?$")
Json = dict[str, Any]


class NotDiscourse(Refusal):
    cause = _("“%(address)s” is not a public Discourse forum.")
    remedy = _("Give the address of a forum, a category, a tag or a topic, as the browser shows it.")


def read(asked: Asked) -> Iterator[Batch]:
    """Topics with something new, the longest quiet first so that a visit cut short goes on from there; then whether
    the five known topics not read for longest still stand."""
    cursor = {"bumped": "", "known": {}, **asked.cursor}
    base, topic = _place(asked.address)
    if topic:
        yield _topic(asked, base, int(topic), cursor)
        return
    for row in sorted(_fresh(asked, cursor["bumped"]), key=_bumped):
        cursor["bumped"] = max(cursor["bumped"], _bumped(row))
        yield _topic(asked, base, row["id"], cursor)
    for number in list(cursor["known"])[:ASKED_AGAIN]:
        yield _topic(asked, base, int(number), cursor)


def _place(address: str) -> tuple[str, str]:
    """Where the forum stands, and the number of the topic when the address is that of one."""
    parts = urlsplit(address)
    found = _TOPIC.match(f"{parts.scheme}://{parts.netloc}{parts.path}")
    if found:
        return found[1], found[2]
    return (
        f"{parts.scheme}://{parts.netloc}{re.split('/(?:c|tag|latest|top|new)(?:/|$)', parts.path)[0].rstrip('/')}",
        "",
    )


def _fresh(asked: Asked, bumped: str) -> Iterator[Json]:
    """Rows of the list of topics, latest first, until those known already or too old."""
    since = asked.since.isoformat() if asked.since else ""
    until = since if asked.backfill else bumped
    url = _list_address(asked.address)
    for page in range(MOST_PAGES_BACK if asked.backfill else MOST_PAGES if bumped else 1):
        listed = _get(asked, f"{url}?{urlencode({'order': 'activity', 'page': page})}").get("topic_list")
        if listed is None:
            raise NotDiscourse(address=asked.address)
        yield from (row for row in listed["topics"] if _bumped(row) > until)
        held = [row for row in listed["topics"] if not row.get("pinned")]
        if not listed.get("more_topics_url") or (held and min(map(_bumped, held)) <= until):
            return


def _list_address(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    return (
        f"{parts.scheme}://{parts.netloc}{path}.json"
        if re.search("/(?:c|tag)/", path)
        else f"{_place(address)[0]}/latest.json"
    )


def _bumped(row: Json) -> str:
    return str(row.get("bumped_at") or row.get("last_posted_at") or "")


def _topic(asked: Asked, base: str, number: int, cursor: Json) -> Batch:
    """All posts of one topic, and which of those known before are no longer in it."""
    site, known = urlsplit(base).netloc, cursor["known"].pop(str(number), [])
    try:
        topic = _whole(asked, base, number)
    except (PageMissing, AccessRefused):
        return Batch([_gone(site, post, asked) for post in known], _kept(cursor))
    there = topic["post_stream"].get("stream") or [post["id"] for post in topic["post_stream"]["posts"]]
    cursor["known"][str(number)] = there
    heard = list(topic_posts(topic, site=site, place=f"{base}/t/{number}"))
    posts = [one for one in heard if isinstance(one, Post)]
    posts += [_gone(site, post, asked) for post in known if post not in there]
    return Batch(posts, _kept(cursor), [one for one in heard if isinstance(one, Refused)])


def _kept(cursor: Json) -> Json:
    """The topics read last; the others are not asked for again."""
    cursor["known"] = dict(list(cursor["known"].items())[-WATCHED:])
    return {**cursor, "known": dict(cursor["known"])}


def _whole(asked: Asked, base: str, number: int) -> Json:
    """The topic with the posts its page leaves out fetched twenty at a time."""
    topic = _get(asked, f"{base}/t/{number}.json")
    stream = topic.get("post_stream")
    if stream is None:
        raise NotDiscourse(address=asked.address)
    held = {post["id"] for post in stream["posts"]}
    missing = [post for post in stream.get("stream", ()) if post not in held]
    for start in range(0, len(missing), AT_ONCE):
        query = urlencode([("post_ids[]", post) for post in missing[start : start + AT_ONCE]])
        stream["posts"] += _get(asked, f"{base}/t/{number}/posts.json?{query}")["post_stream"]["posts"]
    return topic


def _get(asked: Asked, url: str) -> Json:
    try:
        told = json.loads(asked.client.get(url, headers={"accept": "application/json"}).body)
    except ValueError:
        raise NotDiscourse(address=asked.address) from None
    return told if isinstance(told, dict) else {}


def _gone(site: str, number: int, asked: Asked) -> Post:
    return Post("discourse", f"{site}/{number}", None, "", asked.now, gone=True)


def read_file(path: Path, site: str = "") -> Iterator[Post | Refused]:
    """Topics saved as JSON, one a file."""
    import orjson

    for name, content in contents(path, ".json"):
        try:
            topic = orjson.loads(content)
        except orjson.JSONDecodeError:
            yield Refused(name, NO_JSON)
            continue
        yield from topic_posts(topic, site=site, place=name)

"""Feeds: what listens, on which ground, at which pace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from essaim.listening.kinds import Asked, Batch, SourceKind
from essaim.listening.web import conditions, seen

MOST_PAGES = 200


def read(asked: Asked) -> Iterator[Batch]:
    """What is new in the feed; in a backfill its older pages too, as far as it links to them."""
    from essaim.connectors.feeds.reading import read_feed

    if asked.backfill:
        yield from _older(asked)
        return
    answer = asked.client.get(asked.cursor.get("moved") or asked.address, headers=conditions(asked.cursor))
    if answer.status == 304:
        yield Batch([], asked.cursor)
        return
    moved = getattr(answer, "moved", "") or asked.cursor.get("moved", "")
    digest = hashlib.sha256(answer.body).hexdigest()
    cursor = {**seen(answer), "digest": digest, **({"moved": moved} if moved else {})}
    if digest == asked.cursor.get("digest"):
        yield Batch([], cursor)
        return
    feed = read_feed(answer.body, answer.url, asked.now, answer.headers.get("content-type", ""))
    yield Batch(feed.posts, cursor, feed.refused, total=len(feed.posts))


def _older(asked: Asked) -> Iterator[Batch]:
    from essaim.connectors.feeds.reading import read_feed

    address, pages = asked.cursor.get("next", asked.address), asked.cursor.get("pages", 0)
    met = {asked.address, address}
    while address and pages < MOST_PAGES:
        answer = asked.client.get(address)
        feed = read_feed(answer.body, answer.url, asked.now, answer.headers.get("content-type", ""))
        posts = [post for post in feed.posts if asked.since is None or post.published >= asked.since]
        ended = asked.since is not None and bool(feed.posts) and not posts
        following = "" if ended or feed.following in met or not feed.posts else feed.following
        pages += 1
        yield Batch(posts, {"next": following, "pages": pages}, feed.refused)
        address = following
        met.add(following)


SOURCES = [
    SourceKind(
        slug="feed",
        name=_("Feed"),
        summary=_("Articles, posts or episodes of a site: RSS, Atom, JSON Feed, podcasts."),
        icon="feed",
        address_label=_("Address of the feed, or of a page that announces one"),
        example="https://blog.example.org/feed.xml",
        legal_basis=_(
            "Legitimate interest (GDPR art. 6(1)(f)): a feed is published so that programs may read it; authors may "
            "object at any time."
        ),
        deletion=_(
            "An entry the feed declares deleted (RFC 6721) is emptied at the next visit; others go when their time "
            "is over, or at once when the author objects."
        ),
        per_hour=720,
        read=read,
    )
]

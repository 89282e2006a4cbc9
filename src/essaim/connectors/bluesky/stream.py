"""Listening to Jetstream: every public record of the network as it is made, changed and deleted.

A visit goes on from the moment the last one ended at, until it has caught up with now; then it hangs up. What was
deleted comes as a bare key, so the keys of what was heard are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from essaim.connectors.bluesky.record import LIKE, NO_RECORD, POST, REPOST, gone, quoted, reaction, written
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused, Tie

AT_ONCE = 500
KNOWN = 5_000
QUIET_SECONDS = 5.0
HINDSIGHT = timedelta(minutes=10)
LONGEST = 200_000
"""Events of one visit at most: the next goes on from there."""
TIES = {REPOST: Tie.REPOST, LIKE: Tie.LIKE}
Json = dict[str, Any]


class Ear:
    """What a visit has heard: posts with the words listened for, and what others do with these posts."""

    def __init__(self, words: list[str], known: list[str]) -> None:
        self.wanted = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)
        self.known = dict.fromkeys(known)
        self.posts: dict[str, Post] = {}
        self.refused: list[Refused] = []

    def hear(self, event: Json) -> None:
        """Creations and changes bring the record as it is now; a deletion takes back what was heard before."""
        commit = event.get("commit") or {}
        uri = f"at://{event.get('did')}/{commit.get('collection')}/{commit.get('rkey')}"
        try:
            if commit.get("operation") == "delete":
                self._forget(uri, datetime.fromtimestamp(event["time_us"] / 1e6, UTC))
            elif commit.get("operation") in ("create", "update"):
                self._note(uri, commit["collection"], commit["record"])
        except (KeyError, TypeError, ValueError, AttributeError):
            self.refused.append(Refused(uri, NO_RECORD))

    def _forget(self, uri: str, at: datetime) -> None:
        if uri in self.known:
            del self.known[uri]
            self.posts[uri] = gone(uri, at)

    def _note(self, uri: str, collection: str, record: Json) -> None:
        if collection == POST and (uri in self.known or self._concerns(record)):
            self.posts[uri] = written(uri, record)
            self.known[uri] = None
        elif collection in TIES and record["subject"]["uri"] in self.known:
            self.posts[uri] = reaction(uri, record, TIES[collection])
            self.known[uri] = None

    def _concerns(self, record: Json) -> bool:
        answered = record.get("reply", {}).get("parent", {}).get("uri")
        return answered in self.known or quoted(record) in self.known or bool(self.wanted.search(record["text"]))

    def told(self, moment: int) -> Batch:
        """What was heard since the last telling. A post made and taken back in between is gone and nothing else."""
        kept = list(self.known)[-KNOWN:]
        batch = Batch(list(self.posts.values()), {"moment": moment, "known": kept}, list(self.refused))
        self.known, self.posts, self.refused = dict.fromkeys(kept), {}, []
        return batch


def read(asked: Asked) -> Iterator[Batch]:
    cursor = asked.cursor
    ear = Ear([word.strip() for word in asked.options["words"].split(",") if word.strip()], cursor.get("known", []))
    moment = int(cursor.get("moment") or (asked.now - HINDSIGHT).timestamp() * 1e6)
    collections = [("wantedCollections", name) for name in (POST, REPOST, LIKE)]
    url = f"{asked.address}?{urlencode([*collections, ('cursor', moment)])}"
    with _opened(asked, url) as stream:
        for event in _events(stream, asked.now):
            moment = max(moment, int(event.get("time_us", 0)))
            ear.hear(event)
            if len(ear.posts) >= AT_ONCE:
                yield ear.told(moment)
    yield ear.told(moment)


def _opened(asked: Asked, url: str) -> Any:
    """The websocket, over a connection whose address was checked."""
    from websockets.sync.client import connect

    return connect(url, sock=asked.client.connect(url), proxy=None, max_size=1_000_000)


def _events(stream: Any, now: datetime) -> Iterator[Json]:
    """Until the stream has caught up with the beginning of the visit, falls silent or ends."""
    from websockets.exceptions import ConnectionClosed

    end = now.timestamp() * 1e6
    for _count in range(LONGEST):
        try:
            event = json.loads(stream.recv(timeout=QUIET_SECONDS))
        except (TimeoutError, ConnectionClosed):
            return
        yield event
        if event.get("time_us", 0) >= end:
            return

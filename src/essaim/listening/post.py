"""The one shape in which every platform's posts arrive. Pure: connectors make it, intake stores it.

Names follow ActivityStreams 2.0 where it has one (W3C Recommendation, 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Tie(StrEnum):
    """How a post relates to what came before it: each draws an edge of its own weight from author to author."""

    POST = "post"
    REPLY = "reply"
    REPOST = "repost"
    QUOTE = "quote"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote, as the platform names him. `handle` is unique on its platform; it never leaves intake in clear."""

    handle: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One public utterance. `text` is plain, without markup; `published` is aware.

    `external_id` is the platform's own, unique on the platform; empty, the url stands for it. `parent` is the
    external id (or url) of what it answers, reposts, quotes or likes. `names` holds the handles it addresses.
    `reach` is the platform's own count of people who may have seen it, None when it gives none. `labels` keeps what
    the source itself says of the post (a rating, a reason), for comparison only. `gone` says its author deleted it,
    `edited` (aware) when he last changed its words.
    """

    platform: str
    external_id: str
    author: Author | None
    text: str
    published: datetime
    url: str = ""
    title: str = ""
    tie: Tie = Tie.POST
    parent: str = ""
    names: tuple[str, ...] = ()
    language: str = ""
    reactions: int = 0
    reach: int | None = None
    tags: tuple[str, ...] = ()
    labels: Mapping[str, str | int | float] = field(default_factory=dict)
    gone: bool = False
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry of a file or an answer that could not be read: where it stands, and why, in plain words."""

    place: str
    reason: str

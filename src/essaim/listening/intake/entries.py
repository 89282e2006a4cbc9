"""A batch of posts, each once: what the same platform id or address names twice is folded into one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from essaim.listening.intake.identity import hashing, name_key, post_keys
from essaim.listening.intake.months import month_of
from essaim.listening.intake.rows import begun
from essaim.listening.post import Post
from essaim.listening.voices.keys import author_keys


@dataclass(slots=True)
class Entry:
    """One post to store, and what becomes of it on the way. `month` and `moment` say when it was
    published; `named` are the keys of those it addresses, with their handles; `row` begins its row (see `rows`)."""

    post: Post
    keys: list[bytes]
    reactions: int
    reach: int | None
    gone: bool
    month: date = date.min
    moment: str = ""
    author_key: bytes | None = None
    named: tuple[tuple[bytes, str], ...] = ()
    parent_key: bytes | None = None
    row: str = ""
    number: int = 0
    voice: int | None = None
    parent: int | None = None
    names: list[int] = field(default_factory=list)


def fold(posts: Iterable[Post]) -> list[Entry]:
    """Entries in the order of arrival. The first text stands, or the one edited last; counts grow; deleted once is
    deleted."""
    found: dict[bytes, Entry] = {}
    entries: list[Entry] = []
    key_of = hashing()
    for post in posts:
        keys = post_keys(post, key_of)
        entry = found.get(keys[0]) or found.get(keys[-1])
        if entry is None:
            entry = Entry(post, keys, post.reactions, post.reach, post.gone)
            if post.parent:
                entry.parent_key = name_key(post.platform, post.parent, key_of)
            entries.append(entry)
        else:
            _fold_into(entry, post, keys)
        for key in keys:
            found.setdefault(key, entry)
    _make_ready(entries)
    return entries


def _fold_into(entry: Entry, post: Post, keys: list[bytes]) -> None:
    entry.keys.extend(key for key in keys if key not in entry.keys)
    entry.reactions = max(entry.reactions, post.reactions)
    entry.reach = largest(entry.reach, post.reach)
    if entry.gone and not post.gone:
        entry.post = post  # told of its deletion first
    elif post.edited and not post.gone and post.edited > (entry.post.edited or entry.post.published):
        entry.post = replace(entry.post, text=post.text, title=post.title, tags=post.tags, edited=post.edited)
    entry.gone = entry.gone or post.gone


def _make_ready(entries: Iterable[Entry]) -> None:
    """Whatever can be made without the database, so that it does not wait for us."""
    key_of = author_keys()
    for entry in entries:
        post = entry.post
        entry.month, entry.moment = month_of(post.published), post.published.isoformat()
        if post.author and post.author.handle:
            entry.author_key = key_of(post.platform, post.author.handle)
        if post.names:
            entry.named = tuple((key_of(post.platform, name), name) for name in post.names if name)
        entry.row = begun(entry)


def largest(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)

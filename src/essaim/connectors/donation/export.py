"""A member's own export, read down to what he said in public himself. Pure.

Understood: the archives of Mastodon (and others in ActivityStreams), Reddit, YouTube (Google Takeout) and Discord. Of
each only the member's own public words are taken: no private message, no address, nothing of anybody else.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.kit.text import sort_key
from essaim.listening import activitystreams
from essaim.listening.plain import plain
from essaim.listening.post import Post

MOST_LINES = 20_000
PUBLIC_CHANNELS = {
    "0",
    "5",
    "10",
    "11",
    "13",
    "15",
    "GUILD_TEXT",
    "GUILD_ANNOUNCEMENT",
    "PUBLIC_THREAD",
    "GUILD_FORUM",
}
"""Channels of a server; all others are conversations between people."""
File = tuple[str, bytes]


class NotAnExport(Refusal):
    cause = _("Nothing said in public was found in “%(name)s”.")
    remedy = _("Give the ZIP as Mastodon, Reddit, YouTube (Google Takeout) or Discord sent it to you, not unpacked.")


class TooManyLines(Refusal):
    cause = _("The export holds more than %(most)s posts.")
    remedy = _("Ask the network for a shorter period, or take the older files out of the archive.")


@dataclass(frozen=True)
class Line:
    """One thing the member said: what is shown to him, and what is given when he does not strike it out."""

    platform: str
    number: str
    at: datetime
    text: str
    url: str = ""
    title: str = ""
    parent: str = ""

    def as_written(self) -> dict[str, str]:
        return {
            "platform": self.platform, "number": self.number, "at": self.at.isoformat(), "text": self.text,
            "url": self.url, "title": self.title, "parent": self.parent,
        }  # fmt: skip

    @classmethod
    def of(cls, written: Mapping[str, str]) -> Line:
        return cls(**{**written, "at": datetime.fromisoformat(written["at"])})  # type: ignore[arg-type]


def read(files: Iterable[File], name: str) -> list[Line]:
    """What the member said in public, the newest first, each once. Raises NotAnExport and TooManyLines."""
    lines: dict[tuple[str, str], Line] = {}
    channels: dict[str, bool] = {}
    waiting: list[tuple[str, Line]] = []
    for path, content in files:
        if PurePosixPath(path).name == "channel.json":
            channels[str(PurePosixPath(path).parent)] = _is_public(content)
        for line in _lines(path, content):
            if line.platform == "discord":
                waiting.append((str(PurePosixPath(path).parent), line))
            else:
                lines[line.platform, line.number] = line
    lines |= {(line.platform, line.number): line for folder, line in waiting if channels.get(folder)}
    if not lines:
        raise NotAnExport(name=name)
    if len(lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    return sorted(lines.values(), key=lambda line: (line.at, line.number), reverse=True)


def _lines(path: str, content: bytes) -> Iterator[Line]:
    file = PurePosixPath(path)
    if file.suffix == ".csv":
        yield from _table(content)
    elif file.name == "outbox.json":
        yield from _fediverse(content)
    elif file.name == "messages.json":
        yield from _each(_json(content), _discord)


def _table(content: bytes) -> Iterator[Line]:
    """Which network a table is from, its header tells; the language of the header does not matter."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace").replace("\0", ""), newline=""))
    plain_names = {name: " ".join(re.findall(r"[a-z0-9]+", sort_key(name))) for name in rows.fieldnames or ()}
    names = set(plain_names.values())
    if {"id", "permalink", "date", "subreddit"} <= names:
        yield from _each(rows, _reddit)
    elif {"id", "timestamp", "contents"} <= names:
        yield from _each(rows, _discord)
    elif columns := _youtube_columns(plain_names):
        yield from _each(rows, lambda row: _youtube(row, columns))


def _each(rows: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], Line | None]) -> Iterator[Line]:
    """Rows that cannot be read are left out: the member sees what would be given, line by line."""
    for row in rows:
        try:
            line = read(row)
        except (KeyError, ValueError, TypeError, AttributeError):
            continue
        if line is not None and line.text:
            yield line


def _reddit(row: Mapping[str, Any]) -> Line | None:
    if row["body"] in ("[deleted]", "[removed]"):
        return None
    at = datetime.fromisoformat(row["date"].replace(" UTC", "+00:00"))
    text = row["body"] or row.get("title") or ""
    return Line("reddit", row["id"], at, text, row["permalink"], row.get("title") or "", row.get("parent") or "")


def _youtube_columns(names: Mapping[str, str]) -> dict[str, str]:
    """English and French headers of `comments.csv`."""
    known = {
        "number": r"(comment id|id (?:du )?commentaire)$",
        "at": r"(comment create timestamp|horodatage de creation du commentaire)",
        "video": r"(video id|id de la video)$",
        "parent": r"(parent comment id|id du commentaire parent)$",
        "text": r"(comment text|texte du commentaire)$",
    }
    found = {
        part: next((name for name, bare in names.items() if re.match(pattern, bare)), "")
        for part, pattern in known.items()
    }
    return found if found["number"] and found["at"] and found["text"] else {}


def _youtube(row: Mapping[str, Any], columns: Mapping[str, str]) -> Line:
    told = {part: str(row.get(column) or "") for part, column in columns.items()}
    video = f"https://www.youtube.com/watch?v={told['video']}&lc={told['number']}" if told["video"] else ""
    at = datetime.fromisoformat(told["at"].replace(" UTC", "+00:00"))
    return Line("youtube", told["number"], _aware(at), _segments(told["text"]), video, "", told["parent"])


def _segments(text: str) -> str:
    """`{"text":"one"},{"text":" two"}`, or plain words."""
    if not text.startswith("{"):
        return text
    try:
        return "".join(str(part.get("text", "")) for part in json.loads(f"[{text}]")).strip()
    except (ValueError, AttributeError):
        return text


def _discord(row: Mapping[str, Any]) -> Line:
    at = _aware(datetime.fromisoformat(str(row.get("Timestamp") or row["timestamp"])))
    return Line("discord", str(row.get("ID") or row["id"]), at, str(row.get("Contents") or row.get("contents") or ""))


def _is_public(content: bytes) -> bool:
    """A channel of a server that everybody of the server reads; conversations between people are not."""
    found = _json(content)
    channel = found[0] if isinstance(found, list) and found else found
    return isinstance(channel, Mapping) and str(channel.get("type")) in PUBLIC_CHANNELS and bool(channel.get("guild"))


def _fediverse(content: bytes) -> Iterator[Line]:
    for post in activitystreams.posts(activitystreams.items(_json(content))):
        if isinstance(post, Post) and post.text and not post.gone:
            yield Line("fediverse", post.external_id, post.published, plain(post.text), post.url, "", post.parent)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return []


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)

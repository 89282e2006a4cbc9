"""A chat log, one message a line, and who answers whom in it. Pure.

Understood: `[12:18] <name> words`, `12:18 <name> words`, `2016-12-19T20:00:01 <name> words`, `* name does`; what the
server says (`===`, `***`, `-!-`) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from essaim.kit.errors import gettext_noop as _
from essaim.listening import replies
from essaim.listening.post import Author, Post, Refused, Tie

NO_LINE = _("The line has neither a time nor a name one can read.")
_LINE = re.compile(
    r"^\[?(?:(\d{4}-\d\d-\d\d)[T ])?(\d{1,2}):(\d\d)(?::(\d\d))?[^\]\s]*\]?\s+"
    r"(?:<[@+%&~ ]?([^>\s]+)>|\*+\s+([^\s*]\S*))\s?(.*)$"
)
_SERVER = re.compile(r"^(?:\[?[\d:\- T]+\]?\s*)?(?:===|\*\*\*|-!-|-->|<--|---)")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
BACK = timedelta(hours=12)


def day_of(name: str) -> datetime | None:
    """The day a log is named after: `2016-12-19_20.raw.txt`."""
    for found in _DAY.finditer(name):
        try:
            return datetime(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def lines(text: str, *, name: str, day: datetime, zone: tzinfo) -> Iterator[tuple[int, replies.Line | Refused]]:
    """Each message with its number, counted from 0. A clock that goes back by half a day began another day."""
    at = day.replace(tzinfo=zone)
    for number, line in enumerate(text.splitlines()):
        found = _LINE.match(line)
        if found is None:
            if line.strip() and not _SERVER.match(line):
                yield number, Refused(f"{name}:{number + 1}", NO_LINE)
            continue
        try:
            now = _moment(found, at)
        except ValueError:
            yield number, Refused(f"{name}:{number + 1}", NO_LINE)
            continue
        at = max(at, now)
        yield number, replies.Line(now, found[5] or found[6], found[7].strip())


def _moment(found: re.Match[str], before: datetime) -> datetime:
    clock = time(int(found[2]), int(found[3]), int(found[4] or 0), tzinfo=before.tzinfo)
    if found[1]:
        return datetime.combine(datetime.fromisoformat(found[1]), clock)
    now = datetime.combine(before, clock)
    return now + timedelta(days=1) if before - now > BACK else now


def read(text: str, *, name: str, channel: str, day: datetime, zone: tzinfo) -> Iterator[Post | Refused]:
    """The posts of one log, each with the message it answers as inferred. An answer to oneself is no answer: it goes
    on where the first of its sentences did."""
    heard: list[tuple[int, replies.Line]] = []
    for number, line in lines(text, name=name, day=day, zone=zone):
        if isinstance(line, Refused):
            yield line
        else:
            heard.append((number, line))
    said = [line for _number, line in heard]
    authors = {line.author.lower(): line.author for line in said}
    parents = replies.infer(said)
    for place, (number, line) in enumerate(heard):
        if not line.text:
            continue
        post = Post(
            platform="irc",
            external_id=f"{channel}/{name}/{number}",
            author=Author(f"{line.author.lower()}@{channel}", line.author),
            text=line.text,
            published=line.at,
            names=tuple(f"{one.lower()}@{channel}" for one in replies.addressed(line.text, authors)),
        )
        answered = _other(place, parents, said)
        if answered is not None:
            post = replace(post, tie=Tie.REPLY, parent=f"{channel}/{name}/{heard[answered][0]}")
        yield post


def _other(place: int, parents: list[int | None], said: list[replies.Line]) -> int | None:
    """The nearest message of another person up the thread."""
    up = parents[place]
    while up is not None and said[up].author == said[place].author:
        up = parents[up]
    return up

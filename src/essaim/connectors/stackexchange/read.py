"""The dump of a Stack Exchange site: Posts.xml and Comments.xml, one row after the other, never held whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.plain import plain
from essaim.listening.post import Author, Post, Refused, Tie

PLATFORM = "stackexchange"
QUESTION, ANSWER = "1", "2"
NO_ROW = _("The row lacks its number, its date or its text.")
BROKEN = _("The file is not well-formed XML from here on: what follows could not be read.")
FORBIDDEN = _("The file declares entities, which no dump does: it was not read.")
_TAGS = re.compile(r"[^<>|]+")
Row = Mapping[str, str]


class NoDump(Refusal):
    cause = _("There is no Posts.xml in “%(path)s”.")
    remedy = _("Give the folder into which the dump of one site was unpacked.")


def read(path: Path, site: str = "") -> Iterator[Post | Refused]:
    """`site` tells one site's numbers from another's; the name of the folder stands for it."""
    folder = path if path.is_dir() else path.parent
    if not (folder / "Posts.xml").is_file():
        raise NoDump(path=folder)
    site = site or folder.name
    yield from _rows(folder / "Posts.xml", site, _post)
    if (folder / "Comments.xml").is_file():
        yield from _rows(folder / "Comments.xml", site, _comment)


def _rows(path: Path, site: str, make: Callable[[Row, str], Post | None]) -> Iterator[Post | Refused]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    number = 0
    try:
        walk = iterparse(str(path), events=("start", "end"))
        root = next(walk)[1]
        for event, element in walk:
            if event == "end" and element.tag == "row":
                number += 1
                yield from _made(element.attrib, site, make, f"{path.name}#{number}")
                root.clear()
    except ParseError as error:
        yield Refused(f"{path.name}:{error.position[0]}", BROKEN)
    except DefusedXmlException:
        yield Refused(path.name, FORBIDDEN)


def _made(row: Row, site: str, make: Callable[[Row, str], Post | None], place: str) -> Iterator[Post | Refused]:
    try:
        post = make(row, site)
    except (KeyError, ValueError):
        yield Refused(place, NO_ROW)
        return
    if post is not None:
        yield post


def _post(row: Row, site: str) -> Post | None:
    """Questions and answers; wikis, tag excerpts and nominations say nothing about anybody."""
    if row["PostTypeId"] not in (QUESTION, ANSWER):
        return None
    answer = row["PostTypeId"] == ANSWER
    return Post(
        platform=PLATFORM,
        external_id=f"{site}/p{row['Id']}",
        author=_author(row, site, "OwnerUserId", "OwnerDisplayName"),
        title=row.get("Title", ""),
        text=plain(row["Body"], quotes=False) or plain(row["Body"]),
        published=_moment(row["CreationDate"]),
        tie=Tie.REPLY if answer else Tie.POST,
        parent=f"{site}/p{row['ParentId']}" if answer else "",
        reactions=max(0, int(row.get("Score", 0))),
        reach=int(row["ViewCount"]) if row.get("ViewCount") else None,
        tags=tuple(_TAGS.findall(row.get("Tags", ""))),
        labels={"score": int(row.get("Score", 0))},
        edited=_moment(row["LastEditDate"]) if row.get("LastEditDate") else None,
    )


def _comment(row: Row, site: str) -> Post:
    return Post(
        platform=PLATFORM,
        external_id=f"{site}/c{row['Id']}",
        author=_author(row, site, "UserId", "UserDisplayName"),
        text=row["Text"],
        published=_moment(row["CreationDate"]),
        tie=Tie.REPLY,
        parent=f"{site}/p{row['PostId']}",
        reactions=max(0, int(row.get("Score", 0))),
        labels={"score": int(row.get("Score", 0))},
    )


def _author(row: Row, site: str, number: str, name: str) -> Author | None:
    """By number; one who left keeps the name he had, or nothing."""
    who = row.get(number) or row.get(name)
    return Author(f"{site}/{who}", row.get(name, "")) if who else None


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
